import { describe, expect, test } from 'vitest';
import { runCli } from './run.ts';
import { answer, makeHost, type HostFacts } from './test-support.ts';

const at = '2026-01-31T10:00:00.000Z';
const place = '--project shop --env staging';

async function tutti(line: string, facts: HostFacts = {}) {
  const host = makeHost({ argv: line.split(' '), ...facts });
  const exitCode = await runCli(host);
  return { exitCode, out: host.stdout.text(), err: host.stderr.text(), calls: host.calls };
}

const counts = { create: 0, update: 1, replace: 0, delete: 0, retain: 0, rebind: 0, unchanged: 0, unknown: 0 };
const summary = { total: counts, resources: counts, workloads: counts, objects: counts, isEmpty: false };
const body = {
  digest: 'd'.repeat(64),
  basis: { revision: 1, release: 1, inventory: '' },
  changes: [],
  brakes: [],
  summary,
  text: 'the plan',
};
const records = { project: 'shop', environment: 'staging', kind: 'deploy', reason: '', requester: 'me', createdAt: at };
const deployment = { ...records, id: 'id', number: 3, status: 'succeeded', release: 1, diagnostics: [], isInterrupted: false };
const succeeding = {
  'plans.create': answer({ ...records, id: 'id', plan: body }),
  'deployments.create': answer(deployment),
  'deployments.events': [],
  'deployments.show': answer(deployment),
};

describe('what runs', () => {
  const line = (text: string, container = 'main') => ({ sequence: 1, type: 'line', instance: 'web-1', container, at, text });
  const workloads = (health: string) => [{ name: 'web', health }];
  const status = (health: string) => ({ sequence: 1, type: 'status', status: { health, workloads: workloads(health) }, diagnostics: [] });

  test('lines carry the names of what wrote them, and no control characters', async () => {
    const answers = { 'runtime.logs': [line('began'), line('\u001b[2Jgone', 'helper')] };
    const { out, calls, exitCode } = await tutti(`logs web --since 10m --lines 5 --previous ${place}`, { answers });
    expect({ out, exitCode }).toEqual({ out: 'web-1/main  began\nweb-1/helper  \\u001b[2Jgone\n', exitCode: 0 });
    expect(calls.at(-1)?.input).toEqual({ project: 'shop', environment: 'staging', workload: 'web', previous: true, lines: 5, since: 600 });
  });

  test('with --json lines are one document; where they are followed, a document a line and the result last', async () => {
    const answers = { 'runtime.logs': [line('one'), line('two')] };
    const whole = await tutti(`logs web --json ${place}`, { answers });
    expect(JSON.parse(whole.out)).toMatchObject({ ok: true, data: { lines: [{ text: 'one' }, { text: 'two' }] } });
    const followed = await tutti(`logs web --json --follow ${place}`, { answers });
    expect(
      followed.out
        .split('\n')
        .slice(0, 2)
        .map((text) => JSON.parse(text)),
    ).toMatchObject([{ text: 'one' }, { text: 'two' }]);
    expect(JSON.parse(followed.out.split('\n').slice(2).join('\n'))).toMatchObject({ ok: true });
  });

  test.each([
    [`logs ${place}`, 'Name a workload'],
    [`logs web --since yesterday ${place}`, 'a time span is meant'],
    [`logs web --lines 0 ${place}`, 'a whole number from 1'],
    [`scale web=many ${place}`, 'a whole number of replicas'],
  ])('%s is a usage error', async (command, said) => {
    const { exitCode, err, calls } = await tutti(command);
    expect({ exitCode, calls }).toEqual({ exitCode: 2, calls: [] });
    expect(err).toContain(said);
  });

  test('a restart waits until the workload is healthy again, and says where to look when it does not become so', async () => {
    const restarted = { 'runtime.restart': answer({ restarted: ['Deployment shop/web'] }) };
    const well = await tutti(`restart web ${place}`, {
      answers: { ...restarted, 'runtime.watch': [status('progressing'), status('healthy')] },
    });
    expect(well).toMatchObject({ exitCode: 0, out: 'web is healthy.\n', err: 'Restarting Deployment shop/web.\n' });
    const ill = await tutti(`restart web ${place}`, {
      answers: { ...restarted, 'runtime.watch': [status('progressing'), status('degraded')] },
    });
    expect(ill.exitCode).toBe(4);
    expect(ill.err).toContain('tutti logs web --project shop --env staging');
  });

  test('a run shows what it writes, and fails when it has', async () => {
    const instances = (health: string) => [
      { node: 'workload.default#report', name: 'report-run-x-1', health, message: 'exit code 1', containers: [] },
    ];
    const answers = (health: string) => ({
      'runtime.run': answer({ run: 'report-run-x' }),
      'runtime.logs': [line('counted')],
      'runtime.list': answer({ instances: instances(health), events: [] }),
    });
    expect(await tutti(`run report ${place}`, { answers: answers('healthy') })).toMatchObject({
      exitCode: 0,
      out: 'web-1/main  counted\nreport-run-x has succeeded.\n',
    });
    expect(await tutti(`run report ${place}`, { answers: answers('degraded') })).toMatchObject({
      exitCode: 4,
      err: expect.stringContaining('exit code 1'),
    });
  });

  test('a promotion is planned in the environment that it goes to, and carried out there', async () => {
    const answers = { ...succeeding, 'environments.status': answer({ health: 'healthy', workloads: workloads('healthy') }) };
    const { exitCode, calls } = await tutti('promote staging production --project shop --reason release', { answers });
    expect(exitCode).toBe(0);
    expect(calls.find(({ id }) => id === 'plans.create')?.input).toMatchObject({
      project: 'shop',
      environment: 'production',
      body: { kind: 'promote', from: 'staging', reason: 'release' },
    });
    expect(await tutti('promote staging --project shop')).toMatchObject({ exitCode: 2 });
  });

  test('a clone is made, and what runs in the other environment deployed to it; nothing, where nothing runs', async () => {
    const environment = { project: 'shop', environment: 'staging', type: 'staging', release: 1 };
    const answers = {
      ...succeeding,
      'environments.show': answer(environment),
      'environments.create': answer({ ...environment, environment: 'preview-7' }),
      'environments.status': answer({ health: 'healthy', workloads: workloads('healthy') }),
    };
    const cloned = await tutti('env clone staging preview-7 --project shop --label pull=7', { answers });
    expect(cloned).toMatchObject({ exitCode: 0, err: expect.stringContaining('shop/preview-7 of the type staging') });
    const inputs = new Map(cloned.calls.map(({ id, input }) => [id, input]));
    expect(inputs.get('environments.create')).toEqual({
      project: 'shop',
      body: { environment: 'preview-7', type: 'staging', from: 'staging', labels: { pull: '7' } },
    });
    expect(inputs.get('plans.create')).toMatchObject({ environment: 'preview-7', body: { kind: 'promote', from: 'staging' } });
  });

  test('a cancellation is asked for, followed, and tells what became of it', async () => {
    const under = { ...deployment, number: 4, status: 'applying' };
    const answers = (became: string) => ({
      'deployments.list': answer({ deployments: [{ ...under, number: 5, status: 'queued' }, under, deployment] }),
      'deployments.cancel': answer(under),
      'deployments.events': [],
      'deployments.show': answer({ ...under, status: became, diagnostics: [] }),
    });
    const done = await tutti(`cancel ${place}`, { answers: answers('cancelled') });
    expect(done).toMatchObject({ exitCode: 0, out: 'Deployment 4 is cancelled.\n' });
    expect(done.calls.find(({ id }) => id === 'deployments.cancel')?.input).toMatchObject({ number: 4 });
    expect(await tutti(`cancel 4 ${place}`, { answers: answers('succeeded') })).toMatchObject({ exitCode: 4 });
    expect(await tutti(`cancel four ${place}`)).toMatchObject({ exitCode: 2 });
    const none = { 'deployments.list': answer({ deployments: [deployment] }) };
    expect(await tutti(`cancel ${place}`, { answers: none })).toMatchObject({ exitCode: 2, err: expect.stringContaining('under way') });
  });

  test('of warnings about what runs now, the last of a sort is shown, in its place in time', async () => {
    const warning = (object: string, reason: string, message: string) => ({ at, object, reason, message, count: 1, isWarning: true });
    const events = [
      warning('Pod shop/web-1', 'Unhealthy', 'task 1 not found'),
      warning('Pod shop/web-0', 'BackOff', 'gone since'),
      warning('Deployment shop/web', 'FailedCreate', 'quota'),
      warning('Pod shop/web-1', 'Unhealthy', 'task 2 not found'),
      { ...warning('Pod shop/web-1', 'Pulled', 'there'), isWarning: false },
    ];
    const instances = [{ node: 'workload.default#web', name: 'web-1', health: 'healthy', message: '', containers: [] }];
    const environment = { project: 'shop', environment: 'staging', type: 'staging', release: 1 };
    const shown = answer({ environment, health: 'healthy', workloads: [], resources: [], objects: [] });
    const answers = { 'environments.status': shown, 'runtime.list': answer({ instances, events }) };
    const { out } = await tutti(`status --instances ${place}`, { answers });
    expect(out.slice(out.indexOf('WARNING ABOUT')).split('\n').slice(1)).toEqual([
      expect.stringMatching(/Deployment shop\/web +FailedCreate +quota$/),
      expect.stringMatching(/Pod shop\/web-1 +Unhealthy +task 2 not found$/),
      '',
    ]);
  });

  test('an environment that is not paused any more is deployed by the command all the same', async () => {
    const answers = (isPaused: boolean) => ({
      ...succeeding,
      'environments.status': answer({ health: 'healthy', workloads: workloads('healthy'), isPaused }),
      'values.change': answer({ values: [] }),
    });
    const first = await tutti(`unpause ${place}`, { answers: answers(true) });
    expect(first.calls.find(({ id }) => id === 'values.change')?.input).toMatchObject({ body: { unset: ['tutti.paused'] } });
    const second = await tutti(`unpause ${place}`, { answers: answers(false) });
    expect(second.calls.map(({ id }) => id)).toEqual(expect.arrayContaining(['plans.create', 'deployments.create']));
    expect(second.calls.map(({ id }) => id)).not.toContain('values.change');
  });

  test('scaling keeps the number and deploys; a workload that is not there is named before', async () => {
    const answers = {
      ...succeeding,
      'environments.status': answer({ health: 'healthy', workloads: workloads('healthy') }),
      'values.change': answer({ values: [] }),
    };
    const scaled = await tutti(`scale web=03 ${place}`, { answers });
    expect(scaled.exitCode).toBe(0);
    expect(scaled.calls.map(({ id }) => id)).toEqual(expect.arrayContaining(['values.change', 'plans.create', 'deployments.create']));
    expect(scaled.calls.find(({ id }) => id === 'values.change')?.input).toMatchObject({ body: { set: { 'web.replicas': '3' } } });
    const wrong = await tutti(`scale wed=3 ${place}`, { answers });
    expect(wrong.err).toContain('Did you mean "web"?');
    expect(wrong.calls.map(({ id }) => id)).not.toContain('values.change');
  });

  test('a status that is watched tells only what changes', async () => {
    const answers = { 'runtime.watch': [status('progressing'), status('progressing'), status('healthy')] };
    const { out } = await tutti(`status --watch ${place}`, { answers });
    expect(out).toBe('environment  progressing\nweb  progressing\nenvironment  healthy\nweb  healthy\nThe environment is gone.\n');
  });

  test('a destroyed environment ends with what is gone, what is kept, and what nobody could look at', async () => {
    const changes = [
      { action: 'delete', subject: { kind: 'workload', name: 'web' } },
      { action: 'delete', subject: { kind: 'object', key: 'a' } },
      { action: 'retain', subject: { kind: 'resource', uid: 'postgres.default#db' } },
    ];
    const planned = answer({ ...records, kind: 'destroy', id: 'id', plan: { ...body, changes } });
    const left = { workloads: [], resources: [{ uid: 'postgres.default#db' }], objects: [{ key: 'PVC' }] };
    const answers = (type: string, health: string) => ({
      ...succeeding,
      'plans.create': planned,
      'environments.status': answer({ ...left, health, target: { name: 'west', type } }),
    });
    const cluster = await tutti(`destroy ${place} --reason over`, { answers: answers('kubernetes', 'healthy') });
    expect(cluster.out).toContain('Gone: 1 workload, 0 resources, 1 object, each asked for.');
    expect(cluster.out).toContain('Kept, with what they hold:\n  postgres.default#db\n  PVC\n');
    expect(cluster.calls[0]?.input).toMatchObject({ body: { kind: 'destroy', reason: 'over' } });
    const files = await tutti(`destroy --delete-data ${place}`, { answers: answers('git', 'not-observed') });
    expect(files.out).toContain('Could not be verified');
    expect(files.calls[0]?.input).toMatchObject({ body: { kind: 'destroy', deleteData: true } });
  });

  describe('drift', () => {
    const fields = [
      { path: '/spec/replicas', wanted: 1, live: 3, owner: 'kubectl-edit', since: at },
      { path: '/spec/paused', live: true },
    ];
    const drifted = { key: 'apps/Deployment:ns/web', node: 'workload.default#web', kind: 'changed', fields, accepted: ['/spec/old'] };
    const missing = { key: '/Service:ns/web', node: 'workload.default#web', kind: 'missing', fields: [], accepted: [] };
    const drift = (objects: readonly object[]) => ({ 'drift.show': answer({ objects, strays: [], looked: 7 }) });

    test('says what differs, whose it is, and what to do; and ends with 1 where that is asked', async () => {
      const { out, exitCode } = await tutti(`drift ${place} --exit-code`, { answers: drift([drifted, missing]) });
      expect(exitCode).toBe(1);
      expect(out).toContain(
        '2 of 7 objects are not as they were deployed.\nchanged apps/Deployment:ns/web\n    /spec/replicas: 1 → 3  by kubectl-edit since',
      );
      expect(out).toContain("tutti drift --accept 'apps/Deployment:ns/web' --project shop --env staging");
      const none = await tutti(`drift ${place} --exit-code`, { answers: drift([]) });
      expect(none).toMatchObject({ exitCode: 0, out: 'All 7 objects are as they were deployed.\n' });
    });

    test('is accepted field by field, besides what was accepted before', async () => {
      const answers = { ...drift([drifted]), 'drift.accept': answer({}) };
      const { calls } = await tutti(`drift ${place} --accept apps/Deployment:ns/web`, { answers });
      expect(calls.at(-1)?.input).toMatchObject({ body: { key: drifted.key, paths: ['/spec/old', '/spec/replicas', '/spec/paused'] } });
      const wrong = await tutti(`drift ${place} --accept /Service:ns/web`, { answers: drift([drifted, missing]) });
      expect(wrong.err).toContain('What can be accepted: apps/Deployment:ns/web.');
    });

    test('is reverted by a deployment; both at once make no sense', async () => {
      const { calls } = await tutti(`drift ${place} --revert`, {
        answers: { ...succeeding, 'environments.status': answer({ health: 'healthy' }) },
      });
      expect(calls.map(({ id }) => id)).toEqual(expect.arrayContaining(['plans.create', 'deployments.create']));
      expect((await tutti(`drift ${place} --revert --accept x`)).exitCode).toBe(2);
    });
  });
});
