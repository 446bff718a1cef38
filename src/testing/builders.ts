import {
  digestOf,
  makeObjectKey,
  makeUid,
  makeWorkloadUid,
  splitUid,
  type DeploymentContext,
  type DeploymentFacts,
  type DriverRequest,
  type DriverSecrets,
  type JsonObject,
  type ObjectKey,
  type ObjectState,
  type RenderedObject,
  type ResourceIdentity,
  type Secret,
  type SecretText,
  type TargetRequest,
  type Uid,
  type Value,
  type ValueObject,
} from '../core/index.ts';

/** A deployment context with every field set; hand in what matters to the test. */
export function makeContext(parts: Partial<DeploymentContext> = {}): DeploymentContext {
  const { project = 'shop', environment = 'staging' } = parts;
  return {
    project,
    environment,
    environmentType: 'staging',
    target: 'files',
    format: 'kubernetes',
    incarnation: 1,
    slug: `${project}-${environment}-1a2b3c`,
    labels: {},
    ...parts,
  };
}

export interface ObjectParts {
  readonly name: string;
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly node?: Uid;
  /** What the body holds besides. */
  readonly content?: Readonly<Record<string, Value>>;
}

/** A rendered object, a ConfigMap unless said otherwise. */
export function makeRenderedObject(parts: ObjectParts): RenderedObject {
  const { name, kind = 'ConfigMap', apiVersion = 'v1', namespace = 'shop-staging', node = makeWorkloadUid('web'), content = {} } = parts;
  const body: ValueObject = { apiVersion, kind, metadata: { name, namespace }, ...content };
  return { key: makeObjectKey({ apiVersion, kind, namespace, name }), node, body, hash: digestOf(body) };
}

export interface ComposeParts {
  readonly section: 'services' | 'volumes' | 'files' | 'directories' | 'variables';
  readonly name: string;
  readonly value: ValueObject;
}

const composeKinds = { services: 'Service', volumes: 'Volume', files: 'File', directories: 'Directory', variables: 'Variable' } as const;

/** An entry of a Compose project, or what lies beside it. */
export function makeComposeEntry({ section, name, value }: ComposeParts): RenderedObject {
  const body: ValueObject = { [section]: { [name]: value } };
  const key = makeObjectKey({ apiVersion: 'compose/v1', kind: composeKinds[section], namespace: 'shop-staging-1a2b3c', name });
  return { key, node: makeWorkloadUid('web'), body, hash: digestOf(body) };
}

/** The inventory that an environment has after these objects were applied. */
export function makeInventory(objects: readonly RenderedObject[]): Readonly<Record<ObjectKey, ObjectState>> {
  return Object.fromEntries(objects.map((object) => [object.key, object]));
}

export const deploymentFacts: DeploymentFacts = {
  id: '0b0e7ab0-0000-4000-8000-000000000001',
  number: 1,
  project: 'shop',
  environment: 'staging',
  requester: 'ada',
  reason: 'a test',
  plan: 'a'.repeat(64),
  release: 1,
  workloads: [{ name: 'web', digest: 'b'.repeat(64) }],
  startedAt: '2026-01-02T03:04:05.000Z',
};

/** What a target is called with; secrets are revealed as `revealed <name>`. */
export function makeTargetRequest(parts: Partial<TargetRequest> & Pick<TargetRequest, 'baseDir' | 'inputs'>): TargetRequest {
  return {
    context: makeContext(),
    inventory: {},
    deployment: deploymentFacts,
    reveal: (secret) => Promise.resolve(revealForTest(secret)),
    signal: new AbortController().signal,
    ...parts,
  };
}

/** The value that a test's secret has: its name after `revealed `. */
export function revealForTest(secret: Secret | SecretText): string {
  if (secret.$tutti === 'secretText') return secret.parts.map((part) => (typeof part === 'string' ? part : revealForTest(part))).join('');
  const { ref } = secret;
  return `revealed ${'key' in ref ? ref.key : ref.name}`;
}

/** A secret whose value in tests is `revealed <key>`. */
export function makeSecret(key: string): Secret {
  return { $tutti: 'secret', ref: { kind: 'stored', key, version: 1 }, hash: digestOf(`keyed ${key}`) };
}

/** The identity of a resource, from its uid. */
export function makeResource(uid: Uid = makeUid({ type: 'postgres', id: 'web.db' }), metadata: JsonObject = {}): ResourceIdentity {
  const { type = '', class: className = '', id = '' } = splitUid(uid) ?? {};
  const name = id.slice(id.lastIndexOf('.') + 1);
  return { uid, type, class: className, id, guid: '0b0e7ab0-0000-5000-8000-000000000002', name, slug: `${type}-${name}-1a2b3c`, metadata };
}

/** What a driver is called with. */
export function makeDriverRequest(parts: Partial<DriverRequest> = {}): DriverRequest {
  return {
    context: makeContext(),
    resource: makeResource(),
    params: {},
    inputs: {},
    state: {},
    shared: {},
    surroundings: { namespace: 'shop-staging', workloads: {}, values: {}, secretOutputs: [] },
    secrets: makeDriverSecrets(parts.resource?.uid ?? makeResource().uid),
    signal: new AbortController().signal,
    ...parts,
  };
}

/** Keeps what a driver seals in memory. Seeds are made of the uid and the name, time stands still. */
export function makeDriverSecrets(uid: Uid): DriverSecrets {
  const sealed = new Map<string, string>();
  return {
    seal: (text) => {
      const hash = digestOf(`keyed ${text}`);
      const name = `sealed-${hash.slice(0, 32)}`;
      sealed.set(name, text);
      return { $tutti: 'secret', ref: { kind: 'generated', uid, name }, hash };
    },
    reveal: (secret) => Promise.resolve(revealSealed(secret, sealed)),
    seed: (name) => digestOf(`seed of ${uid} ${name}`),
    firstPlanned: () => '2026-01-02T03:04:05.000Z',
  };
}

function revealSealed(secret: Secret | SecretText, sealed: ReadonlyMap<string, string>): string {
  if (secret.$tutti === 'secretText')
    return secret.parts.map((part) => (typeof part === 'string' ? part : revealSealed(part, sealed))).join('');
  const known = secret.ref.kind === 'generated' ? sealed.get(secret.ref.name) : undefined;
  return known ?? revealForTest(secret);
}
