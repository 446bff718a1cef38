import type { ApiAnswer, Client } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { complete, reportFailure } from '../result.ts';
import { findEnvironment, findProject, type EnvironmentName } from './stored.ts';

/** Runs what concerns one environment of the store, or says why none is meant. */
export async function withEnvironment(
  call: CommandCall,
  run: (environment: EnvironmentName, client: Client) => Promise<CommandResult>,
): Promise<CommandResult> {
  const found = await findEnvironment(call);
  return found.ok ? run(found.value, await call.client('store')) : found.result;
}

/** Runs what concerns one project of the store, or says why none is meant. */
export async function withProject(
  call: CommandCall,
  run: (project: string, client: Client) => Promise<CommandResult>,
): Promise<CommandResult> {
  const found = await findProject(call);
  return found.ok ? run(found.value, await call.client('store')) : found.result;
}

/** The result of an answer of the API: its data, and the same for people. */
export function answerWith<T>(answer: ApiAnswer<T>, describe: (data: T) => string): CommandResult {
  return answer.ok ? complete(answer.data, describe(answer.data), answer.diagnostics) : reportFailure(answer);
}
