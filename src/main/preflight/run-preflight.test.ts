import { expect, test } from 'vitest';

import { diagnose, fail, succeed } from '../../core/index.ts';
import type { Probes } from './probes.ts';
import { runPreflight, type Needs } from './run-preflight.ts';

const healthy: Probes = {
  binaries: succeed({ initdb: '/pg/native/bin/initdb', postgres: '/pg/native/bin/postgres', major: '18' }),
  missingLinks: [],
  libc: 'glibc',
  user: { id: 1000, name: 'ada' },
  listenError: undefined,
};
const needs: Needs = { database: 'embedded', isFirstStart: true, listen: { host: '127.0.0.1', port: 8470 } };

function check(probes: Partial<Probes>, changed: Partial<Needs> = {}): readonly string[] {
  return runPreflight({ ...healthy, ...probes }, { ...needs, ...changed }).map(({ code, detail }) => `${code} ${detail}`);
}

test('a healthy machine is let by', () => {
  expect(check({})).toEqual([]);
  expect(check({ libc: 'other' })).toEqual([]);
});

test('musl is named before all else that the binaries lack', () => {
  expect(check({ libc: 'musl', missingLinks: ['native/lib/libpq.so'] })).toEqual([
    expect.stringMatching(/^T7002 .*musl.*image with glibc.*DATABASE_URL/),
  ]);
});

test('links that no install script made are named, with the command that makes them', () => {
  expect(check({ missingLinks: ['native/lib/libpq.so', 'native/lib/libpq.so.5'] })).toEqual([
    expect.stringMatching(/^T7002 2 files are missing .*"native\/lib\/libpq.so".*npm rebuild.*DATABASE_URL/),
  ]);
});

test('a platform without binaries is reported as the store reports it', () => {
  expect(check({ binaries: fail(diagnose('T7001', { detail: 'There are none for plan9.' })) })).toEqual([
    'T7001 There are none for plan9.',
  ]);
});

test('a user without a name can make no data folder, but use one; root needs none', () => {
  expect(check({ user: { id: 12345 } })).toEqual([expect.stringMatching(/^T7005 The user 12345 .*\/etc\/passwd/)]);
  expect(check({ user: { id: 12345 } }, { isFirstStart: false })).toEqual([]);
  expect(check({ user: { id: 0 } })).toEqual([]);
});

test('with a database of their own nobody needs the embedded one', () => {
  const broken = { libc: 'musl', missingLinks: ['a'], user: { id: 12345 } } as const;
  expect(check(broken, { database: 'external' })).toEqual([]);
});

test('a taken port is named together with the option for another one', () => {
  expect(check({ listenError: 'EADDRINUSE' })).toEqual([expect.stringMatching(/^T9101 .*127\.0\.0\.1:8470.*`--listen 127\.0\.0\.1:8471`/)]);
});

test('an address that cannot be listened on is named with the reason of the system', () => {
  expect(check({ listenError: 'EACCES' }, { listen: { host: '127.0.0.1', port: 80 } })).toEqual([
    expect.stringMatching(/^T9102 127\.0\.0\.1:80 .*EACCES/),
  ]);
  expect(check({ listenError: 'EADDRNOTAVAIL' })).toHaveLength(1);
});

test('all that would stop it is said at once', () => {
  const codes = check({ missingLinks: ['a'], user: { id: 7 }, listenError: 'EADDRINUSE' }).map((each) => each.slice(0, 5));
  expect(codes).toEqual(['T7002', 'T7005', 'T9101']);
});
