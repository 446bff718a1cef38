import { expect, test } from 'vitest';
import { findPending, pendSecret } from './pending.ts';
import { makeUid } from './uid.ts';
import type { Secret, Unknown } from './value.ts';

const uid = makeUid({ type: 'postgres', id: 'web.db' });
const unknown: Unknown = { $tutti: 'unknown', uid, path: 'host' };
const pending: Secret = { $tutti: 'secret', ref: { kind: 'output', uid, name: 'password' }, hash: 'a' };
const known: Secret = { $tutti: 'secret', ref: { kind: 'generated', uid, name: 'password' }, hash: 'b' };

test('an unknown is found wherever it stands', () => {
  expect(findPending({ list: [1, { host: unknown }] })).toEqual(unknown);
});

test('a secret output that does not exist yet counts as unknown, also within text', () => {
  expect(findPending([pending])).toEqual({ $tutti: 'unknown', uid, path: 'password' });
  const text = { $tutti: 'secretText', parts: ['a', { $tutti: 'secretText', parts: [pending] }], encoding: 'base64' } as const;
  expect(findPending({ text })).toEqual({ $tutti: 'unknown', uid, path: 'password' });
});

test('nothing is found where all is known, secrets included', () => {
  expect(findPending({ a: [null, 'x', 1, known], b: { $tutti: 'secretText', parts: ['x', known] } })).toBeUndefined();
});

test('a secret with an unknown in it is found as that unknown', () => {
  expect(findPending(pendSecret(unknown))).toEqual(unknown);
});
