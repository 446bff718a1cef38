import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Connection, ConnectRequest } from '../cli/index.ts';
import { createClient, type Client } from '../client/index.ts';
import { createInProcessFetch, type Caller } from '../server/operations/index.ts';
import { findDataFolder } from './data-folder.ts';
import { openInstallation, type Installation } from './installation.ts';
import { makeDrivers } from './parts.ts';
import { readProgramPolicy } from './program-policy.ts';
import { createServices } from './services.ts';

export interface ConnectOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  /** Takes on what anybody deploys. */
  readonly serves?: boolean;
}

/** Where the token of the administrator lies, mode 0600, so that the command line of the same machine needs none. */
export const adminTokenFile = 'admin-token';

const localUrl = 'http://in-process';

/**
 * Connects the command line: to the server that is named, else to the one that owns the data folder, else to this very
 * process.
 * Rule: commands on files start nothing and remember nothing.
 */
export async function connect(request: ConnectRequest, options: ConnectOptions): Promise<Connection> {
  const { env, cwd } = options;
  const server = request.server ?? env['TUTTI_SERVER'];
  const token = request.token ?? env['TUTTI_TOKEN'];
  if (server !== undefined && server !== '') return connectRemote(server, token, []);
  const folder = findDataFolder(cwd, request.dataDir ?? env['TUTTI_DATA_DIR']);
  if (request.needs === 'store' && !folder.isNew) {
    const { readServe } = await import('../store/index.ts');
    const owner = await readServe(folder.path);
    if (owner) return connectRemote(owner.address, token ?? (await readToken(folder.path)), []);
  }
  return connectLocal(folder.path, options, folder.isNew && request.needs === 'store' ? [`Keeping data in ${folder.path}.`] : []);
}

function connectRemote(baseUrl: string, token: string | undefined, notes: readonly string[]): Connection {
  const client = createClient({ baseUrl, ...(token !== undefined && { token }), fetch: (url, init) => fetch(url, init) });
  return { client, notes, close: async () => undefined };
}

async function readToken(dataDir: string): Promise<string | undefined> {
  const text = await readFile(join(dataDir, adminTokenFile), 'utf8').catch(() => undefined);
  return text?.trim();
}

function connectLocal(dataDir: string, options: ConnectOptions, notes: readonly string[]): Connection {
  const local = openLocal(dataDir, options, 'on');
  return { client: local.client, notes, close: local.close };
}

export interface LocalConnection {
  readonly client: Client;
  readonly services: ReturnType<typeof createServices>;
  readonly installation: () => Promise<Installation | undefined>;
  close(): Promise<void>;
}

/** The API in this process, on a data folder that is opened when an operation first needs it. */
export function openLocal(dataDir: string, options: ConnectOptions, programs: 'on' | 'off'): LocalConnection {
  let opened: ReturnType<typeof openInstallation> | undefined;
  const { env, signal, note } = options;
  const databaseUrl = env['DATABASE_URL'];
  const seed = env['TUTTI_SEED'];
  const drivers = makeDrivers(readProgramPolicy({ env, cwd: options.cwd, byDefault: programs }));
  const open = (): ReturnType<typeof openInstallation> =>
    (opened ??= openInstallation({
      dataDir,
      drivers,
      signal,
      onNotice: note,
      serves: options.serves === true,
      ...(databaseUrl !== undefined && databaseUrl !== '' && { databaseUrl }),
    }).then((outcome) => {
      if (!outcome.value) opened = undefined;
      return outcome;
    }));
  const services = createServices({
    version: options.version,
    dataDir,
    drivers,
    openInstallation: open,
    onNotice: note,
    logFailure: ({ id, operation, error }) => note(`failure ${id} in ${operation}: ${describe(error)}`),
    ...(seed !== undefined && { seed }),
  });
  const client = createClient({ baseUrl: localUrl, fetch: createInProcessFetch({ services, caller: localCaller() }) });
  return {
    client,
    services,
    installation: async () => (await opened)?.value,
    close: async () => {
      await (await opened)?.value?.close();
    },
  };
}

/** Whoever runs the process has the data folder at hand: an administrator, known by the name of the system's user. */
function localCaller(): Caller {
  return { actor: { name: userName() }, roles: ['admin'] };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'local';
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
