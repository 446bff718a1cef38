import { readLogs, type LogLine, type LogQuery } from '../change/read-logs.ts';
import { diagnose, hasErrors, type Outcome } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { parseDuration } from '../input/duration.ts';
import { hasSwitch, optionOf, parameterOf } from '../input/options.ts';
import { parseNumber } from '../input/pairs.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { createLinePrinter } from '../output/log-lines.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const query = readQuery(call);
  if (!query.value || hasErrors(query.diagnostics)) return reject(query.diagnostics);
  const chosen = query.value;
  return withEnvironment(call, async (environment, client) => {
    const lines: LogLine[] = [];
    const print = createLinePrinter(call, { isPlain: hasSwitch(call, 'plain') });
    const isGathered = call.output.isJson && chosen.follow !== true;
    const result = await readLogs(call, client, { environment, query: chosen, take: isGathered ? (line) => lines.push(line) : print });
    return isGathered && result.exitCode === exitCodes.done ? { ...result, data: { lines } } : result;
  });
}

function readQuery(call: CommandCall): Outcome<LogQuery> {
  const [workload, resource] = [parameterOf(call, 'WORKLOAD'), optionOf(call, 'resource')];
  if ((workload === undefined) === (resource === undefined)) {
    return { diagnostics: [diagnose('T9001', { detail: 'Name a workload, or a resource with --resource UID.' })] };
  }
  const span = readSpan(call);
  const value: LogQuery = {
    ...(workload === undefined ? {} : { workload }),
    ...(resource === undefined ? {} : { resource }),
    ...readNames(call),
    ...(hasSwitch(call, 'previous') && { previous: true }),
    ...(hasSwitch(call, 'follow') && { follow: true }),
    ...span.value,
  };
  return { value, diagnostics: span.diagnostics };
}

/** How much of what was written. */
function readSpan(call: CommandCall): Outcome<Pick<LogQuery, 'lines' | 'since'>> {
  const [linesText, sinceText] = [optionOf(call, 'lines'), optionOf(call, 'since')];
  const lines = linesText === undefined ? undefined : parseNumber(linesText, 'a number of lines (--lines)');
  const since = sinceText === undefined ? undefined : parseDuration(sinceText, 'a time (--since)');
  const value = {
    ...(lines?.value !== undefined && { lines: lines.value }),
    ...(since?.value !== undefined && { since: since.value }),
  };
  return { value, diagnostics: [...(lines?.diagnostics ?? []), ...(since?.diagnostics ?? [])] };
}

function readNames(call: CommandCall): Pick<LogQuery, 'container' | 'instance' | 'run'> {
  const [container, instance, job] = ['container', 'instance', 'run'].map((name) => optionOf(call, name));
  return {
    ...(container !== undefined && { container }),
    ...(instance !== undefined && { instance }),
    ...(job !== undefined && { run: job }),
  };
}
