import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const json = 'application/json';

test('JSON is read', () => {
  expect(readBody('{"a":[1,"é😀"]}', 'application/json; charset=utf-8').value).toEqual({ a: [1, 'é😀'] });
});

test('no body is no value and no problem', () => {
  expect(readBody(undefined, undefined)).toEqual({ diagnostics: [] });
  expect(readBody('', json)).toEqual({ diagnostics: [] });
});

test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
  'a body of the type %s is refused',
  (type) => {
    expect(readBody('{}', type).diagnostics).toMatchObject([{ code: 'T8008' }]);
  },
);

test.each([
  ['half a document', '{"a":'],
  ['a NUL', String.raw`{"a":"x\u0000"}`],
  ['a NUL in a key', String.raw`{"x\u0000":1}`],
  ['half a surrogate pair', String.raw`{"a":["\ud800"]}`],
  ['a key that reaches the prototype', '{"a":{"__proto__":{"isAdmin":true}}}'],
  ['such a key in disguise', String.raw`{"\u005f_proto__":1}`],
])('%s is refused', (_, text) => {
  expect(readBody(text, json).diagnostics).toMatchObject([{ code: 'T8005' }]);
});

test('text about such things is harmless', () => {
  expect(readBody(String.raw`{"a":"__proto__ and \\u0000 and \ud83d\ude00"}`, json).value).toEqual({ a: '__proto__ and \\u0000 and 😀' });
});

test('a document that is nested a hundred thousand times is no crash', () => {
  const text = `${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`;
  expect(readBody(text, json).diagnostics).toMatchObject([{ code: 'T8005' }]);
});
