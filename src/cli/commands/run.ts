import type { Client } from '../../client/index.ts';
import { readLogs, type LogLine } from '../change/read-logs.ts';
import { diagnose } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch, parameterOf } from '../input/options.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { createLinePrinter } from '../output/log-lines.ts';
import { complete, reportFailure } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const workload = parameterOf(call, 'WORKLOAD') ?? '';
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('runtime.run', { ...environment, body: { workload } }, { signal: call.host.signal });
    if (!answer.ok) return reportFailure(answer);
    const started = answer.data;
    if (hasSwitch(call, 'no-wait')) return complete(started, `Started ${started.run}.`, answer.diagnostics);
    call.output.note(`Started ${started.run}.`);
    const lines: LogLine[] = [];
    const take = call.output.isJson ? (line: LogLine) => void lines.push(line) : createLinePrinter(call, { isPlain: false });
    const followed = await readLogs(call, client, { environment, query: { workload, run: started.run, follow: true }, take });
    if (followed.exitCode !== exitCodes.done) return followed;
    const ended = await describeEnd(call, client, { environment, run: started.run });
    return { ...ended, data: { run: started.run, lines } };
  });
}

interface Ended {
  readonly environment: EnvironmentName;
  readonly run: string;
}

/** A run that was tried again and came through has failed instances, too: the last one says what became of it. */
async function describeEnd(call: CommandCall, client: Client, { environment, run: name }: Ended): Promise<CommandResult> {
  const listed = await client.call('runtime.list', environment, { signal: call.host.signal });
  if (!listed.ok) return reportFailure(listed);
  const instances = listed.data.instances.filter((each) => each.name.startsWith(`${name}-`));
  const last = instances.toSorted((left, right) => ((left.startedAt ?? '') < (right.startedAt ?? '') ? -1 : 1)).at(-1);
  if (last?.health === 'healthy') return complete(null, `${name} has succeeded.`);
  const detail = `${name} has failed: ${last?.message ?? 'it has no instance any more.'}`;
  return { exitCode: exitCodes.failed, diagnostics: [diagnose('T9018', { detail })], data: null };
}
