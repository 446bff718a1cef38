import type { OperationOutput } from '../../client/index.ts';
import { hasErrors } from '../../core/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { loadReadableScope } from '../input/file-scope.ts';
import { answerWith } from '../input/with-environment.ts';
import { reject } from '../result.ts';
import { formatTable } from '../output/table.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const scope = await loadReadableScope(call.parameters['FILE'] ?? [], call);
  if (!scope.value) return reject(scope.diagnostics);
  const client = await call.client('files');
  const answer = await client.call('files.validate', { body: scope.value }, { signal: call.host.signal });
  if (hasErrors(scope.diagnostics)) return reject([...scope.diagnostics, ...answer.diagnostics]);
  return answerWith(answer, (data) => describeWorkloads(data, call));
}

function describeWorkloads({ workloads }: OperationOutput<'files.validate'>, { output }: CommandCall): string {
  const rows = workloads.map((each) => [
    each.name,
    each.file,
    each.containers.map((container) => container.name).join(', '),
    each.needs.map((need) => need.type).join(', '),
  ]);
  return `${formatTable(['WORKLOAD', 'FILE', 'CONTAINERS', 'NEEDS'], rows, output)}\n\n${output.paint.good('Valid.')}`;
}
