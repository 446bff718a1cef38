import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import {
  deploy,
  need,
  openTestInstallation,
  prepareEnvironment,
  readFiles,
  ref,
  score,
  targetDocument,
  type TestInstallation,
} from './support.ts';

const provisioners = `
- uri: template://test/postgres
  type: postgres
  init: |
    fresh: {{ randAlphaNum 20 }}
  state: |
    password: {{ dig "password" .Init.fresh .State | quote }}
    count: {{ dig "count" 0 .State | add 1 }}
  shared: |
    servers:
      {{ .Id | replace "." "-" }}: {{ .Guid }}
  outputs: |
    host: pg-{{ .Id | replace "." "-" }}
    port: 5432
    password: {{ .State.password }}
  expected_outputs: [host, port, password]
  manifests: |
    - apiVersion: v1
      kind: Secret
      metadata: {name: pg-{{ .Id | replace "." "-" }}}
      data: {password: {{ .State.password | b64enc }}}
    - apiVersion: v1
      kind: ConfigMap
      metadata: {name: servers}
      data: {list: "{{ keys .Shared.servers | sortAlpha | join "," }}"}
`;

const patch = `
{{ range $i, $m := .Manifests }}
{{ if eq $m.kind "Deployment" }}
- {op: set, path: "{{ $i }}.metadata.annotations.example\\\\.com/by", value: platform}
{{ end }}
{{ end }}
- {op: set, path: "-1", value: {apiVersion: v1, kind: ConfigMap, metadata: {name: added, namespace: {{ .Namespace }}}, data: {a: b}}}
`;

const variables = { PASSWORD: '${resources.db.password}', URL: 'postgres://app:${resources.db.password}@${resources.db.host}' };
const api = score({ name: 'api', variables, resources: { db: { type: 'postgres' } } });
const web = score({ name: 'web', variables, resources: { db: { type: 'postgres' } } });

async function prepare(client: TestInstallation['client'], files: Readonly<Record<string, string>>): Promise<void> {
  await prepareEnvironment(
    client,
    targetDocument,
    Object.entries(files).map(([file, text]) => ({ file, text })),
  );
}

function secretsIn(files: Readonly<Record<string, string>>, name: string): string {
  return files[`manifests/secret-${name}.yaml`] ?? '';
}

describe('a deployment through a provisioner file', () => {
  it('keeps its state, so that nothing changes the second time', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    await deploy(client, { sources: [api] });
    const first = await readFiles(join(folder, 'out/staging'));
    expect(secretsIn(first, 'pg-api-db')).toContain('password:');
    const { plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api] } }));
    expect(plan.changes.filter(({ action }) => action !== 'unchanged')).toEqual([]);
    await deploy(client, { sources: [api] });
    expect(await readFiles(join(folder, 'out/staging'))).toEqual(first);
  });

  it('passes shared state on from resource to resource, and from deployment to deployment', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    await deploy(client, { sources: [api] });
    await deploy(client, { sources: [web] });
    const files = await readFiles(join(folder, 'out/staging'));
    expect(files['manifests/configmap-servers.yaml']).toContain('list: api-db,web-db');
    expect(secretsIn(files, 'pg-api-db')).not.toEqual(secretsIn(files, 'pg-web-db'));
  });

  it('keeps a password when the template that made it changes', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    await deploy(client, { sources: [api] });
    const before = secretsIn(await readFiles(join(folder, 'out/staging')), 'pg-api-db');
    const changed = provisioners.replace('randAlphaNum 20', 'randAlpha 30');
    need(
      await client.call('releases.create', {
        body: {
          files: [
            { file: 'platform.yaml', text: targetDocument },
            { file: 'a.provisioners.yaml', text: changed },
          ],
        },
      }),
    );
    const rollout = need(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollout' } } }));
    expect(rollout.number).toBe(2);
    for await (const item of client.stream('deployments.events', { ...ref, number: 2 })) expect(item.ok).toBe(true);
    expect(secretsIn(await readFiles(join(folder, 'out/staging')), 'pg-api-db')).toBe(before);
  });

  it('leaves no password in the database, in plans and in what is shown', async () => {
    const { client, folder, databaseUrl } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    await deploy(client, { sources: [api] });
    const encoded = /password: (\S+)/.exec(secretsIn(await readFiles(join(folder, 'out/staging')), 'pg-api-db'))?.[1] ?? '';
    const password = Buffer.from(encoded, 'base64').toString();
    expect(password).toMatch(/^\w{20}$/);
    const dump = await dumpDatabase(databaseUrl);
    expect(dump.length).toBeGreaterThan(1000);
    for (const form of [password, encoded]) expect(dump).not.toContain(form);
    const shown = JSON.stringify([await client.call('resources.list', ref), await client.call('environments.status', ref)]);
    expect(shown).not.toContain(password);
  });

  it('is patched by the patch templates beside it', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners, 'b.tpl': patch });
    await deploy(client, { sources: [api] });
    const files = await readFiles(join(folder, 'out/staging'));
    expect(files['manifests/deployment-api.yaml']).toContain('example.com/by: platform');
    expect(files['manifests/configmap-added.yaml']).toContain('a: b');
    expect(secretsIn(files, 'api-env')).toContain('api');
    need(
      await client.call('releases.create', {
        body: {
          files: [
            { file: 'platform.yaml', text: targetDocument },
            { file: 'a.provisioners.yaml', text: provisioners },
          ],
        },
      }),
    );
    const rollout = need(await client.call('plans.create', { ...ref, body: { kind: 'rollout' } }));
    const changes = rollout.plan.changes.flatMap(({ action, subject }) =>
      action !== 'unchanged' && subject.kind === 'object' ? [`${action} ${subject.key.split('/').at(-1)}`] : [],
    );
    expect(changes.toSorted()).toEqual(['delete added', 'update api']);
  });
});

describe('an import', () => {
  const state = `
workloads: {}
resources:
  postgres.default#api.db:
    guid: 11111111-2222-3333-4444-555555555555
    type: postgres
    class: default
    id: api.db
    source_workload: api
    provisioner: template://test/postgres
    state: {password: old-password-of-score, count: 7}
    outputs: {host: pg-old, password: old-password-of-score}
shared_state: {servers: {other: x}}
`;

  it('keeps the passwords of a project of the Score tools, through its own provisioner file', async () => {
    const { client, folder, databaseUrl } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    const imported = need(await client.call('environments.import', { ...ref, body: { file: 'state.yaml', text: state } }));
    expect(imported).toEqual({ tool: 'score-k8s', taken: ['postgres.default#api.db'], left: [] });
    await deploy(client, { sources: [api] });
    const files = await readFiles(join(folder, 'out/staging'));
    expect(secretsIn(files, 'pg-api-db')).toContain(Buffer.from('old-password-of-score').toString('base64'));
    expect(files['manifests/configmap-servers.yaml']).toContain('list: api-db,other');
    expect(await dumpDatabase(databaseUrl)).not.toContain('old-password-of-score');
  });

  it('keeps them through a definition that generates a password as well', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, {});
    need(await client.call('environments.import', { ...ref, body: { file: 'state.yaml', text: state } }));
    await deploy(client, { sources: [api] });
    const secrets = Object.entries(await readFiles(join(folder, 'out/staging'))).filter(([name]) => name.includes('secret-'));
    const encoded = Buffer.from('old-password-of-score').toString('base64');
    expect(secrets.some(([, text]) => text.includes(encoded))).toBe(true);
  });

  it('leaves what is deployed as it is', async () => {
    const { client, folder } = await openTestInstallation();
    await prepare(client, { 'a.provisioners.yaml': provisioners });
    await deploy(client, { sources: [api] });
    const before = await readFiles(join(folder, 'out/staging'));
    const imported = await client.call('environments.import', { ...ref, body: { file: 'state.yaml', text: state } });
    expect(need(imported)).toMatchObject({ taken: [], left: ['postgres.default#api.db'] });
    expect(imported.diagnostics.map(({ code }) => code)).toEqual(['T7210']);
    await deploy(client, { sources: [api] });
    expect(secretsIn(await readFiles(join(folder, 'out/staging')), 'pg-api-db')).toBe(secretsIn(before, 'pg-api-db'));
  });

  it('says what is wrong with a file that is no state', async () => {
    const { client } = await openTestInstallation();
    await prepare(client, {});
    const read = async (text: string) => {
      const answer = await client.call('environments.import', { ...ref, body: { file: 'state.yaml', text } });
      return answer.diagnostics.map(({ code, source }) => `${code} ${source?.start.line ?? ''}`);
    };
    expect(await read('')).toEqual(['T1516 ']);
    expect(await read('a: 1')).toEqual(['T1516 1']);
    expect(await read('apiVersion: score.dev/v1b1\nresources: {db: {type: postgres}}')).toEqual(['T1516 1']);
    expect(await read('resources:\n  postgres: {}')).toEqual(['T1517 2']);
    expect(await read('resources:\n  postgres.default#a.b: {state: text}')).toEqual(['T1109 2']);
    expect(await read('resources: [')).toHaveLength(1);
  });
});

/** Everything that the database holds, as text. */
async function dumpDatabase(databaseUrl: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const tables = await pool.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const dumps: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await pool.query(`select * from "${name}"`);
      dumps.push(JSON.stringify(rows.rows, (_, value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)));
    }
    return dumps.join('\n');
  } finally {
    await pool.end();
  }
}
