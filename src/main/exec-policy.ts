import { isAbsolute } from 'node:path';
import type { ExecPolicy } from '../targets/kubernetes/index.ts';

/** Variables that programs which give credentials see, where they are set. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'] as const;

const timeoutMs = 30_000;

/**
 * Says which programs that kubeconfigs name may be run for credentials.
 * Rule: none, unless the operator lists them by their absolute paths in `TUTTI_KUBERNETES_EXEC`, with `:` between them;
 * `TUTTI_KUBERNETES_EXEC_ENV` names further variables that they see, and that a kubeconfig may set.
 */
export function readExecPolicy(env: Readonly<Record<string, string | undefined>>, now: () => string): ExecPolicy | undefined {
  const programs = splitList(env['TUTTI_KUBERNETES_EXEC'], ':').filter((path) => isAbsolute(path));
  if (programs.length === 0) return undefined;
  const settable = splitList(env['TUTTI_KUBERNETES_EXEC_ENV'], ',');
  const variables = [...passedOn, ...settable].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { programs, variables: Object.fromEntries(variables), settable, timeoutMs, now };
}

function splitList(text: string | undefined, separator: string): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
