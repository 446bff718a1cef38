import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

import type { Outcome } from '../../core/index.ts';
import type { Binaries } from '../../store/index.ts';
import type { Needs } from './run-preflight.ts';

/** What is to be known about a machine before tutti starts on it. */
export interface Probes {
  readonly binaries: Outcome<Binaries>;
  /** Files of the binaries that an install script makes, and that are not there. */
  readonly missingLinks: readonly string[];
  readonly libc: 'glibc' | 'musl' | 'other';
  readonly user: { readonly id: number; readonly name?: string };
  /** Why the address cannot be listened on, as the code of the system's error. */
  readonly listenError: string | undefined;
}

/** Looks at the machine, changing nothing: the port is taken for a moment and given back. */
export async function probeMachine(needs: Needs): Promise<Probes> {
  const { findBinaries } = await import('../../store/index.ts');
  const binaries = await findBinaries();
  return {
    binaries,
    missingLinks: binaries.value ? findMissingLinks(dirname(dirname(dirname(binaries.value.postgres)))) : [],
    libc: findLibc(),
    user: findUser(),
    listenError: needs.listen && (await tryListen(needs.listen)),
  };
}

/** The package carries a list of the links that its install script makes, since an archive of npm cannot hold links. */
export function findMissingLinks(folder: string): readonly string[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  const text = existsSync(list) ? readFileSync(list, 'utf8') : '';
  const targets = [...text.matchAll(/"target"\s*:\s*"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
  return targets.filter((target) => !existsSync(join(folder, target)));
}

function findLibc(): Probes['libc'] {
  if (process.platform !== 'linux') return 'other';
  // Else the report would look up the names of all network connections.
  Object.assign(process.report, { excludeNetwork: true });
  return JSON.stringify(process.report.getReport()).includes('"glibcVersionRuntime"') ? 'glibc' : 'musl';
}

function findUser(): Probes['user'] {
  const id = process.getuid?.() ?? -1;
  try {
    return { id, name: userInfo().username };
  } catch {
    return { id };
  }
}

/** Listens for a moment. Gives the code of the error, or nothing where the address is free. */
export function tryListen({ host, port }: NonNullable<Needs['listen']>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
