import { resolve } from 'node:path';
import { diagnose } from '../../core/index.ts';
import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { parameterOf } from '../input/options.ts';
import { kindOf, readText, showPath } from '../input/read-file.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { harmless } from '../output/paint.ts';
import { reject } from '../result.ts';

/** Where the tools keep their state, below a project's folder. */
const stateFiles = ['.score-compose/state.yaml', '.score-k8s/state.yaml', 'state.yaml'];

export async function run(call: CommandCall): Promise<CommandResult> {
  const { cwd } = call.host;
  const given = parameterOf(call, 'PATH') ?? '.';
  const path = await findState(cwd, given);
  if (path === undefined) {
    const detail = `"${showPath(cwd, given)}" holds none of ${stateFiles.join(', ')}.`;
    return reject([diagnose('T9005', { detail })]);
  }
  const file = showPath(cwd, path);
  const read = await readText(resolve(cwd, path), file);
  if (read.value === undefined) return reject(read.diagnostics);
  call.sources.set(file, read.value);
  const body = { file, text: read.value };
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('environments.import', { ...environment, body }, { signal: call.host.signal });
    return answerWith(answer, describeImport);
  });
}

async function findState(cwd: string, given: string): Promise<string | undefined> {
  if ((await kindOf(resolve(cwd, given))) === 'file') return given;
  for (const name of stateFiles) {
    const path = `${given}/${name}`;
    if ((await kindOf(resolve(cwd, path))) === 'file') return path;
  }
  return undefined;
}

function describeImport({ tool, taken, left }: OperationOutput<'environments.import'>): string {
  const lines = taken.map((uid) => `  ${harmless(uid)}`);
  const rest = left.length > 0 ? [`Left as they are, being deployed: ${left.map(harmless).join(', ')}.`] : [];
  return [`Took over ${taken.length} resources of ${tool}:`, ...lines, ...rest].join('\n');
}
