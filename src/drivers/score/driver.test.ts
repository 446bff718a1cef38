import { describe, expect, it } from 'vitest';
import { makeUid, type DriverRequest, type ValueObject } from '../../core/index.ts';
import { describeDriver, makeContext, makeDriverRequest, makeDriverSecrets, makeResource, makeSecret } from '../../testing/index.ts';
import { createScoreDriver } from './index.ts';

const driver = createScoreDriver({ kind: 'refused', cure: 'Not in this test.' });

/** A password that is made once and kept. */
const password = { init: 'fresh: {{ randAlphaNum 16 }}', state: 'password: {{ dig "password" .Init.fresh .State }}' };

describeDriver('score', { describe, it, expect }, () =>
  Promise.resolve({
    driver,
    inputs: [
      { uri: 'template://nothing' },
      { uri: 'template://outputs', outputs: 'host: {{ .Id }}' },
      { uri: 'template://all', init: 'a: 1', state: 'b: {{ .Init.a }}', shared: 'c: {{ .State.b }}', outputs: 'd: {{ .Shared.c }}' },
    ],
    badInputs: [{}, { uri: 1 }, { uri: 'template://x', outputs: {} }, { uri: 'template://x', more: 'x' }],
  }),
);

function ask(inputs: ValueObject, parts: Partial<DriverRequest> = {}) {
  return Promise.resolve(driver.preview(makeDriverRequest({ inputs: { uri: 'template://test', ...inputs }, ...parts })));
}

async function outputsOf(inputs: ValueObject, parts: Partial<DriverRequest> = {}): Promise<ValueObject> {
  const { value, diagnostics } = await ask(inputs, parts);
  expect(diagnostics).toEqual([]);
  return value?.outputs ?? {};
}

describe('templates', () => {
  it('each see what those before them gave', async () => {
    const { value } = await ask({
      init: 'x: 1',
      state: 'y: {{ add .Init.x 1 }}',
      shared: 'z: {{ add .State.y 1 }}',
      outputs: 'sum: {{ add .Init.x .State.y .Shared.z }}',
    });
    expect(value).toEqual({ outputs: { sum: 6 }, state: { y: 2 }, shared: { z: 3 }, manifests: [] });
  });

  it('see everything that the templates of both tools see', async () => {
    const fields = 'Uid Guid Type Class Id SourceWorkload Namespace ComposeProjectName MountsDirectory'.split(' ');
    const outputs = await outputsOf(
      {
        outputs: `${fields.map((field) => `${field}: {{ .${field} | quote }}`).join('\n')}\nPort: {{ (index (index .WorkloadServices "web").Ports "80").TargetPort }}\nTeam: {{ .WorkloadMetadata.team }}\nNote: {{ .Metadata.note }}\nSize: {{ .Params.size }}`,
      },
      {
        resource: makeResource(makeUid({ type: 'postgres', class: 'large', id: 'web.db' }), { note: 'n' }),
        params: { size: 3 },
        surroundings: {
          namespace: 'shop-staging',
          source: { workload: 'web', metadata: { name: 'web', team: 'blue' } },
          workloads: { web: { http: { port: 80, targetPort: 8080, protocol: 'TCP' } } },
          values: {},
          secretOutputs: [],
        },
      },
    );
    expect(outputs).toEqual({
      Uid: 'postgres.large#web.db',
      Guid: '0b0e7ab0-0000-5000-8000-000000000002',
      Type: 'postgres',
      Class: 'large',
      Id: 'web.db',
      SourceWorkload: 'web',
      Namespace: 'shop-staging',
      ComposeProjectName: makeContext().slug,
      MountsDirectory: './files',
      Port: 8080,
      Team: 'blue',
      Note: 'n',
      Size: 3,
    });
  });

  it('keep state: what was random once stays', async () => {
    const secrets = makeDriverSecrets(makeResource().uid);
    const inputs = { ...password, outputs: 'password: {{ .State.password }}' };
    const first = await ask(inputs, { secrets });
    const state = first.value?.state ?? {};
    const second = await ask({ ...inputs, init: 'fresh: another' }, { secrets, state });
    expect(second.value?.outputs).toEqual(first.value?.outputs);
  });

  it('give the same again, and something else for another resource', async () => {
    const inputs = { outputs: 'name: {{ randAlpha 8 }}' };
    const uid = makeUid({ type: 'postgres', id: 'other' });
    expect(await outputsOf(inputs)).toEqual(await outputsOf(inputs));
    expect(await outputsOf(inputs)).not.toEqual(await outputsOf(inputs, { resource: makeResource(uid), secrets: makeDriverSecrets(uid) }));
  });

  it('merge what they share with what is shared', async () => {
    const { value } = await ask({ shared: 'a: {b: 2, c: null}\nd: 1' }, { shared: { a: { b: 1, c: 1, e: 1 }, f: 1 } });
    expect(value?.shared).toEqual({ a: { b: 2, e: 1 }, d: 1, f: 1 });
  });

  it('make manifests for Kubernetes, and for Compose one fragment', async () => {
    const inputs = {
      manifests: '- {apiVersion: v1, kind: Service, metadata: {name: "{{ .Type }}"}}',
      services: 'db: {image: postgres}',
      files: 'db/x.conf: "a"\ngone: null',
      directories: 'data: true\nold: false',
      volumes: '',
      info_logs: '- hello',
    };
    const kubernetes = await ask(inputs);
    expect(kubernetes.value?.manifests).toEqual([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'postgres' } }]);
    const compose = await ask(inputs, { context: makeContext({ format: 'compose' }) });
    expect(compose.value?.manifests).toEqual([
      { services: { db: { image: 'postgres' } }, files: { 'db/x.conf': { content: 'a' } }, directories: { data: {} } },
    ]);
    expect(compose.diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual(['T5206 postgres.default#web.db: hello']);
  });

  it('write random letters small where Kubernetes wants a name', async () => {
    const { value } = await ask({
      state: 'name: kafka-{{ randAlpha 6 }}',
      outputs: 'host: {{ .State.name }}',
      manifests: '- {apiVersion: v1, kind: Service, metadata: {name: "{{ .State.name }}"}}',
    });
    const name = value?.outputs['host'];
    expect(name).toEqual(expect.stringMatching(/^kafka-[a-z]{6}$/));
    expect(value).toMatchObject({ state: { name }, manifests: [{ metadata: { name } }] });
  });
});

describe('secrets', () => {
  const secret = expect.objectContaining({ $tutti: 'secret' });

  it('leave as references, wherever the provisioner put them', async () => {
    const { value } = await ask({
      ...password,
      outputs: 'password: {{ .State.password }}\nurl: "x://app:{{ .State.password }}@db"\nhost: db',
      manifests: [
        '- apiVersion: v1',
        '  kind: Secret',
        '  metadata: {name: db}',
        '  data: {password: "{{ .State.password | b64enc }}", other: "{{ b64enc "fixed" }}"}',
        '- apiVersion: v1',
        '  kind: ConfigMap',
        '  metadata: {name: db}',
        '  data: {conf: "requirepass {{ .State.password }}"}',
      ].join('\n'),
    });
    expect(value?.outputs).toEqual({ password: secret, url: { $tutti: 'secretText', parts: ['x://app:', secret, '@db'] }, host: 'db' });
    expect(value?.state).toEqual({ password: secret });
    expect(value?.manifests).toMatchObject([
      { data: { password: { $tutti: 'secretText', encoding: 'base64' }, other: { $tutti: 'secretText', encoding: 'base64' } } },
      { data: { conf: { parts: ['requirepass ', secret] } } },
    ]);
  });

  it('are not what names are made of', async () => {
    expect(await outputsOf({ outputs: 'host: db-{{ randAlphaNum 8 }}\nport: 5432' })).toEqual({
      host: expect.stringMatching(/^db-\w{8}$/),
      port: 5432,
    });
  });

  it('are what the contract says is one', async () => {
    const surroundings = { namespace: 'n', workloads: {}, values: {}, secretOutputs: ['pin'] };
    expect(await outputsOf({ outputs: 'pin: abc\nother: abc' }, { surroundings })).toEqual({ pin: secret, other: 'abc' });
  });

  it('are followed where a reference means a Secret of its own', async () => {
    const outputs = await outputsOf({
      outputs: 'one: {{ encodeSecretRef "db" "password" }}\ntwo: {{ encodeSecretRef "other" "key" }}',
      manifests: '- {apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: "my-secret-password"}}',
    });
    expect(outputs).toMatchObject({ one: { ref: { kind: 'generated' } }, two: { ref: { kind: 'object', name: 'other', key: 'key' } } });
  });

  it('of a cluster cannot be used in Compose', async () => {
    const { diagnostics } = await ask(
      { outputs: 'two: {{ encodeSecretRef "other" "key" }}' },
      { context: makeContext({ format: 'compose' }) },
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['T5209']);
  });

  it('among the params are hidden from templates, and are back afterwards', async () => {
    const params = { password: makeSecret('db') };
    const { value } = await ask(
      {
        outputs: 'url: "x:{{ .Params.password }}"\nlength: {{ len .Params.password }}',
        manifests: '- {apiVersion: v1, kind: Secret, metadata: {name: db}, data: {url: {{ printf "x:%s" .Params.password | b64enc }}}}',
      },
      { params },
    );
    expect(value?.outputs['url']).toEqual({ $tutti: 'secretText', parts: ['x:', params.password] });
    expect(value?.manifests).toMatchObject([{ data: { url: { parts: [{ parts: ['x:', params.password] }], encoding: 'base64' } } }]);
  });

  it('are hidden in what a provisioner says', async () => {
    const { diagnostics } = await ask(
      { ...password, info_logs: '- "password {{ .State.password }}"' },
      { context: makeContext({ format: 'compose' }) },
    );
    expect(diagnostics.map(({ detail }) => detail)).toEqual(['postgres.default#web.db: password ‹secret›']);
  });

  it('stand nowhere in a result', async () => {
    const seen: string[] = [];
    const secrets = makeDriverSecrets(makeResource().uid);
    const { value } = await ask(
      { ...password, shared: 'token: {{ .State.password }}', outputs: 'a: {b: ["{{ .State.password }}"]}' },
      { secrets: { ...secrets, seal: (text) => (seen.push(text), secrets.seal(text)) } },
    );
    expect(seen.length).toBeGreaterThan(0);
    for (const text of seen) expect(JSON.stringify(value)).not.toContain(text);
  });
});

describe('what is wrong', () => {
  it.each<[string, ValueObject, string, readonly (string | number)[], object?]>([
    ['a template that is not well-formed', { outputs: '{{ if }}' }, 'T5201', ['outputs'], { line: 1 }],
    ['a function that is not there', { init: 'a: 1\nb: {{ nope }}' }, 'T5201', ['init'], { line: 2 }],
    ['a function that is not offered', { state: 'a: {{ env "HOME" }}' }, 'T5201', ['state'], { line: 1 }],
    ['a template that gives up', { outputs: '{{ fail "expected a size" }}' }, 'T5201', ['outputs'], { line: 1 }],
    ['a template without an end', { outputs: '{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}' }, 'T5201', ['outputs']],
    ['text that is no YAML', { outputs: 'a: b: c' }, 'T5202', ['outputs']],
    ['a list of outputs', { outputs: '- a' }, 'T5203', ['outputs']],
    ['a map of manifests', { manifests: 'a: 1' }, 'T5203', ['manifests']],
    ['an unknown address', { uri: 'http://x' }, 'T5204', ['uri']],
    ['a program where none may be run', { uri: 'cmd://x' }, 'T5207', ['uri']],
  ])('%s is said, with its place', async (...row) => {
    const [, inputs, code, path, at] = row;
    const { value, diagnostics } = await ask(inputs);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, place: { path, ...(at && { at }) } }]);
  });

  it('counts lines from where the template begins, white space or not', async () => {
    const { diagnostics } = await ask({ outputs: '\n\n  a: 1\n  b: {{ nope }}' });
    expect(diagnostics).toMatchObject([{ place: { at: { line: 4 } } }]);
  });

  it('is a param that nobody knows yet', async () => {
    const params = { host: { $tutti: 'unknown', uid: makeResource().uid, path: 'host' } } as const;
    expect((await ask({}, { params })).diagnostics.map(({ code }) => code)).toEqual(['T5205']);
  });
});

it('the values of an environment are the outputs of local-env', async () => {
  const surroundings = { namespace: 'n', workloads: {}, values: { KEY: 'value', PASSWORD: makeSecret('p') }, secretOutputs: [] };
  expect(await outputsOf({ uri: 'local-env://' }, { surroundings })).toEqual(surroundings.values);
});

describe('a program', () => {
  const allowed = createScoreDriver({
    kind: 'allowed',
    folder: '.',
    home: '.',
    variables: { PATH: process.env['PATH'] ?? '' },
    timeoutMs: 20_000,
    outputBytesMax: 100_000,
  });

  function run(script: string, parts: Partial<DriverRequest> = {}) {
    const inputs = { uri: 'cmd://sh#test', args: ['-c', script, '<mode>'] };
    return Promise.resolve(allowed.provision(makeDriverRequest({ inputs, ...parts })));
  }

  it('is told what it has to know, and its answer is what is provided', async () => {
    const { value, diagnostics } = await run(
      `node -e 'let t="";process.stdin.on("data",(c)=>t+=c).on("end",()=>{const i=JSON.parse(t);console.log(JSON.stringify({resource_state:{n:(i.resource_state.n??0)+1},resource_outputs:{keys:Object.keys(i).sort(),mode:process.argv[1]},shared_state:{seen:true},manifests:[{apiVersion:"v1",kind:"ConfigMap",metadata:{name:"x"}}]}))})' "$0"`,
      { state: { n: 1 }, shared: { kept: 1 } },
    );
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      state: { n: 2 },
      shared: { kept: 1, seen: true },
      manifests: [{ kind: 'ConfigMap' }],
      outputs: { mode: 'provision' },
    });
    expect(value?.outputs['keys']).toEqual([
      'namespace',
      'resource_class',
      'resource_guid',
      'resource_id',
      'resource_metadata',
      'resource_params',
      'resource_state',
      'resource_type',
      'resource_uid',
      'shared_state',
      'source_workload',
      'workload_metadata',
      'workload_services',
    ]);
  });

  it('speaks the language of Compose in an environment for Compose', async () => {
    const context = makeContext({ format: 'compose' });
    const { value } = await run(`echo '{"compose_services":{"a":{"image":"x"}},"relative_file_contents":{"f":"y"}}'`, { context });
    expect(value?.manifests).toEqual([{ services: { a: { image: 'x' } }, files: { f: { content: 'y' } } }]);
  });

  it.each([
    ['echo no json', 'what it wrote is no JSON object. '],
    [`echo '{"outputs":{}}'`, 'it answered with "outputs"'],
    [`echo '{"compose_services":{}}'`, 'which kubernetes does not know'],
    [`echo '{"resource_state":[]}'`, '"resource_state" of its answer is no map'],
    [`echo '{"manifests":{}}'`, '"manifests" of its answer is no list of maps'],
    ['echo broken >&2; exit 2', 'it ended with exit code 2. Its last words: broken'],
  ])('that answers wrongly is an error: %s', async (script, detail) => {
    const { value, diagnostics } = await run(script);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'T5208', detail: expect.stringContaining(detail.trim()) }]);
  });
});
