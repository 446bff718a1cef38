import type { DeploymentContext } from '../model/context.ts';
import type { Criterion, Platform, ResourceDefinition, WorkloadProfile } from '../model/platform.ts';
import { digestOf } from '../model/digest.ts';
import type { DeclaredWorkload, Need } from '../model/workload.ts';

export const context: DeploymentContext = {
  project: 'shop',
  environment: 'staging',
  environmentType: 'staging',
  target: 'fleet',
  format: 'kubernetes',
  incarnation: 1,
  slug: 'shop-staging-00000000',
  labels: {},
};

export const emptyPlatform: Platform = {
  resourceTypes: [],
  definitions: [],
  profiles: [],
  environmentTypes: [],
  projects: [],
  targets: [],
  secretStores: [],
  patchTemplates: [],
  digest: '',
};

export function placeOf(file: string) {
  return { file, document: 0, path: [] };
}

export function criterion(parts: Partial<Omit<Criterion, 'place'>> = {}): Criterion {
  return { class: 'default', isFinal: false, ...parts, place: placeOf('platform.yaml') };
}

export function definition(name: string, type: string, parts: Partial<ResourceDefinition> = {}): ResourceDefinition {
  return {
    name,
    type,
    place: placeOf(`${name}.yaml`),
    digest: digestOf({ name, inputs: parts.inputs ?? {} }),
    tier: 'configured',
    match: [criterion()],
    driver: 'static',
    inputs: {},
    coProvision: [],
    allowScope: { isCluster: false, namespaces: [] },
    ...parts,
  };
}

const profile: WorkloadProfile = {
  name: 'web',
  place: placeOf('web.yaml'),
  digest: 'p',
  tier: 'builtin',
  match: [criterion()],
  formats: {},
};

export function platformOf(definitions: readonly ResourceDefinition[], parts: Partial<Platform> = {}): Platform {
  return { ...emptyPlatform, definitions, profiles: [profile], ...parts };
}

export function need(name: string, parts: Partial<Need> = {}): Need {
  return {
    name,
    type: name,
    class: 'default',
    metadata: {},
    place: { file: 'score.yaml', document: 0, path: ['resources', name] },
    ...parts,
  };
}

export function workload(name: string, needs: readonly Need[] = [], parts: Partial<DeclaredWorkload> = {}): DeclaredWorkload {
  return {
    name,
    metadata: { name },
    annotations: {},
    ports: {},
    containers: {},
    needs: Object.fromEntries(needs.map((each) => [each.name, { ...each, place: { ...each.place, file: `${name}.yaml` } }])),
    origin: { file: `${name}.yaml`, document: 0 },
    digest: digestOf({ name, needs: needs.map((each) => ({ ...each, place: null })) }),
    ...parts,
  };
}
