import { homedir } from 'node:os';
import type { ProgramPolicy } from '../drivers/score/index.ts';

/** Variables that programs of provisioner files see, where they are set. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'] as const;

const timeoutMsDefault = 60_000;
const outputBytesMax = 8 * 1024 * 1024;

export interface PolicyRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What holds where `TUTTI_PROGRAMS` says nothing. */
  readonly byDefault: 'on' | 'off';
}

/**
 * Says whether programs of Score provisioner files may be run.
 * Rule: a person at the command line runs what lies in the own folder, as with the tools; a server runs nothing unless its operator says so.
 * `TUTTI_PROGRAMS_ENV` names further variables that they see, `TUTTI_PROGRAMS_TIMEOUT` their time in seconds.
 */
export function readProgramPolicy({ env, cwd, byDefault }: PolicyRequest): ProgramPolicy {
  const wanted = env['TUTTI_PROGRAMS'] ?? byDefault;
  if (wanted !== 'on') return { kind: 'refused', cure: 'Its operator allows it with TUTTI_PROGRAMS=on.' };
  const named = (env['TUTTI_PROGRAMS_ENV'] ?? '').split(',').map((name) => name.trim());
  const variables = [...passedOn, ...named].flatMap((name) => {
    const value = env[name];
    return name !== '' && value !== undefined ? [[name, value] as const] : [];
  });
  const seconds = Number(env['TUTTI_PROGRAMS_TIMEOUT']);
  return {
    kind: 'allowed',
    folder: cwd,
    home: env['HOME'] ?? homedir(),
    variables: Object.fromEntries(variables),
    timeoutMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : timeoutMsDefault,
    outputBytesMax,
  };
}
