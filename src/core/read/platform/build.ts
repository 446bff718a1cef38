import type { Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { digestOf } from '../../model/digest.ts';
import type {
  Criterion,
  EnvironmentType,
  ProfileFormat,
  ProjectDocument,
  ResourceDefinition,
  ResourceType,
  SecretStoreDocument,
  TargetDocument,
  Tier,
  WorkloadProfile,
} from '../../model/platform.ts';
import { defaultClass } from '../../model/uid.ts';
import type { JsonObject } from '../../model/value.ts';
import type { Need } from '../../model/workload.ts';
import type * as z from 'zod';
import type {
  definitionSchema,
  environmentTypeSchema,
  profileSchema,
  projectSchema,
  RawCriterion,
  resourceTypeSchema,
  secretStoreSchema,
  targetSchema,
} from './schema.ts';

/** A document of a file, checked, with where it stands. */
export interface Checked<T extends z.ZodType> {
  readonly value: z.output<T>;
  readonly place: Place;
}

export function buildResourceType({ value, place }: Checked<typeof resourceTypeSchema>): ResourceType {
  const { name, version, owner } = value.metadata;
  const { stateful, description, params, outputs } = value.spec;
  return {
    ...head(name, place, value),
    isStateful: stateful,
    ...defined({ version, owner, description, params, outputs }),
  };
}

export function buildDefinition({ value, place }: Checked<typeof definitionSchema>, tier: Tier): ResourceDefinition {
  const { spec } = value;
  return {
    ...head(value.metadata.name, place, value),
    type: spec.type,
    tier,
    match: buildCriteria(spec.match, place),
    driver: spec.driver,
    inputs: spec.inputs ?? {},
    coProvision: (spec.coProvision ?? []).map((each, index) => ({
      type: each.type,
      dependsOnThis: each.dependsOnThis ?? false,
      dependentsWait: each.dependentsWait ?? false,
      place: extendPlace(place, 'spec', 'coProvision', index),
      ...defined({ class: each.class, id: each.id, params: each.params }),
    })),
    allowScope: { isCluster: spec.allowScope?.cluster ?? false, namespaces: spec.allowScope?.namespaces ?? [] },
    ...defined({ onRemove: spec.onRemove }),
  };
}

export function buildProfile({ value, place }: Checked<typeof profileSchema>, tier: Tier): WorkloadProfile {
  const { kubernetes, compose, match } = value.spec;
  return {
    ...head(value.metadata.name, place, value),
    tier,
    match: buildCriteria(match, place),
    formats: { ...(kubernetes && { kubernetes: buildFormat(kubernetes) }), ...(compose && { compose: buildFormat(compose) }) },
  };
}

type RawFormat = NonNullable<z.output<typeof profileSchema>['spec']['kubernetes']>;

function buildFormat(format: RawFormat): ProfileFormat {
  return { base: format.base, fixed: format.fixed ?? [], default: format.default ?? [], open: format.open ?? [] };
}

export function buildEnvironmentType({ value, place }: Checked<typeof environmentTypeSchema>): EnvironmentType {
  const { spec } = value;
  return {
    ...head(value.metadata.name, place, value),
    isProtected: spec.protected ?? false,
    requiredApprovals: spec.requiredApprovals ?? 0,
    onDestroy: spec.onDestroy ?? 'retain',
    needs: buildNeeds(spec.resources, place),
  };
}

export function buildProject({ value, place }: Checked<typeof projectSchema>): ProjectDocument {
  const { displayName, resources } = value.spec;
  return { ...head(value.metadata.name, place, value), needs: buildNeeds(resources, place), ...defined({ displayName }) };
}

export function buildTarget({ value, place }: Checked<typeof targetSchema>): TargetDocument {
  const { type, match, inputs } = value.spec;
  return { ...head(value.metadata.name, place, value), type, match: buildCriteria(match, place), inputs: inputs ?? {} };
}

export function buildSecretStore({ value, place }: Checked<typeof secretStoreSchema>): SecretStoreDocument {
  const { type, match, inputs } = value.spec;
  return { ...head(value.metadata.name, place, value), type, match: buildCriteria(match, place), inputs: inputs ?? {} };
}

function head(name: string, place: Place, value: object) {
  return { name, place, digest: digestOf(value) };
}

function buildCriteria(criteria: readonly RawCriterion[] | undefined, place: Place): readonly Criterion[] {
  return (criteria ?? []).map((each, index) => {
    const { final, class: className, ...conditions } = each;
    return {
      ...defined(conditions),
      class: className ?? defaultClass,
      isFinal: final ?? false,
      place: extendPlace(place, 'spec', 'match', index),
    };
  });
}

type RawNeeds = z.output<typeof projectSchema>['spec']['resources'];

function buildNeeds(needs: RawNeeds, place: Place): Readonly<Record<string, Need>> {
  const built = Object.entries(needs ?? {}).map(([name, need]) => {
    const made: Need = {
      name,
      type: need.type,
      class: need.class ?? defaultClass,
      metadata: toObject(need.metadata),
      place: extendPlace(place, 'spec', 'resources', name),
      ...defined({ id: need.id, params: need.params }),
    };
    return [name, made] as const;
  });
  return Object.fromEntries(built);
}

function toObject(metadata: NonNullable<RawNeeds>[string]['metadata']): JsonObject {
  const { annotations, ...rest } = metadata ?? {};
  return annotations ? { ...rest, annotations } : rest;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys that hold nothing: absent and undefined are the same to readers of YAML, not to ours. */
function defined<T extends object>(parts: T): Partial<Defined<T>>;
function defined(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
