import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose, fail, hasErrors, renderDiagnostic, succeed, type Diagnostic, type Outcome } from '../core/index.ts';
import type { ServeOptions } from '../cli/index.ts';
import { adminTokenFile, openLocal, type ConnectOptions, type LocalConnection } from './connect.ts';
import { findDataFolder } from './data-folder.ts';
import type { HttpServer } from '../server/http/index.ts';
import type { Installation } from './installation.ts';

export interface ServeHost extends ConnectOptions {
  /** A line on standard output. */
  readonly print: (line: string) => void;
}

export const defaultListen = '127.0.0.1:8470';

/** A control plane that listens. */
export interface Serving {
  readonly url: string;
  readonly dataDir: string;
  readonly local: LocalConnection;
  close(): Promise<void>;
}

/** Serves the API until the signal. Gives the exit code. */
export async function serve(options: ServeOptions, host: ServeHost): Promise<number> {
  const serving = await openServing(options, host);
  if (!serving.value) return reportProblems(serving.diagnostics, host);
  host.print(`tutti ${host.version} listens on ${serving.value.url}`);
  host.print(`Data in ${serving.value.dataDir}; the administrator's token is in ${join(serving.value.dataDir, adminTokenFile)}.`);
  await untilStopped(host.signal);
  await serving.value.close();
  return 0;
}

export function reportProblems(diagnostics: readonly Diagnostic[], host: Pick<ServeHost, 'note'>): number {
  for (const diagnostic of diagnostics) host.note(renderDiagnostic(diagnostic));
  return 1;
}

export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done(), { once: true });
  });
}

/** Claims the data folder, opens the store, and listens. Reports: T70xx, and what the preflight reports. */
export async function openServing(options: ServeOptions, host: ServeHost): Promise<Outcome<Serving>> {
  const address = parseListen(options.listen ?? host.env['TUTTI_LISTEN'] ?? defaultListen);
  if (!address.value) return { diagnostics: address.diagnostics };
  const { path: dataDir, isNew } = findDataFolder(host.cwd, options.dataDir ?? host.env['TUTTI_DATA_DIR']);
  const claimed = await claim(dataDir, { listen: address.value, isNew, host });
  if (!claimed.value) return { diagnostics: claimed.diagnostics };
  const local = openLocal(dataDir, { ...host, serves: true }, 'off');
  const closers = [claimed.value.release, local.close];
  const close = async (): Promise<void> => {
    for (const each of closers.toReversed()) await each();
  };
  try {
    const opened = await openRecords(local);
    if (!opened.value) {
      await close();
      return { diagnostics: opened.diagnostics };
    }
    await ensureAdminToken(opened.value);
    await opened.value.engine.serve();
    const server = await createServer(local, opened.value);
    closers.push(server.close);
    const url = await server.listen(address.value);
    await claimed.value.announce(url);
    return { value: { url, dataDir, local, close }, diagnostics: [] };
  } catch (error) {
    await close();
    throw error;
  }
}

interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:8470`, `[::1]:8470`, `:8470` or `8470`. */
function parseListen(text: string): Outcome<ListenAddress> {
  const [, host, port] = /^(?:(\[[^\]]+\]|[^:]*):)?(\d{1,5})$/.exec(text) ?? [];
  if (port !== undefined && Number(port) <= 65_535) {
    return succeed({ host: host === undefined || host === '' ? '127.0.0.1' : host.replace(/^\[|\]$/g, ''), port: Number(port) });
  }
  return fail(diagnose('T9102', { detail: `"${text}" is no address to listen on: write HOST:PORT, as in ${defaultListen}.` }));
}

async function claim(dataDir: string, start: { readonly listen: ListenAddress; readonly isNew: boolean; readonly host: ServeHost }) {
  const { claimServe } = await import('../store/index.ts');
  const { checkMachine } = await import('./preflight/run-preflight.ts');
  const { listen, isNew, host } = start;
  const name = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  const claimed = await claimServe(dataDir, { address: `http://${name}:${listen.port}` });
  if (!claimed.value) return claimed;
  const database = host.env['DATABASE_URL'] ? 'external' : 'embedded';
  const problems = await checkMachine({ database, isFirstStart: isNew, listen });
  if (!hasErrors(problems)) return claimed;
  await claimed.value.release();
  return fail(...problems);
}

async function createServer(local: LocalConnection, { store }: Installation): Promise<HttpServer> {
  const { createHttpServer } = await import('../server/http/index.ts');
  return createHttpServer({
    services: local.services,
    authenticate: async (token) => {
      const { value, diagnostics } = await store.tokens.verify(token);
      return value ? { value: { actor: value, roles: ['admin'] }, diagnostics } : { diagnostics };
    },
    isReady: () =>
      store.releases.list().then(
        () => true,
        () => false,
      ),
  });
}

async function openRecords(local: LocalConnection): Promise<Outcome<Installation>> {
  const records = await local.services.records();
  if (hasErrors(records.diagnostics) || !records.value) return { diagnostics: records.diagnostics };
  const installation = await local.installation();
  return installation ? { value: installation, diagnostics: [] } : { diagnostics: records.diagnostics };
}

/** Made once; the file is the only place that holds the token itself. */
async function ensureAdminToken({ store, dataDir }: Installation): Promise<void> {
  const path = join(dataDir, adminTokenFile);
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known !== '' && (await store.tokens.verify(known.trim())).value) return;
  const { token } = await store.tokens.create({ name: 'admin' }, { name: 'tutti' });
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}
