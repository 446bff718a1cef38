import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from './run.ts';
import { answer, makeHost, refuse, type HostFacts } from './test-support.ts';

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'tutti-cli-'));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

async function tutti(line: string, facts: HostFacts = {}) {
  const host = makeHost({ cwd, argv: line.split(' '), ...facts });
  const exitCode = await runCli(host);
  return { exitCode, out: host.stdout.text(), err: host.stderr.text(), calls: host.calls };
}

const at = '2026-01-31T10:00:00.000Z';
const digest = 'd'.repeat(64);

const counts = { create: 0, update: 0, replace: 0, delete: 0, retain: 0, rebind: 0, unchanged: 0, unknown: 0 };

function plan(parts: { readonly isEmpty?: boolean; readonly brakes?: readonly unknown[] } = {}) {
  const { isEmpty = false, brakes = [] } = parts;
  const summary = { total: counts, resources: counts, workloads: counts, objects: counts, isEmpty };
  const body = { digest, basis: { revision: 1, release: 1, inventory: '' }, changes: [], brakes, summary, text: 'the plan' };
  return { id: 'id', project: 'shop', environment: 'staging', kind: 'deploy', reason: '', requester: 'me', createdAt: at, plan: body };
}

const deployment = {
  id: 'id',
  number: 3,
  project: 'shop',
  environment: 'staging',
  status: 'queued',
  kind: 'deploy',
  requester: 'me',
  reason: '',
  release: 1,
  diagnostics: [],
  createdAt: at,
  isInterrupted: false,
};

const events = [
  { sequence: 1, at, type: 'deployment.status', data: { number: 3, status: 'applying' } },
  { sequence: 2, at, type: 'deployment.step', data: { subject: { kind: 'workload', name: 'web' }, status: 'done' } },
  { sequence: 3, at, type: 'of.tomorrow', data: {} },
];

const succeeding = {
  'plans.create': answer(plan()),
  'deployments.create': answer(deployment),
  'deployments.events': events,
  'deployments.show': answer({ ...deployment, status: 'succeeded', location: 'out/shop', nextCommand: 'kubectl apply -f out/shop' }),
  'environments.status': answer({ health: 'not-observed' }),
};

const place = '--project shop --env staging';
const braked = {
  ...succeeding,
  'plans.create': answer(plan({ brakes: [{ kind: 'deletions', subjects: [], reason: 'it deletes 9 objects' }] })),
};

describe('with --json', () => {
  test('standard output is one document, of a success', async () => {
    const { out, exitCode } = await tutti('project list --json', { answers: { 'projects.list': answer({ projects: [] }) } });
    expect(JSON.parse(out)).toEqual({ ok: true, diagnostics: [], data: { projects: [] } });
    expect(exitCode).toBe(0);
  });

  test('and of a line that is not understood, and of a defect', async () => {
    const usage = await tutti('--json deply');
    expect(JSON.parse(usage.out)).toMatchObject({ ok: false, diagnostics: [{ code: 'T9001' }], data: null });
    expect([usage.exitCode, usage.err]).toEqual([2, '']);
    const defect = await tutti('project list --json', { answers: { 'projects.list': new Error('oh') } });
    expect(JSON.parse(defect.out)).toMatchObject({ ok: false, diagnostics: [{ code: 'T9012', detail: 'oh' }] });
    expect(defect.exitCode).toBe(70);
  });

  test('progress goes to standard error', async () => {
    const { out, err } = await tutti(`deploy ${place} --image web=x --json`, { answers: succeeding });
    expect(JSON.parse(out)).toMatchObject({ ok: true, data: { health: 'not-observed', deployment: { number: 3 } } });
    expect(err).toContain('done     workload web');
  });
});

describe('a problem', () => {
  test('is shown with its place in the file, and the problems are counted', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'apiVersion: nope\n');
    const diagnostics = [
      {
        code: 'T1102',
        severity: 'error',
        summary: 'what',
        detail: 'why',
        place: { file: 'score.yaml', document: 0, path: ['apiVersion'] },
        related: [],
      },
    ];
    const { err, out, exitCode } = await tutti('validate', {
      answers: { 'files.validate': { ok: false, status: 422, code: 'T1102', diagnostics } },
    });
    expect(err).toBe('error[T1102] what\n --> score.yaml:1:13\n  1 | apiVersion: nope\n    |             ^^^^\n  why\n\n1 error\n');
    expect([out, exitCode]).toEqual(['', 1]);
  });

  test('of access ends with 3, of the way with 4', async () => {
    expect((await tutti('project list', { answers: { 'projects.list': refuse(403, 'T8002') } })).exitCode).toBe(3);
    expect((await tutti('project list', { answers: { 'projects.list': refuse(0, 'T8012') } })).exitCode).toBe(4);
  });

  test('that is an interruption ends with 130', async () => {
    const answers = { 'projects.list': new DOMException('interrupted', 'AbortError') };
    expect((await tutti('project list', { answers, signal: AbortSignal.abort() })).exitCode).toBe(130);
  });
});

describe('the environment', () => {
  test('comes from the variables, and the project is the only one there is', async () => {
    const answers = { 'projects.list': answer({ projects: [{ name: 'shop' }] }), 'values.list': answer({ values: [] }) };
    const { calls } = await tutti('env values', { env: { TUTTI_ENV: 'staging' }, answers });
    expect(calls.at(-1)).toEqual({ id: 'values.list', input: { project: 'shop', environment: 'staging' } });
  });

  test('is never guessed', async () => {
    const answers = { 'projects.list': answer({ projects: [{ name: 'a' }, { name: 'b' }] }) };
    const several = await tutti('status --env staging', { answers });
    expect([several.exitCode, several.err]).toEqual([2, expect.stringContaining('T9003')]);
    const none = await tutti('status --project shop');
    expect([none.exitCode, none.err]).toEqual([2, expect.stringContaining('T9004')]);
  });

  test.each(['--platform x', '--target x', '--format kubernetes', '--env-type x'])('decides %s itself', async (option) => {
    const { exitCode, err } = await tutti(`plan ${place} ${option}`);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('T9002')]);
  });
});

describe('deploy', () => {
  test('shows the plan, the progress and the honest end', async () => {
    const { out, err, exitCode } = await tutti(`deploy ${place} --image web=x`, { answers: succeeding });
    expect(err).toBe('the plan\n\nApplying\n  done     workload web\n');
    expect(out).toBe(
      'Deployed shop/staging (deployment 3).\nResult: out/shop\nHealth: not observed (the target cannot say what runs).\nIt runs once you run:\n  kubectl apply -f out/shop\n',
    );
    expect(exitCode).toBe(0);
  });

  test('carries out the plan that it showed', async () => {
    const { calls } = await tutti(`deploy ${place} --image web=x --remove api`, { answers: succeeding });
    expect(calls[0]?.input).toEqual({
      project: 'shop',
      environment: 'staging',
      body: { kind: 'deploy', images: { web: 'x' }, remove: ['api'] },
    });
    expect(calls[1]).toEqual({ id: 'deployments.create', input: { project: 'shop', environment: 'staging', body: { plan: 'id' } } });
  });

  test('does nothing where nothing changes, and nothing on a dry run', async () => {
    const empty = await tutti(`deploy ${place} --image web=x`, { answers: { 'plans.create': answer(plan({ isEmpty: true })) } });
    expect([empty.exitCode, empty.calls.length]).toEqual([0, 1]);
    const dry = await tutti(`deploy ${place} --image web=x --dry-run`, { answers: succeeding });
    expect(dry.out).toBe('the plan\n\nCarry it out:\n  tutti deploy --project shop --env staging --plan id\n');
    expect(dry.calls.length).toBe(1);
  });

  test('stops at a brake, and says how it is released', async () => {
    const { exitCode, err, calls } = await tutti(`deploy ${place} --image web=x`, { answers: braked });
    expect([exitCode, calls.length]).toEqual([3, 1]);
    expect(err).toContain(`tutti deploy --project shop --env staging --plan id --confirm ${digest}`);
  });

  test('releases a brake by --confirm, and by the typed start of the digest', async () => {
    const confirmed = await tutti(`deploy ${place} --image web=x --confirm ${digest}`, { answers: braked });
    expect(confirmed.calls[1]?.input).toMatchObject({ body: { plan: 'id', confirm: digest } });
    const typed = await tutti(`deploy ${place} --image web=x`, { answers: braked, prompt: async () => 'dddddddd' });
    expect(typed.calls[1]?.input).toMatchObject({ body: { confirm: digest } });
    const mistyped = await tutti(`deploy ${place} --image web=x`, { answers: braked, prompt: async () => 'yes' });
    expect(mistyped.exitCode).toBe(3);
  });

  test('that fails ends with 4 and tells the problems of its steps', async () => {
    const step = {
      subject: { kind: 'workload', name: 'web' },
      status: 'failed',
      diagnostics: refuse(0, 'T6001').diagnostics,
      changedAt: at,
    };
    const answers = {
      ...succeeding,
      'deployments.show': answer({ ...deployment, status: 'failed' }),
      'deployments.steps': answer({ steps: [step] }),
    };
    const { exitCode, err } = await tutti(`deploy ${place} --image web=x`, { answers });
    expect(exitCode).toBe(4);
    expect(err).toMatch(/T6001[^]*T9013[^]*2 errors/);
  });

  test('that is interrupted ends with 130 and says how to go on', async () => {
    const controller = new AbortController();
    const answers = { ...succeeding, 'deployments.events': new DOMException('interrupted', 'AbortError') };
    const host = makeHost({ cwd, argv: `deploy ${place} --image web=x`.split(' '), answers, signal: controller.signal });
    const stopping = { ...host, stderr: { ...host.stderr, write: (text: string) => (host.stderr.write(text), controller.abort()) } };
    expect(await runCli(stopping)).toBe(130);
    expect(host.stderr.text()).toMatch(/T9014[^]*tutti resume --project shop --env staging/);
  });

  test('takes nothing beside a saved plan', async () => {
    expect((await tutti(`deploy a.yaml ${place} --plan id`)).exitCode).toBe(2);
  });
});

describe('secret set', () => {
  test('reads the value from standard input, without the line break at its end', async () => {
    const { calls, out, err } = await tutti(`secret set KEY ${place}`, {
      stdin: 'hidden\n',
      answers: { 'secrets.set': answer({ version: 2 }) },
    });
    expect(calls[0]?.input).toEqual({ project: 'shop', environment: 'staging', key: 'KEY', body: { value: 'hidden' } });
    expect(out + err).not.toContain('hidden');
  });

  test('asks at a terminal, without showing what is typed', async () => {
    const asked: unknown[] = [];
    const prompt = async (question: unknown) => {
      asked.push(question);
      return 'x';
    };
    await tutti(`secret set KEY ${place}`, { prompt, answers: { 'secrets.set': answer({ version: 1 }) } });
    expect(asked).toEqual([{ message: 'Value of KEY:', isSecret: true }]);
  });

  test('without a value is an error, and has no place for one on the command line', async () => {
    expect((await tutti(`secret set KEY ${place}`)).err).toContain('T9011');
    expect((await tutti(`secret set KEY value ${place}`)).exitCode).toBe(2);
  });
});

describe('files out', () => {
  test('init writes a Score file and a platform, and never over a file', async () => {
    expect((await tutti('init app')).exitCode).toBe(0);
    expect((await readdir(join(cwd, 'app'), { recursive: true })).toSorted()).toEqual([
      'platform',
      'platform/environment-types.yaml',
      'platform/postgres.yaml',
      'platform/targets.yaml',
      'score.yaml',
    ]);
    await writeFile(join(cwd, 'app/score.yaml'), 'mine');
    const again = await tutti('init app');
    expect([again.exitCode, again.err]).toEqual([1, expect.stringContaining('T9008')]);
    expect(await readFile(join(cwd, 'app/score.yaml'), 'utf8')).toBe('mine');
  });

  test('render writes files that only their owner reads, and never outside the folder', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'x');
    const render = (file: string) => {
      const objects = [{ key: 'k', node: 'n', file, text: 'a: 1\n' }];
      return tutti('render --out out', { answers: { 'files.render': answer({ objects }) } });
    };
    expect((await render('a/b.yaml')).exitCode).toBe(0);
    expect((await stat(join(cwd, 'out/a/b.yaml'))).mode & 0o777).toBe(0o600);
    expect((await render('../b.yaml')).exitCode).toBe(4);
  });

  test('render prints one document an object', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'x');
    const objects = ['a: 1\n', 'b: 2\n'].map((text) => ({ key: 'k', node: 'n', file: 'f', text }));
    const { out } = await tutti('render --set A=1', { answers: { 'files.render': answer({ objects }) } });
    expect(out).toBe('---\na: 1\n---\nb: 2\n');
  });
});

describe('a Compose project out', () => {
  const objects = [{ key: 'compose/Service:s/a', node: 'n', file: 'compose.yaml', text: 'services:\n  a: {}\n' }];

  test('is printed as one document', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'x');
    const files = [{ file: 'compose.yaml', text: 'name: s\nservices:\n  a: {}\n', mode: '0600' }];
    const { out, calls } = await tutti('render --format compose', { answers: { 'files.render': answer({ objects, files }) } });
    expect(out).toBe('name: s\nservices:\n  a: {}\n');
    expect(calls[0]?.input).toMatchObject({ body: { layout: 'stream', context: { format: 'compose' } } });
  });

  test('is written with what lies beside it, each file with its mode', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'x');
    const files = [
      { file: '.env', text: 'A="b"\n', mode: '0600' },
      { file: 'compose.yaml', text: 'name: s\n', mode: '0644' },
      { file: 'files/a/logo', base64: '/wA=', mode: '0444' },
    ];
    const answers = { 'files.render': answer({ objects, files }) };
    for (let turn = 0; turn < 2; turn++) {
      const { exitCode, calls } = await tutti('render --format compose --out out', { answers });
      expect([exitCode, calls[0]?.input]).toMatchObject([0, { body: { layout: 'folder' } }]);
    }
    const modes = await Promise.all(files.map(async ({ file }) => ((await stat(join(cwd, 'out', file))).mode & 0o777).toString(8)));
    expect(modes).toEqual(['600', '644', '644']);
    expect(await readFile(join(cwd, 'out/files/a/logo'))).toEqual(Buffer.from([0xff, 0x00]));
  });
});

describe('pairs on the command line', () => {
  test.each(['--set A', '--set =x', '--set A=1 --set A=2', '--image =web', '--format helm'])('refuse %s', async (options) => {
    expect((await tutti(`render ${options}`)).exitCode).toBe(2);
  });

  test('keep equals signs in the value, and may be empty', async () => {
    const { calls } = await tutti(`env set A=b=c D= ${place}`, { answers: { 'values.change': answer({ values: [] }) } });
    expect(calls[0]?.input).toMatchObject({ body: { set: { A: 'b=c', D: '' } } });
  });
});

describe('overrides', () => {
  const score = 'apiVersion: score.dev/v1b1';
  const overrides = '--overrides-file over.yaml --override-property a.b=c --override-property d=';
  const expected = {
    file: 'score.yaml',
    text: score,
    overrides: { files: [{ file: 'over.yaml', text: 'x: 1' }], properties: ['a.b=c', 'd='] },
  };
  const empty = { contexts: [], needs: [], workloads: [], objects: [], nodes: [], text: '', dot: '' };
  const answers = Object.fromEntries(['validate', 'explain', 'graph', 'render'].map((each) => [`files.${each}`, answer(empty)]));

  beforeEach(async () => {
    await writeFile(join(cwd, 'score.yaml'), score);
    await writeFile(join(cwd, 'over.yaml'), 'x: 1');
  });

  test.each(['validate', 'explain', 'graph', 'render'])('go with the only Score file of %s', async (command) => {
    const { calls } = await tutti(`${command} ${overrides} --project shop --env staging`, { answers });
    expect(calls[0]).toMatchObject({ id: `files.${command}`, input: { body: { sources: [expected] } } });
  });

  test.each(['plan', 'deploy --dry-run'])('go with the only Score file of %s, also beside an image', async (command) => {
    const { calls } = await tutti(`${command} ${overrides} --image x:1 ${place}`, { answers: succeeding });
    expect(calls[0]?.input).toMatchObject({ body: { kind: 'deploy', sources: [expected], images: { '*': 'x:1' } } });
  });

  test('without exactly one Score file, without an equals sign or without their file are refused', async () => {
    await writeFile(join(cwd, 'other.score.yaml'), score);
    expect((await tutti('validate --override-property a=b')).exitCode).toBe(2);
    expect((await tutti('validate score.yaml --override-property a')).exitCode).toBe(2);
    expect((await tutti('validate score.yaml --overrides-file gone.yaml')).err).toContain('T9005');
    expect((await tutti(`deploy --plan id --overrides-file over.yaml ${place}`)).exitCode).toBe(2);
    expect((await tutti(`deploy --override-property a=b --remove web ${place}`)).exitCode).toBe(2);
  });
});

describe('explain', () => {
  const explanation = answer({ contexts: [], needs: [] });

  test('asks of files by type, uid or workload.need', async () => {
    await writeFile(join(cwd, 'score.yaml'), 'x');
    const needOf = async (line: string) => (await tutti(line, { answers: { 'files.explain': explanation } })).calls[0]?.input;
    expect(await needOf('explain postgres')).toMatchObject({ body: { need: { type: 'postgres' } } });
    expect(await needOf('explain api.db score.yaml')).toMatchObject({ body: { need: { id: 'api.db' } } });
    expect(await needOf('explain redis.default#queue')).toMatchObject({ body: { need: { uid: 'redis.default#queue' } } });
    expect(await needOf('explain score.yaml --all-environments')).toMatchObject({ body: { allEnvironments: true } });
  });

  test('without files asks of the environment that is named', async () => {
    const { calls } = await tutti(`explain postgres ${place}`, { answers: { 'projects.explain': explanation } });
    expect(calls).toEqual([
      { id: 'projects.explain', input: { project: 'shop', body: { environments: ['staging'], need: { type: 'postgres' } } } },
    ]);
  });
});
