import { call, type ApiServer } from './call.ts';

const group = 'tests.tutti.dev';
const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const finalizer = 'tests.tutti.dev/cleanup';
const mergePatch = 'application/merge-patch+json';
const pauseMs = 100;

/** A claim as its operator defines it: a spec from outside, a status that only the operator writes. */
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `databases.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'databases', singular: 'database', kind: 'Database', listKind: 'DatabaseList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', required: ['size'], properties: { size: { type: 'string' } } },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
};

/** What the tests let the operator do; looked at anew with each claim. */
export interface Operation {
  /** Without it, claims wait. */
  isAtWork: boolean;
  /** Without it, claims that go are held by their finalizer. */
  letsGo: boolean;
  password: string;
  /** Behind the name of a claim. */
  domain: string;
}

export interface ClaimController {
  readonly operation: Operation;
  stop(): Promise<void>;
}

/** Installs the kind `Database`, and waits until it is served. */
export async function installDatabases(server: ApiServer): Promise<void> {
  await call(server, 'POST', definitionsPath, { body: definition });
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if ((await call(server, 'GET', `/apis/${group}/v1/databases`)).status === 200) return;
    await pause();
  }
  throw new Error('The API server does not serve databases.');
}

export async function removeDatabases(server: ApiServer): Promise<void> {
  await call(server, 'DELETE', `${definitionsPath}/databases.${group}`);
}

/** Where a database of a namespace is. */
export function databasePath(namespace: string, name = ''): string {
  return `/apis/${group}/v1/namespaces/${namespace}/databases${name === '' ? '' : `/${name}`}`;
}

/**
 * An operator for the databases of a namespace, as small as one can be: it holds each by a finalizer, makes a Secret, and says in the status where
 * the database is; one of the size `impossible` fails, with a condition that says why.
 */
export function startClaimController(server: ApiServer, namespace: string): ClaimController {
  const operation: Operation = { isAtWork: true, letsGo: true, password: 'first-password', domain: 'db.example' };
  const stopping = new AbortController();
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const claim of await listClaims(server, namespace)) await tend(server, { namespace, operation, claim });
      await pause();
    }
  };
  const done = work();
  return {
    operation,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

type Claim = ReturnType<typeof Object>;

interface Task {
  readonly namespace: string;
  readonly operation: Operation;
  readonly claim: Claim;
}

async function listClaims(server: ApiServer, namespace: string): Promise<readonly Claim[]> {
  const { body } = await call(server, 'GET', databasePath(namespace));
  return Object(body).items ?? [];
}

async function tend(server: ApiServer, { namespace, operation, claim }: Task): Promise<void> {
  const { name, generation, deletionTimestamp, finalizers = [] } = claim.metadata;
  const path = databasePath(namespace, name);
  if (deletionTimestamp !== undefined) {
    if (operation.letsGo) await call(server, 'PATCH', path, { body: { metadata: { finalizers: [] } }, type: mergePatch });
    return;
  }
  if (!finalizers.includes(finalizer))
    await call(server, 'PATCH', path, { body: { metadata: { finalizers: [finalizer] } }, type: mergePatch });
  const status = operation.isAtWork ? await meet(server, { namespace, operation, claim }) : { phase: 'Waiting' };
  const next = { ...status, observedGeneration: generation };
  if (JSON.stringify(next) !== JSON.stringify(claim.status))
    await call(server, 'PATCH', `${path}/status`, { body: { status: next }, type: mergePatch });
}

async function meet(server: ApiServer, { namespace, operation, claim }: Task): Promise<object> {
  const { name } = claim.metadata;
  if (claim.spec.size === 'impossible') {
    const condition = { type: 'Ready', status: 'False', reason: 'NoSuchSize', message: 'there is no machine of the size impossible' };
    return { conditions: [{ lastTransitionTime: '2026-01-02T03:04:05Z', ...condition }], phase: 'Failed' };
  }
  const secretName = `${name}-login`;
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName }, stringData: { password: operation.password } };
  const query = 'fieldManager=tests-operator&force=true';
  await call(server, 'PATCH', `/api/v1/namespaces/${namespace}/secrets/${secretName}?${query}`, {
    body: secret,
    type: 'application/apply-patch+yaml',
  });
  return { host: `${name}.${operation.domain}`, phase: 'Ready', secretName };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
