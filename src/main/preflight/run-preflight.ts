import { diagnose, quote, type Diagnostic } from '../../core/index.ts';
import { probeMachine, type Probes } from './probes.ts';

/** What tutti is about to do. */
export interface Needs {
  /** `external`: DATABASE_URL is set. */
  readonly database: 'embedded' | 'external';
  /** The data folder is yet to be made. */
  readonly isFirstStart: boolean;
  readonly listen?: { readonly host: string; readonly port: number };
}

const ownDatabase = 'or set DATABASE_URL to a PostgreSQL 15 or newer of your own';

/**
 * Finds what would stop tutti on this machine, before anything is started or written.
 * Rule: everything that can be known beforehand, at once, each with its cure.
 * Reports: T7001, T7002, T7005, T9101, T9102.
 */
export async function checkMachine(needs: Needs): Promise<readonly Diagnostic[]> {
  return runPreflight(await probeMachine(needs), needs);
}

/** The same, from what was found out about the machine. */
export function runPreflight(probes: Probes, needs: Needs): readonly Diagnostic[] {
  const database = needs.database === 'embedded' ? [...checkBinaries(probes), ...checkUser(probes, needs)] : [];
  return [...database, ...checkListen(probes, needs)];
}

/** Only the first: whatever the binaries lack besides, they do not run. */
function checkBinaries({ binaries, libc, missingLinks }: Probes): readonly Diagnostic[] {
  if (libc === 'musl') {
    return [
      diagnose('T7002', { detail: `They need glibc, and this system has musl (as Alpine has). Use an image with glibc, ${ownDatabase}.` }),
    ];
  }
  if (!binaries.value) return binaries.diagnostics;
  const [first] = missingLinks;
  if (first === undefined) return [];
  const missing = `${missingLinks.length} files are missing that its install script makes, such as ${quote(first)}.`;
  return [diagnose('T7002', { detail: `${missing} Run \`npm rebuild --ignore-scripts=false\`, ${ownDatabase}.` })];
}

/** Root is let by: PostgreSQL then runs as another user. */
function checkUser({ user }: Probes, { isFirstStart }: Needs): readonly Diagnostic[] {
  if (!isFirstStart || user.name !== undefined || user.id === 0) return [];
  const detail = `The user ${user.id} has no name on this system. Add a line for it to /etc/passwd, run tutti as a named user, ${ownDatabase}.`;
  return [diagnose('T7005', { detail })];
}

function checkListen({ listenError }: Probes, { listen }: Needs): readonly Diagnostic[] {
  if (listen === undefined || listenError === undefined) return [];
  const { host, port } = listen;
  if (listenError === 'EADDRINUSE') {
    const detail = `Another process listens on ${host}:${port}. End it, or choose another port: \`--listen ${host}:${port + 1}\`.`;
    return [diagnose('T9101', { detail })];
  }
  const detail = `${host}:${port} cannot be listened on (${listenError}). Choose an address of this machine and a port from 1024: \`--listen 127.0.0.1:8470\`.`;
  return [diagnose('T9102', { detail })];
}
