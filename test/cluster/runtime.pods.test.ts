import { expect, inject, it, onTestFinished } from 'vitest';
import { deploy, need, openTestInstallation, prepareEnvironment, ref, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace, patience, untilAnswer } from './live.ts';
import { nodeImage } from './tools/images.ts';

type Client = TestInstallation['client'];

const password = 'correct-horse-battery';

let count = 0;

async function prepare(client: Client): Promise<string> {
  const namespace = `runtime-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 60 };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  need(await client.call('secrets.set', { ...ref, key: 'PASSWORD', body: { value: password } }));
  onTestFinished(async () => void (await ask('DELETE', `/api/v1/namespaces/${namespace}`)));
  return namespace;
}

/** Serves, says so with its password, and ends with code 7 when it is asked to. */
const server = `
  console.log('began with ' + process.env.PASSWORD);
  let count = 0;
  setInterval(() => console.log('line ' + ++count), 100);
  require('http').createServer((request, to) => {
    to.end('ok');
    if (request.url === '/end') { console.log('last words'); process.exit(7); }
  }).listen(8080);
  process.on('SIGTERM', () => process.exit(0));
`;

function web() {
  const probe = { httpGet: { path: '/', port: 8080 } };
  const main = {
    image: nodeImage.name,
    command: ['node', '-e', server],
    variables: { PASSWORD: '${resources.settings.PASSWORD}' },
    readinessProbe: probe,
  };
  const helper = {
    image: nodeImage.name,
    command: ['node', '-e', "console.log('help'); setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(0))"],
  };
  const text = JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    service: { ports: { http: { port: 80, targetPort: 8080 } } },
    containers: { main, helper },
    resources: { settings: { type: 'environment' } },
  });
  return { file: 'web.yaml', text };
}

interface Line {
  readonly instance: string;
  readonly container: string;
  readonly at?: string;
  readonly text: string;
}

async function readLogs(client: Client, query: object): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const item of client.stream('runtime.logs', { ...ref, ...query })) {
    if (!item.ok) throw new Error(JSON.stringify(item.diagnostics));
    lines.push(item.event);
  }
  return lines;
}

it('tells what runs, what it writes without the secrets in it, and what was said of it', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded', diagnostics: [] });
  const { instances, events } = need(await client.call('runtime.list', ref));
  expect(instances).toMatchObject([
    {
      node: 'workload.default#web',
      health: 'healthy',
      containers: [
        { name: 'helper', state: 'running', isReady: true, restarts: 0 },
        { name: 'main', state: 'running', isReady: true, restarts: 0 },
      ],
    },
  ]);
  expect(events.map(({ object, reason }) => `${object.replace(/-.*$/, '')} ${reason}`)).toContain('Pod runtime Started');
  expect(events.every(({ node }) => node === 'workload.default#web')).toBe(true);
  const lines = await readLogs(client, { workload: 'web' });
  expect(new Set(lines.map(({ container }) => container))).toEqual(new Set(['main', 'helper']));
  expect(lines.map(({ text }) => text)).toContain('began with ‹secret›');
  expect(JSON.stringify(lines)).not.toContain(password);
  const times = lines.map(({ at = '' }) => at);
  expect(times.toSorted()).toEqual(times);
  expect(await readLogs(client, { workload: 'web', container: 'main', lines: 2 })).toHaveLength(2);
  const { spec } = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  const url = `http://${spec.clusterIP}`;

  const follow = new AbortController();
  const followed: Line[] = [];
  const following = (async () => {
    const query = { ...ref, workload: 'web', container: 'main', follow: true, lines: 1 };
    for await (const item of client.stream('runtime.logs', query, { signal: follow.signal })) if (item.ok) followed.push(item.event);
  })().catch(() => undefined);
  await expect.poll(() => followed.length, patience).toBeGreaterThan(3);
  expect(await untilAnswer(url)).toBe('ok');
  await fetch(`${url}/end`);
  // What the next run of the container writes follows by itself.
  await expect.poll(() => followed.filter(({ text }) => text.startsWith('began')).length, patience).toBe(1);
  follow.abort();
  await following;
  expect(followed.map(({ text }) => text)).toContain('last words');
  const numbers = followed.flatMap(({ text }) => (text.startsWith('line ') ? [Number(text.slice(5))] : []));
  expect(new Set(numbers.slice(0, numbers.indexOf(1))).size).toBe(numbers.indexOf(1));

  const before = await readLogs(client, { workload: 'web', container: 'main', previous: true });
  expect(before.at(-1)).toMatchObject({ text: 'last words', container: 'main' });
  expect(need(await client.call('runtime.list', ref)).instances[0]?.containers[1]).toMatchObject({ restarts: 1, exitCode: 7 });
});

it('names what is not there to be read, restarted or run', async () => {
  const { client } = await openTestInstallation();
  await prepare(client);
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded' });
  await expect(readLogs(client, { workload: 'wed' })).rejects.toThrow(/T6231.*the workload \\"wed\\"/);
  await expect(readLogs(client, { workload: 'web', container: 'mian' })).rejects.toThrow(/T6232.*Did you mean \\"main\\"/);
  await expect(readLogs(client, { workload: 'web', previous: true })).rejects.toThrow(/T6231.*no earlier run/);
  await expect(readLogs(client, { workload: 'web', previous: true, follow: true })).rejects.toThrow(/T8006/);
  await expect(readLogs(client, {})).rejects.toThrow(/T8006/);
  expect(await client.call('runtime.restart', { ...ref, body: { workload: 'wed' } })).toMatchObject({ ok: false, code: 'T6233' });
  expect(await client.call('runtime.run', { ...ref, body: { workload: 'web' } })).toMatchObject({ ok: false, code: 'T6233' });
});

it('restarts a workload: every pod is another one, the status follows, and the next deployment has nothing to do', async () => {
  const { client } = await openTestInstallation();
  await prepare(client);
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded' });
  const watch = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const item of client.stream('runtime.watch', ref, { signal: watch.signal }))
      if (item.ok) seen.push(item.event.status.health);
  })().catch(() => undefined);
  await expect.poll(() => seen.at(-1), patience).toBe('healthy');
  const before = need(await client.call('runtime.list', ref)).instances.map((each) => each.name);
  const { restarted } = need(await client.call('runtime.restart', { ...ref, body: { workload: 'web' } }));
  expect(restarted).toEqual([expect.stringMatching(/^Deployment runtime-\d+-\d+\/web$/)]);
  await expect.poll(() => seen, patience).toContain('progressing');
  await expect.poll(() => seen.at(-1), patience).toBe('healthy');
  watch.abort();
  await watching;
  const running = async () => need(await client.call('runtime.list', ref)).instances.map((each) => each.name);
  await expect.poll(running, patience).not.toEqual(expect.arrayContaining([...before]));
  const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web()] } }));
  expect(plan.plan.summary.isEmpty).toBe(true);
});

it('runs the job of a schedule now, and follows it to its end', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  const job = {
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'report', annotations: { 'tutti.dev/profile': 'cron', 'tutti.dev/schedule': '0 3 1 1 *' } },
    containers: {
      main: { image: nodeImage.name, command: ['node', '-e', "console.log('counted'); setTimeout(() => console.log('done'), 1500)"] },
    },
  };
  expect(await deploy(client, { sources: [{ file: 'report.yaml', text: JSON.stringify(job) }] })).toMatchObject({ status: 'succeeded' });
  const { run } = need(await client.call('runtime.run', { ...ref, body: { workload: 'report' } }));
  const lines = await readLogs(client, { workload: 'report', run, follow: true });
  expect(lines.map(({ text }) => text)).toEqual(['counted', 'done']);
  const made = await ask('GET', `/apis/batch/v1/namespaces/${namespace}/jobs/${run}`);
  expect(made).toMatchObject({ status: { succeeded: 1 }, metadata: { ownerReferences: [{ kind: 'CronJob', name: 'report' }] } });
});
