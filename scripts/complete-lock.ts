import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An entry of a lock file, as far as it matters here. */
export interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/**
 * Gives the entries that a lock file lacks: programs for other platforms, as optional packages name them.
 * Rule: `npm install` leaves out what a registry does not serve, and `npm ci` then refuses the lock file wherever the
 * registry does. The platform is read from the name, such as `linux-arm64-musl`.
 */
export function listMissing(packages: LockedPackages): LockedPackages {
  const missing = Object.entries(packages).flatMap(([path, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name, version]) => !isLocked(packages, path, { name, version }))
      .map(([name, version]) => [choosePath(packages, path, name), describePlatform(name, { version, parent })] as const),
  );
  return Object.fromEntries(missing);
}

/** Node looks for a package in the folder of whoever wants it, then in those above; exact versions have to agree. */
function isLocked(packages: LockedPackages, path: string, wanted: { readonly name: string; readonly version: string }): boolean {
  const found = packages[`${path === '' ? '' : `${path}/`}node_modules/${wanted.name}`];
  if (found) return !/^\d/.test(wanted.version) || found.version === wanted.version;
  return path !== '' && isLocked(packages, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), wanted);
}

function choosePath(packages: LockedPackages, path: string, name: string): string {
  const top = `node_modules/${name}`;
  return packages[top] ? `${path}/${top}` : top;
}

function describePlatform(name: string, { version, parent }: { readonly version: string; readonly parent: LockedPackage }): LockedPackage {
  const [, os, cpu, abi = ''] = /(aix|android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(\w+))?$/.exec(name) ?? [];
  const isWasm = name.endsWith('-wasm32-wasi');
  if (!isWasm && (os === undefined || cpu === undefined))
    throw new Error(`The name of ${name} says no platform: complete its entry by hand.`);
  return {
    version,
    cpu: [cpu ?? 'wasm32'],
    ...(parent.dev === true && { dev: true }),
    ...(os === 'linux' && { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] }),
    optional: true,
    ...(os !== undefined && { os: [os] }),
  };
}

function completeLock(): void {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const lock: { packages: LockedPackages } = JSON.parse(readFileSync(file, 'utf8'));
  const { '': root = {}, ...packages } = { ...lock.packages, ...listMissing(lock.packages) };
  const sorted = Object.entries(packages).toSorted(([left], [right]) => left.localeCompare(right, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: { '': root, ...Object.fromEntries(sorted) } }, undefined, 2)}\n`);
}

if (import.meta.main) completeLock();
