import { expect, test } from 'vitest';

import { explainFailure, explainSystemError } from './failure.ts';

const codeOf = (output: string) => explainFailure({ dataDir: '/data', output }).code;
const error = (code: string) => Object.assign(new Error(code), { code });

test('what PostgreSQL says is recognised', () => {
  expect(codeOf('PANIC:  could not write to file "pg_wal/xlogtemp.31": No space left on device')).toBe('T7011');
  expect(codeOf('FATAL:  could not extend file "base/5/1": Disk quota exceeded')).toBe('T7011');
  expect(codeOf('FATAL:  could not extend file: wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.')).toBe('T7011');
  expect(codeOf('postgres: error while loading shared libraries: libpq.so.5: cannot open shared object file')).toBe('T7002');
  expect(codeOf('spawn /modules/native/bin/postgres ENOENT')).toBe('T7002');
  expect(codeOf('initdb: error: could not look up effective user ID 12345: user does not exist')).toBe('T7005');
});

test('what is not recognised is shown as it was written', () => {
  const problem = explainFailure({ dataDir: '/data', output: 'FATAL:  the moon is in the wrong quarter' });
  expect(problem.code).toBe('T7008');
  expect(problem.detail).toContain('the moon is in the wrong quarter');
});

test('errors of the file system are problems of the world, all others are not', () => {
  expect(explainSystemError('/data', error('ENOSPC'))?.code).toBe('T7011');
  const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR' });
  expect(explainSystemError('/data', full)?.code).toBe('T7011');
  expect(explainSystemError('/data', error('EACCES'))?.code).toBe('T7010');
  expect(explainSystemError('/data', error('ERR_INVALID_ARG_TYPE'))).toBeUndefined();
  expect(explainSystemError('/data', new TypeError('defect'))).toBeUndefined();
  expect(explainSystemError('/data', 'text')).toBeUndefined();
});
