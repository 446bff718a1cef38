import { describe, expect, it, test } from 'vitest';
import {
  findPending,
  isSecret,
  testPredicate,
  type DriverRequest,
  type JsonObject,
  type LiveAddress,
  type Outcome,
  type ResourceResult,
} from '../../core/index.ts';
import { describeDriver, makeDriverRequest } from '../../testing/index.ts';
import { createKubernetesDriver } from './index.ts';

const object = { apiVersion: 'tests.tutti.dev/v1', kind: 'Database', metadata: { name: 'main' }, spec: { size: 'small' } };

const outputs = {
  port: 5432,
  host: { read: 'object.status.host' },
  user: { secret: { name: 'main-login', key: 'user' }, public: true },
  password: { secret: { name: { read: 'object.status.login' }, key: 'password' } },
};

/** A clock that only waiting moves. */
function makeDriver() {
  let at = Date.parse('2026-01-02T03:04:05.000Z');
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    at += ms;
  };
  return { driver: createKubernetesDriver({ now: () => new Date(at).toISOString(), sleep }), waits };
}

type Live = Record<string, JsonObject | undefined>;

const claimPath = 'Database /main';
const ready: Live = {
  [claimPath]: { ...object, status: { host: 'main.db', login: 'main-login' } },
  'Secret /main-login': { kind: 'Secret', data: { user: encode('app'), password: encode('s3cret-word') } },
};

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function makeRequest(parts: Partial<DriverRequest> & { readonly seen?: Live | (() => Live) } = {}): DriverRequest {
  const { seen, ...rest } = parts;
  const read = async ({ kind, namespace = '', name }: LiveAddress): Promise<Outcome<JsonObject | undefined>> => {
    const objects = typeof seen === 'function' ? seen() : seen;
    return { value: objects?.[`${kind} ${namespace}/${name}`], diagnostics: [] };
  };
  return makeDriverRequest({ inputs: { object, outputs }, ...(seen && { live: { read } }), ...rest });
}

function say({ diagnostics }: Outcome<unknown>): readonly string[] {
  return diagnostics.map(({ code, detail }) => `${code} ${detail}`);
}

async function completed(request: DriverRequest): Promise<ResourceResult | undefined> {
  return (await makeDriver().driver.complete?.(request))?.value;
}

describeDriver('kubernetes', { describe, it, expect }, () =>
  Promise.resolve({
    driver: makeDriver().driver,
    inputs: [{ object }, { object, ready: 'object.status.ok', failed: 'object.status.bad', outputs, manifests: [object] }],
    badInputs: [{}, { object: 'text' }, { object, ready: 1 }, { object, outputs: [] }, { object, more: 1 }, { object, manifests: ['x'] }],
  }),
);

describe('a claim in a plan', () => {
  it('carries its rules along, and its default asks for the condition Ready', async () => {
    const { driver } = makeDriver();
    const stated = await driver.preview(makeRequest({ inputs: { object, ready: 'object.status.ok', failed: 'object.status.bad' } }));
    expect(stated.value?.manifests).toMatchObject([
      {
        ...object,
        metadata: { annotations: { 'tutti.dev/ready-when': 'object.status.ok', 'tutti.dev/failed-when': 'object.status.bad' } },
      },
    ]);
    const plain = await driver.preview(makeRequest({ inputs: { object } }));
    expect(JSON.stringify(plain.value?.manifests)).toContain("c.type == 'Ready' && c.status == 'True'");
    expect(JSON.stringify(plain.value?.manifests)).not.toContain('failed-when');
  });

  it.each([
    [{}, false],
    [{ conditions: [{ type: 'Ready', status: 'False' }] }, false],
    [{ conditions: [{ type: 'Synced', status: 'True' }] }, false],
    [{ conditions: [{ type: 'Ready', status: 'True' }] }, true],
    [{ conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }] }, false],
    [{ conditions: [{ type: 'Ready', status: 'True', observedGeneration: 2 }] }, true],
  ])('without a rule is taken by its status %j: %s', async (status, isReady) => {
    const { value } = await makeDriver().driver.preview(makeRequest({ inputs: { object } }));
    const [manifest] = value?.manifests ?? [];
    const { annotations } = Object(manifest?.['metadata']);
    const tested = testPredicate(String(annotations['tutti.dev/ready-when']), 'object', { metadata: { generation: 2 }, status });
    expect('holds' in tested && tested.holds).toBe(isReady);
  });

  it('says what is known, and leaves open what only the cluster knows, secrets as secrets', async () => {
    const { value } = await makeDriver().driver.preview(makeRequest({ seen: ready }));
    expect(value?.outputs['port']).toBe(5432);
    expect(value?.outputs['host']).toMatchObject({ $tutti: 'unknown', path: 'host' });
    expect(value?.outputs['user']).toMatchObject({ $tutti: 'unknown', path: 'user' });
    expect(isSecret(value?.outputs['password'])).toBe(true);
    expect(findPending(value?.outputs['password'] ?? null)).toMatchObject({ path: 'password' });
  });

  it('names what is wrong with its description, each at its place', async () => {
    const wrong = {
      a: { read: 1 },
      b: { secret: { name: 'x' } },
      c: { read: 'status.host' },
      d: { read: 'object.' },
      e: { read: 'x', more: 1 },
    };
    const { diagnostics } = await makeDriver().driver.preview(makeRequest({ inputs: { object, ready: 'object =', outputs: wrong } }));
    expect(diagnostics.map(({ code, place }) => `${code} ${place?.path.join('.')}`)).toEqual([
      'T5302 ready',
      'T5301 outputs.a.read',
      'T5301 outputs.b.secret',
      'T5302 outputs.c.read',
      'T5302 outputs.d.read',
    ]);
  });

  it('is looked at when it is loaded, but for what is put together later', () => {
    const { driver } = makeDriver();
    const open = { object, ready: "object.status.size == '${params.size}'", outputs: { a: { read: '${params.path}' }, b: '${params.b}' } };
    expect(driver.check?.(open)).toEqual([]);
    expect(driver.check?.({ object, outputs: '${params.outputs}' })).toEqual([]);
    const wrong = driver.check?.({ object, failed: 'status.bad', outputs: { a: { read: 'status.host' }, b: { secret: { key: 'x' } } } });
    expect(wrong?.map(({ code, place }) => `${code} ${place?.path.join('.')}`)).toEqual([
      'T5302 failed',
      'T5302 outputs.a.read',
      'T5301 outputs.b.secret',
    ]);
  });

  it('is nothing for Compose', async () => {
    const request = makeRequest();
    const outcome = await makeDriver().driver.preview({ ...request, context: { ...request.context, format: 'compose' } });
    expect(say(outcome)).toEqual([expect.stringMatching(/^T5304 /)]);
  });
});

describe('a claim that is ready', () => {
  it('gives its outputs, those of a Secret sealed unless they are public', async () => {
    const request = makeRequest({ seen: ready });
    const value = await completed(request);
    expect(value?.outputs).toMatchObject({ port: 5432, host: 'main.db', user: 'app' });
    const password = value?.outputs['password'];
    expect(isSecret(password) && (await request.secrets.reveal(password))).toBe('s3cret-word');
    expect(JSON.stringify(value)).not.toContain('s3cret-word');
  });

  it('seals what is secret by contract, wherever it stands', async () => {
    const { surroundings } = makeRequest();
    const value = await completed(makeRequest({ seen: ready, surroundings: { ...surroundings, secretOutputs: ['host', 'user'] } }));
    expect([isSecret(value?.outputs['host']), isSecret(value?.outputs['user'])]).toEqual([true, true]);
  });

  it('is remembered for as long as its description stays', async () => {
    const state = (await completed(makeRequest({ seen: ready })))?.state ?? {};
    const again = await makeDriver().driver.preview(makeRequest({ state }));
    expect(again.value?.outputs).toMatchObject({ host: 'main.db', user: 'app' });
    const other = { object: { ...object, spec: { size: 'large' } }, outputs };
    const changed = await makeDriver().driver.preview(makeRequest({ state, inputs: other, seen: ready }));
    expect(findPending(changed.value?.outputs['host'] ?? null)).toBeDefined();
  });

  it('is looked at again for every plan: what has changed shows, what cannot be read for now is as it was, what is gone is open', async () => {
    const state = (await completed(makeRequest({ seen: ready })))?.state ?? {};
    const look = async (seen: Live) => (await makeDriver().driver.preview(makeRequest({ state, seen }))).value?.outputs['host'];
    expect(await look({ ...ready, [claimPath]: { status: { host: 'other.db', login: 'main-login' } } })).toBe('other.db');
    expect(await look({ ...ready, [claimPath]: { status: {} } })).toBe('main.db');
    expect(await look({})).toMatchObject({ $tutti: 'unknown' });
  });

  it('is waited for where its Secret comes a moment later', async () => {
    let reads = 0;
    const seen = (): Live => (reads++ < 4 ? { [claimPath]: ready[claimPath] } : ready);
    const { driver, waits } = makeDriver();
    expect((await driver.complete?.(makeRequest({ seen })))?.value?.outputs).toMatchObject({ user: 'app' });
    expect(waits.length).toBeGreaterThan(0);
  });

  it('is reported where an output never comes, with what is there instead, and no secret of it', async () => {
    const seen = {
      ...ready,
      'Secret /main-login': { data: { login: encode('app'), password: '/w==' } },
      [claimPath]: { status: { login: 'main-login' } },
    };
    const { driver, waits } = makeDriver();
    const outcome = await driver.complete?.(makeRequest({ seen }));
    expect(outcome && say(outcome)).toEqual([
      expect.stringMatching(/^T5303 .*Database main: the output "host" is not there: .*`object\.status` has no "host"; it has login/),
      expect.stringMatching(/^T5303 .*Secret main-login has no key "user"; it has login, password\.$/),
      expect.stringMatching(/^T5303 .*the key "password" of Secret main-login is no text\.$/),
    ]);
    expect(waits.reduce((sum, each) => sum + each, 0)).toBe(30_000);
  });

  it('is reported at once where somebody removed it', async () => {
    const outcome = await makeDriver().driver.complete?.(makeRequest({ seen: {} }));
    expect(outcome && say(outcome)).toEqual([expect.stringContaining('was removed by somebody else')]);
  });
});

test('a Secret is asked for in the namespace of the claim, or the one that is said', async () => {
  const asked: string[] = [];
  const read = async ({ kind, namespace = '', name }: LiveAddress): Promise<Outcome<JsonObject | undefined>> => {
    asked.push(`${kind} ${namespace}/${name}`);
    return { value: kind === 'Secret' ? { data: { key: encode('x') } } : { status: {} }, diagnostics: [] };
  };
  const inputs = {
    object: { ...object, metadata: { name: 'main', namespace: 'claims' } },
    outputs: {
      a: { secret: { name: 's', key: 'key' } },
      b: { secret: { name: 's', key: 'key' } },
      c: { secret: { name: 's', namespace: 'else', key: 'key' } },
    },
  };
  await completed(makeDriverRequest({ inputs, live: { read } }));
  expect(asked).toEqual(['Database claims/main', 'Secret claims/s', 'Secret else/s']);
});
