import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { optionOf } from '../input/options.ts';
import { parseNumber } from '../input/pairs.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { showTime } from '../output/time.ts';
import { formatTable } from '../output/table.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const limit = readNumber(call, 'limit');
  const before = readNumber(call, 'before');
  const wrong = [...limit.diagnostics, ...before.diagnostics];
  if (wrong.length > 0) return reject(wrong);
  const query = { ...(limit.value !== undefined && { limit: limit.value }), ...(before.value !== undefined && { before: before.value }) };
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('deployments.list', { ...environment, ...query }, { signal: call.host.signal });
    return answerWith(answer, (data) => describeHistory(data, call));
  });
}

function readNumber(call: CommandCall, name: string) {
  const text = optionOf(call, name);
  return text === undefined ? { diagnostics: [] } : parseNumber(text, `a number (--${name})`);
}

function describeHistory({ deployments, next }: OperationOutput<'deployments.list'>, { output }: CommandCall): string {
  if (deployments.length === 0) return 'No deployments.';
  const rows = deployments.map((each) => [
    String(each.number),
    each.isInterrupted ? `${each.status}, cut off` : each.status,
    each.kind,
    each.requester,
    showTime(each.createdAt),
    String(each.release),
    each.revision?.slice(0, 10) ?? '',
    each.reason,
  ]);
  const table = formatTable(['NUMBER', 'STATUS', 'KIND', 'BY', 'AT', 'RELEASE', 'COMMIT', 'REASON'], rows, output);
  return next === undefined ? table : `${table}\n\nThere are more: --before ${next}`;
}
