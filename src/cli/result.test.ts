import { describe, expect, test } from 'vitest';
import { diagnose } from '../core/index.ts';
import { chooseExitCode, reject } from './result.ts';

describe('the exit code of a failure', () => {
  const cases: readonly (readonly [string, number, string, number])[] = [
    ['a missing token is refused', 401, 'T8001', 3],
    ['a missing permission is refused', 403, 'T8002', 3],
    ['a brake is refused', 409, 'T4010', 3],
    ['a stale plan is refused', 409, 'T4011', 3],
    ['an interrupted deployment in the way is refused', 409, 'T7206', 3],
    ['a problem in a Score file is one of the input', 422, 'T1102', 1],
    ['an unknown environment is a problem of the input', 404, 'T7201', 1],
    ['a malformed request is a problem of the input', 400, 'T8006', 1],
    ['a name that cannot stand in an address is a problem of the input', 0, 'T8006', 1],
    ['no server is a failure on the way', 0, 'T8012', 4],
    ['a foreign server is a failure on the way', 200, 'T8013', 4],
    ['a database that is away is a failure on the way', 503, 'T7209', 4],
    ['a defect of the server is a failure on the way', 500, 'T8010', 4],
  ];
  test.each(cases)('%s', (_, status, code, expected) => {
    expect(chooseExitCode({ status, code })).toBe(expected);
  });

  test('is 2 where the command line is wrong, and 1 where what it names is', () => {
    expect(reject([diagnose('T9001', { detail: '' })]).exitCode).toBe(2);
    expect(reject([diagnose('T9005', { detail: '' })]).exitCode).toBe(1);
  });
});
