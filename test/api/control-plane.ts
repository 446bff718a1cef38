import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../src/client/index.ts';
import { invariant, succeed, type Store, type TextFile } from '../../src/core/index.ts';
import { openInstallation } from '../../src/main/installation.ts';
import { drivers } from '../../src/main/parts.ts';
import { createServices } from '../../src/main/services.ts';
import { createHttpServer } from '../../src/server/http/index.ts';
import { createInProcessFetch, type Caller } from '../../src/server/operations/index.ts';
import { createTestDatabase } from '../support/test-database.ts';

export const transports = ['in the process', 'over HTTP'] as const;

export interface ControlPlane {
  readonly client: Client;
  /** Relative paths of targets start here. */
  readonly folder: string;
}

const ada: Caller = { actor: { name: 'ada' }, roles: ['admin'] };

/** A whole control plane on a database of its own, reached over one of the transports. */
export async function openControlPlane(transport: (typeof transports)[number]): Promise<ControlPlane> {
  if (transport === 'over HTTP') return openHttpPlane();
  const { folder, services } = await openParts();
  return { folder, client: createClient({ baseUrl: 'http://in-process', fetch: createInProcessFetch({ services, caller: ada }) }) };
}

export interface HttpPlane extends ControlPlane {
  readonly store: Store;
  readonly baseUrl: string;
  readonly token: string;
  readonly stop: () => Promise<void>;
}

export async function openHttpPlane(): Promise<HttpPlane> {
  const { folder, services, store } = await openParts();
  const { token } = await store.tokens.create({ name: 'ada' }, { name: 'tutti' });
  const server = createHttpServer({
    services,
    authenticate: async (sent) => {
      const verified = await store.tokens.verify(sent);
      return verified.value ? succeed({ actor: verified.value, roles: ['admin'] }) : { diagnostics: verified.diagnostics };
    },
    isReady: async () => true,
  });
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(server.close);
  const client = createClient({ baseUrl, token, fetch: (url, init) => fetch(url, init) });
  return { folder, store, baseUrl, token, client, stop: server.close };
}

async function openParts() {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-api-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const dataDir = join(folder, '.tutti');
  const opened = await openInstallation({ dataDir, drivers, databaseUrl: await createTestDatabase() });
  invariant(opened.value, JSON.stringify(opened.diagnostics));
  const installation = opened.value;
  onTestFinished(installation.close);
  const services = createServices({
    drivers,
    version: '0.0.0',
    dataDir,
    openInstallation: async () => succeed(installation),
    onNotice: () => undefined,
    logFailure: ({ error }) => {
      throw error;
    },
  });
  return { folder, services, store: installation.store };
}

/** The files of a folder of the examples. */
export async function readExample(name: string): Promise<readonly TextFile[]> {
  const folder = new URL(`../../examples/${name}/`, import.meta.url);
  const names = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(names.map(async (file) => ({ file, text: await readFile(new URL(file, folder), 'utf8') })));
}
