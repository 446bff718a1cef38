import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { listMissing, type LockedPackages } from '../../scripts/complete-lock.ts';
import { readText, root } from './repository.ts';

interface Package {
  readonly license?: string;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>> | string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const allowedLicences = ['MIT', 'ISC', 'Apache-2.0'];
const dependencies = Object.keys(readPackage('package.json').dependencies ?? {});
const rows = readRows();

function readPackage(file: string): Package {
  const parsed: Package = JSON.parse(readText(file));
  return parsed;
}

/** Name of the package and the other cells of its line. */
function readRows(): ReadonlyMap<string, readonly string[]> {
  const lines = [...readText('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)];
  return new Map(lines.map((line) => [line[1] ?? '', (line[2] ?? '').split('|').map((cell) => cell.trim())]));
}

test('every package that tutti needs at run time has one line in docs/dependencies.md, and no other has', () => {
  expect([...rows.keys()]).toEqual(dependencies.toSorted());
});

test.for(dependencies)('%s is described, and under a licence that lets everyone use it', (name) => {
  const cells = rows.get(name) ?? [];
  expect(cells.map((cell) => cell !== '')).toEqual([true, true, true, true]);
  expect(allowedLicences).toContain(cells[2]);
  expect(readPackage(`node_modules/${name}/package.json`).license).toBe(cells[2]);
});

const targets = Object.entries(readPackage('package.json').exports ?? {}).flatMap(([name, target]) =>
  (typeof target === 'string' ? [target] : Object.values(target)).map((file) => [name, file] as const),
);

test.for(targets)('the export %s leads to a file of the build: %s', ([, file]) => {
  expect(existsSync(join(root, file))).toBe(true);
});

test('the command of the package exists', () => {
  expect(existsSync(join(root, 'bin/tutti.js'))).toBe(true);
});

test('the lock file names no registry', () => {
  expect(readText('package-lock.json')).not.toContain('"resolved": "http');
});

test('the lock file has every program for other platforms (`node scripts/complete-lock.ts` adds what npm left out)', () => {
  const lock: { readonly packages: LockedPackages } = JSON.parse(readText('package-lock.json'));
  expect(Object.keys(listMissing(lock.packages))).toEqual([]);
});
