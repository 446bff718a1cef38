import { decodeText, diagnose, type Outcome } from '../../../core/index.ts';
import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const key = parameterOf(call, 'KEY') ?? '';
  return withEnvironment(call, async (environment, client) => {
    const secret = await readSecret(key, call);
    if (secret.value === undefined) return reject(secret.diagnostics);
    const answer = await client.call('secrets.set', { ...environment, key, body: { value: secret.value } }, { signal: call.host.signal });
    return answerWith(
      answer,
      ({ version }) => `Set the secret ${harmless(key)}, version ${version}. It takes effect with the next deployment.`,
    );
  });
}

/** Never from the command line, where others on the machine could see it. One line break at the end, as `echo` writes it, is not part of it. */
async function readSecret(key: string, { host }: CommandCall): Promise<Outcome<string>> {
  const typed = host.prompt ? await host.prompt({ message: `Value of ${harmless(key)}:`, isSecret: true }) : undefined;
  const read: Outcome<string> = host.prompt ? { value: typed ?? '', diagnostics: [] } : decodeText(await host.readStdin(), '<stdin>');
  const value = read.value?.replace(/\r?\n$/, '');
  if (read.value !== undefined && !value) return { diagnostics: [diagnose('T9011', { detail: `Nothing came for "${key}".` })] };
  return { ...(value !== undefined && { value }), diagnostics: read.diagnostics };
}
