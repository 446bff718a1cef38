import type { OperationInput, OperationOutput } from '../../contract/index.ts';
import { diagnose, fail, makeWorkloadUid, parseUid, succeed, type LogLine, type LogQuery, type Outcome } from '../../core/index.ts';
import { onRecords, type Handler, type RecordCall } from './handler.ts';
import { refOf } from './environment-view.ts';
import { watchStatus } from './watch-status.ts';

type LogEvent = OperationOutput<'runtime.logs'>;

export const handlers: readonly Handler[] = [
  onRecords('runtime.list', async (call) => {
    const opened = await openRuntime(call);
    if (!opened.value) return { diagnostics: opened.diagnostics };
    const { runtime, request } = opened.value;
    const [instances, events] = await Promise.all([runtime.list(request), runtime.events(request)]);
    // Whoever may not read events sees the instances all the same.
    const notes = events.diagnostics.map((problem) => ({ ...problem, severity: 'warning' as const }));
    if (!instances.value) return { diagnostics: [...instances.diagnostics, ...notes] };
    return succeed({ instances: instances.value, events: events.value ?? [] }, [...instances.diagnostics, ...notes]);
  }),
  onRecords('runtime.watch', async (call) => {
    const { value, diagnostics } = await call.store.environments.find(refOf(call.input));
    return value ? succeed(watchStatus(call, refOf(call.input)), diagnostics) : { diagnostics };
  }),
  onRecords('runtime.logs', async (call) => {
    const query = readQuery(call.input);
    if (!query.value) return { diagnostics: query.diagnostics };
    const opened = await openRuntime(call);
    if (!opened.value) return { diagnostics: opened.diagnostics };
    const lines = await opened.value.runtime.logs(opened.value.request, query.value);
    return lines.value ? succeed(numberLines(lines.value, call.input.after ?? 0), lines.diagnostics) : { diagnostics: lines.diagnostics };
  }),
  onRecords('runtime.restart', async (call) => {
    const { workload } = call.input.body;
    const opened = await openRuntime(call);
    if (!opened.value) return { diagnostics: opened.diagnostics };
    const { value: restarted, diagnostics } = await opened.value.runtime.restart(opened.value.request, makeWorkloadUid(workload));
    if (!restarted) return { diagnostics };
    const noted = await note(call, 'restart', { workload, restarted: [...restarted] });
    return noted.diagnostics.length > 0 ? noted : succeed({ restarted }, diagnostics);
  }),
  onRecords('runtime.run', async (call) => {
    const { workload } = call.input.body;
    const opened = await openRuntime(call);
    if (!opened.value) return { diagnostics: opened.diagnostics };
    const { value: run, diagnostics } = await opened.value.runtime.run(opened.value.request, makeWorkloadUid(workload));
    if (run === undefined) return { diagnostics };
    const noted = await note(call, 'run', { workload, run });
    return noted.diagnostics.length > 0 ? noted : succeed({ run }, diagnostics);
  }),
];

type RuntimeId = 'runtime.list' | 'runtime.logs' | 'runtime.restart' | 'runtime.run';

function openRuntime<Id extends RuntimeId>({ engine, input, caller, signal }: RecordCall<Id>) {
  const { project, environment } = input;
  return engine.openRuntime({ project, environment }, { actor: caller.actor, signal });
}

type NotedCall = Pick<RecordCall<'runtime.restart' | 'runtime.run'>, 'store' | 'input' | 'caller'>;
type Detail = Parameters<NotedCall['store']['environments']['noteAction']>[1]['detail'];

/** For the record: who had it done. */
async function note({ store, input, caller }: NotedCall, name: string, detail: Detail): Promise<Outcome<never>> {
  const { diagnostics } = await store.environments.noteAction(refOf(input), { name, detail }, caller.actor);
  return { diagnostics };
}

function readQuery(input: OperationInput<'runtime.logs'>): Outcome<LogQuery> {
  const { workload, resource, previous = false, follow = false, since, ...rest } = input;
  if ((workload === undefined) === (resource === undefined)) {
    return fail(diagnose('T8006', { detail: 'Logs are of a workload or of a resource: give one of `workload` and `resource`.' }));
  }
  const node = resource === undefined ? makeWorkloadUid(workload ?? '') : parseUid(resource);
  if (node === undefined) return fail(diagnose('T8006', { detail: `"${resource}" is not the uid of a resource.` }));
  if (previous && follow) {
    return fail(diagnose('T8006', { detail: 'A run that has ended cannot be followed: give one of `previous` and `follow`.' }));
  }
  return succeed({
    node,
    isPrevious: previous,
    isFollowed: follow,
    ...chooseFrom(rest),
    ...(since !== undefined && { sinceSeconds: since }),
  });
}

function chooseFrom({
  instance,
  container,
  run,
  lines,
}: OperationInput<'runtime.logs'>): Omit<LogQuery, 'node' | 'isPrevious' | 'isFollowed'> {
  return {
    ...(instance !== undefined && { instance }),
    ...(container !== undefined && { container }),
    ...(run !== undefined && { run }),
    ...(lines !== undefined && { lines }),
  };
}

/** Lines, numbered by their time; those before `after` were seen. Rather one twice than one never. */
async function* numberLines(lines: AsyncIterable<LogLine>, after: number): AsyncIterable<LogEvent> {
  let last = after;
  for await (const line of lines) {
    const at = line.at === undefined ? Number.NaN : Date.parse(line.at);
    if (Number.isFinite(at) && at < after) continue;
    last = Number.isFinite(at) ? at : last;
    yield { sequence: last, type: 'line', ...line };
  }
}
