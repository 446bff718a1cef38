import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { findBinaries } from './binaries.ts';

test('the binaries of this platform are found with their major version', async () => {
  const { value, diagnostics } = await findBinaries();
  expect(diagnostics).toEqual([]);
  expect(execFileSync(value?.postgres ?? '', ['--version'], { encoding: 'utf8' })).toContain(`(PostgreSQL) ${value?.major}.`);
});

test('a platform without binaries is told to use a PostgreSQL of its own', async () => {
  for (const [platform, arch] of [
    ['sunos', 'x64'],
    ['linux', 'riscv64'],
  ] as const) {
    const { value, diagnostics } = await findBinaries(platform, arch);
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['T7001']);
    expect(diagnostics[0]?.detail).toContain('DATABASE_URL');
  }
});
