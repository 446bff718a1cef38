import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../core/index.ts';
import type { FileServices, RecordServices, Services } from '../server/operations/index.ts';
import type { Installation } from './installation.ts';
import type { DriverLoaders } from '../engine/index.ts';
import { loadKnownParts, loadPatcher, targets } from './parts.ts';

export interface ServiceOptions {
  readonly version: string;
  readonly dataDir: string;
  /** `TUTTI_SEED`, where it is set. */
  readonly seed?: string;
  readonly drivers: DriverLoaders;
  readonly openInstallation: () => Promise<Outcome<Installation>>;
  readonly onNotice: (line: string) => void;
  readonly logFailure: Services['logFailure'];
}

/** Wires everything behind the operations. The store is opened by the first operation that needs it. */
export function createServices(options: ServiceOptions): Services {
  let opened: Promise<Outcome<RecordServices>> | undefined;
  return {
    version: options.version,
    files: {
      knownParts: loadKnownParts,
      drivers: options.drivers,
      patcher: loadPatcher,
      targets,
      now: () => new Date().toISOString(),
      deriveSeeds: (seed) => deriveSeeds(seed, options),
    },
    records: async () => {
      opened ??= openRecords(options);
      const records = await opened;
      // What could not be opened may be by the next call.
      if (!records.value) opened = undefined;
      return records;
    },
    makeId: () => randomBytes(8).toString('hex'),
    logFailure: options.logFailure,
  };
}

async function openRecords(options: ServiceOptions): Promise<Outcome<RecordServices>> {
  const { value, diagnostics } = await options.openInstallation();
  if (!value) return { diagnostics };
  return { value: { store: value.store, engine: value.engine, loadPlatform: value.loadPlatform }, diagnostics };
}

/** Without a store every generated value is an HMAC of a seed over its identity (domain.md §2). */
async function deriveSeeds(given: string | undefined, options: ServiceOptions): ReturnType<FileServices['deriveSeeds']> {
  const seed = given ?? options.seed ?? (await loadSeed(options));
  return {
    value: {
      newSeed: (identity) => derive(seed, identity),
      hash: (text) => derive(seed, ['hash', text]),
    },
    diagnostics: [],
  };
}

function derive(seed: string, parts: readonly string[]): string {
  return createHmac('sha256', seed).update(JSON.stringify(parts)).digest('hex');
}

/** The seed of a folder: made once, so that rendering again gives the same secrets. */
async function loadSeed({ dataDir, onNotice }: ServiceOptions): Promise<string> {
  const path = join(dataDir, 'seed');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known) return known.trim();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const seed = randomBytes(32).toString('hex');
  const isMade = await writeFile(path, `${seed}\n`, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (!isMade) return (await readFile(path, 'utf8')).trim();
  onNotice(`Made ${path}: generated values are derived from it. Keep it, or give --seed, to render the same ones elsewhere.`);
  return seed;
}
