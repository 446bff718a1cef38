import { expect, test } from 'vitest';
import { canonicalJson, digestOf } from './digest.ts';

test('keys are sorted by code unit at every depth', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null, B: true })).toBe('{"B":true,"a":null,"b":[{"c":2,"d":1}]}');
});

test('numbers and strings are written as RFC 8785 writes them', () => {
  expect(canonicalJson([333333333.3333333, 1e30, 4.5, 0.002, 1e-27, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]');
  expect(canonicalJson('€$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"');
});

test('a property that is undefined counts as absent', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('data that JSON does not know is a defect', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow('finite');
  expect(() => canonicalJson([undefined])).toThrow('undefined');
  expect(() => canonicalJson({ run: () => 1 })).toThrow('function');
});

test('the digest is SHA-256 over the UTF-8 bytes of the canonical form', () => {
  expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  expect(digestOf({ a: 'é', b: 1 })).toBe(digestOf({ b: 1, a: 'é' }));
});
