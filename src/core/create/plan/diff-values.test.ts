import { expect, test } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import type { Secret, Unknown } from '../../model/value.ts';
import { diffValues } from './diff-values.ts';
import { concealSecretData, showValue } from './show-value.ts';

const uid = makeUid({ type: 'postgres', id: 'db' });
const secret = (hash: string): Secret => ({ $tutti: 'secret', ref: { kind: 'generated', uid, name: 'password' }, hash });
const unknown: Unknown = { $tutti: 'unknown', uid, path: '/host' };

test('differences are listed leaf by leaf, sorted by path', () => {
  expect(diffValues({ b: 1, a: { x: [1, 2], y: true } }, { a: { x: [1, 3], z: null }, b: 1 })).toEqual([
    { path: '/a/x/1', before: 2, after: 3 },
    { path: '/a/y', before: true },
    { path: '/a/z', after: null },
  ]);
});

test('segments of a pointer are escaped', () => {
  expect(diffValues({}, { 'a/b~c': 1 })).toEqual([{ path: '/a~1b~0c', after: 1 }]);
});

test('elements of a list with names are paired by name and pointed at by index', () => {
  const before = [
    { name: 'web', image: 'a' },
    { name: 'log', image: 'l' },
  ];
  const after = [
    { name: 'proxy', image: 'p' },
    { name: 'web', image: 'b' },
  ];
  expect(diffValues(before, after)).toEqual([
    { path: '/0/image', after: 'p' },
    { path: '/0/name', after: 'proxy' },
    { path: '/1/image', before: 'l' },
    { path: '/1/name', before: 'log' },
    { path: '/1/image', before: 'a', after: 'b' },
  ]);
});

test('named elements that only change places are one difference', () => {
  const [one, two] = [
    { name: 'a', v: 1 },
    { name: 'b', v: 2 },
  ];
  expect(diffValues({ list: [one, two] }, { list: [two, one] })).toEqual([{ path: '/list', before: ['a', 'b'], after: ['b', 'a'] }]);
});

test('elements whose names repeat are paired by position', () => {
  expect(diffValues([{ name: 'a' }, { name: 'a' }], [{ name: 'a' }])).toEqual([{ path: '/1/name', before: 'a' }]);
});

test('a map that becomes a scalar is shown whole on both sides', () => {
  expect(diffValues({ a: { b: 1 } }, { a: 5 })).toEqual([{ path: '/a', before: { b: 1 }, after: 5 }]);
});

test('secrets are compared by their hash and never shown', () => {
  expect(diffValues({ a: secret('1') }, { a: secret('1') })).toEqual([]);
  expect(diffValues({ a: secret('1') }, { a: secret('2') })).toEqual([{ path: '/a', before: '‹secret›', after: '‹secret› (changed)' }]);
  expect(diffValues({ a: 'plain' }, { a: secret('2') })).toEqual([{ path: '/a', before: 'plain', after: '‹secret›' }]);
});

test('text with a secret in it shows the text around it, unless it is encoded', () => {
  const parts = ['postgres://app:', secret('1'), '@db'];
  expect(showValue([{ $tutti: 'secretText', parts }])).toEqual(['postgres://app:‹secret›@db']);
  expect(showValue({ $tutti: 'secretText', parts, encoding: 'base64' })).toBe('‹secret›');
});

test('an unknown value is shown as known after provisioning', () => {
  expect(diffValues({ a: 'db.local' }, { a: unknown })).toEqual([{ path: '/a', before: 'db.local', after: 'known after provisioning' }]);
});

test('data without secrets is shown as it is, not copied', () => {
  const data = { a: [1, { b: 'c' }] };
  expect(showValue(data)).toBe(data);
});

test('keys that name parts of a prototype are keys like others', () => {
  const after = JSON.parse('{"constructor": 1, "__proto__": 2}');
  expect(diffValues({}, after)).toEqual([
    { path: '/__proto__', after: 2 },
    { path: '/constructor', after: 1 },
  ]);
});

test('everything in the data of a Secret is hidden, also what was written as plain text', () => {
  const body = { apiVersion: 'v1', kind: 'Secret', data: { a: 'aGk=' }, stringData: { b: 'hi' } };
  expect(JSON.stringify(showValue(concealSecretData(body)))).not.toMatch(/aGk|hi/);
});
