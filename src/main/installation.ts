import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import {
  builtinPlatform,
  diagnose,
  fail,
  mergePlatforms,
  readPlatform,
  succeed,
  type Outcome,
  type Platform,
  type Store,
  type WorkQueue,
} from '../core/index.ts';
import { createEngine, type DriverLoaders, type Engine } from '../engine/index.ts';
import { loadPatcher, secretSinks, targets } from './parts.ts';

/** An opened store with the engine that works on it. */
export interface Installation {
  readonly store: Store;
  readonly engine: Engine;
  readonly loadPlatform: (release: number) => Promise<Platform>;
  readonly dataDir: string;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly dataDir: string;
  readonly drivers: DriverLoaders;
  /** Instead of the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  readonly signal?: AbortSignal;
  readonly onNotice?: (line: string) => void;
  /** Takes on what anybody deploys, instead of what is deployed by way of this process alone. */
  readonly serves?: boolean;
}

const keyFile = 'key';

/** Opens the store of a data folder, and what works on it. Reports: T70xx. */
export async function openInstallation(options: InstallationOptions): Promise<Outcome<Installation>> {
  const { openEmbedded, openStore, loadOrMakeKey } = await import('../store/index.ts');
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const database = options.databaseUrl === undefined ? await openEmbedded(options) : succeed(external(options.databaseUrl));
  if (!database.value) return { diagnostics: database.diagnostics };
  const { connectionString, close } = database.value;
  const holder = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const key = await loadOrMakeKey(join(options.dataDir, keyFile));
    const store = await openStore({ connectionString, key, holder });
    const queue =
      options.serves === true ? await openQueue(connectionString, options).catch((error: unknown) => closeAfter(store, error)) : undefined;
    const { dataDir, drivers } = options;
    return succeed(assemble(store, { holder, dataDir, drivers, closeDatabase: close, ...(queue && { queue }) }), database.diagnostics);
  } catch (error) {
    await close();
    const detail = error instanceof Error ? error.message : String(error);
    return fail(diagnose('T7209', { detail: `${detail}.` }));
  }
}

async function closeAfter(store: Store, error: unknown): Promise<never> {
  await store.close();
  throw error;
}

async function openQueue(connectionString: string, { onNotice = () => undefined }: InstallationOptions): Promise<WorkQueue> {
  const { openWorkQueue } = await import('../store/index.ts');
  return openWorkQueue({ connectionString, onNotice });
}

function external(connectionString: string) {
  return { connectionString, close: async () => undefined };
}

function assemble(
  store: Store,
  parts: {
    readonly holder: string;
    readonly dataDir: string;
    readonly drivers: DriverLoaders;
    readonly closeDatabase: () => Promise<void>;
    readonly queue?: WorkQueue;
  },
): Installation {
  const loadPlatform = createPlatformLoader(store);
  const engine = createEngine({
    store,
    drivers: parts.drivers,
    targets,
    secretStores: secretSinks,
    patcher: loadPatcher,
    loadPlatform,
    clock: { now: () => new Date().toISOString() },
    random: { hex: (bytes) => randomBytes(bytes).toString('hex') },
    baseDir: dirname(parts.dataDir),
    holder: parts.holder,
    ...(parts.queue && { queue: parts.queue }),
  });
  return {
    store,
    engine,
    loadPlatform,
    dataDir: parts.dataDir,
    close: async () => {
      await engine.close();
      await store.close();
      await parts.closeDatabase();
    },
  };
}

/** Releases never change, so each is read once. */
function createPlatformLoader(store: Store): Installation['loadPlatform'] {
  const known = new Map<number, Promise<Platform>>();
  return (release) => {
    const cached = known.get(release) ?? readRelease(store, release);
    known.set(release, cached);
    cached.catch(() => known.delete(release));
    return cached;
  };
}

async function readRelease(store: Store, release: number): Promise<Platform> {
  const files = await store.releases.files(release);
  const read = files.value && readPlatform(files.value);
  if (!read?.value) throw new Error(`the platform release ${release} cannot be read: ${(read ?? files).diagnostics[0]?.detail}`);
  return mergePlatforms(read.value, builtinPlatform());
}
