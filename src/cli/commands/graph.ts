import type { ApiAnswer, OperationOutput } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { loadFileScope } from '../input/file-scope.ts';
import { hasOverrides } from '../input/overrides.ts';
import { hasSwitch } from '../input/options.ts';
import { namesEnvironment } from '../input/stored.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { harmless } from '../output/paint.ts';
import { reject } from '../result.ts';

/** Of files where files are named or no environment is; else of the environment in the store. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const files = call.parameters['FILE'] ?? [];
  if (files.length === 0 && !hasOverrides(call) && namesEnvironment(call)) return graphEnvironment(call);
  const scope = await loadFileScope(files, call);
  if (!scope.value) return reject(scope.diagnostics);
  const client = await call.client('files');
  return describeGraph(await client.call('files.graph', { body: scope.value }, { signal: call.host.signal }), call);
}

async function graphEnvironment(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) =>
    describeGraph(await client.call('environments.graph', { ...environment, body: {} }, { signal: call.host.signal }), call),
  );
}

function describeGraph(answer: ApiAnswer<OperationOutput<'files.graph'>>, call: CommandCall): CommandResult {
  return answerWith(answer, ({ dot, text }) => harmless(hasSwitch(call, 'dot') ? dot : text));
}
