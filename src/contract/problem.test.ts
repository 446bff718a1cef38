import { expect, test } from 'vitest';
import { diagnose } from '../core/index.ts';
import { describeProblem, failLocally, isEnvelope, isProblem, problemSchema, statusOf, toFailure } from './index.ts';

test('a problem is named by its first error, and carries all that was said', () => {
  const note = diagnose('T1510', { detail: 'no contract' });
  const error = diagnose('T7201', { detail: 'There is no project "shop".' });
  const problem = describeProblem([note, error]);
  expect(problem).toMatchObject({ type: '/errors#T7201', title: 'No such record', status: 404, code: 'T7201', detail: error.detail });
  expect(problem.diagnostics).toEqual([note, error]);
  expect(problemSchema.safeParse(JSON.parse(JSON.stringify(problem))).success).toBe(true);
});

test('an operation that gives neither a result nor a reason is a defect', () => {
  expect(describeProblem([]).status).toBe(500);
});

test('what does not fit the operation is told from what is wrong within', () => {
  expect(statusOf('T8006')).toBe(400);
  expect(statusOf('T1103')).toBe(422);
  expect(statusOf('T2003')).toBe(422);
  expect(statusOf('T4011')).toBe(409);
  expect(statusOf('T7008')).toBe(503);
  expect(statusOf('toString')).toBe(422);
});

test('a problem document reads back as the failure that it tells of', () => {
  const problem = describeProblem([diagnose('T8002', { detail: 'no' })]);
  expect(isProblem(JSON.parse(JSON.stringify(problem)))).toBe(true);
  expect(toFailure(problem)).toMatchObject({ ok: false, status: 403, code: 'T8002' });
  expect(isProblem({ code: 'T8002', status: 403 })).toBe(false);
});

test('an envelope needs data and diagnostics', () => {
  expect(isEnvelope({ data: null, diagnostics: [] })).toBe(true);
  expect(isEnvelope({ data: {} })).toBe(false);
  expect(isEnvelope([])).toBe(false);
});

test('a failure that no server told of has the status 0', () => {
  expect(failLocally('T8012', 'nobody answers')).toMatchObject({ ok: false, status: 0, code: 'T8012' });
});
