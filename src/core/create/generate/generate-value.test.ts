import { describe, expect, it } from 'vitest';
import { checkSpecification, currentAlgorithm, generateValue, isSecretSpecification } from './generate-value.ts';

const seed = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const place = { file: 'platform.yaml', document: 0, path: ['spec', 'inputs', 'generate', 'password'] };

describe('generated values', () => {
  // These are kept in environments that exist: version 1 gives the same for ever.
  it.each([
    [{ kind: 'password' }, 'qQ0r1xT4NEJGOgvls5nxBr0S'],
    [{ kind: 'password', length: 8, alphabet: 'ab-_!' }, '!-_-aabb'],
    [{ kind: 'hex' }, 'c2cef2f36b3223127030686722019d26'],
    [{ kind: 'hex', length: 7 }, 'c2cef2f'],
    [{ kind: 'base64' }, 'hEWlmov4BRZAeJwA7kFIknPrHdjqK0dNX9VEclNP3ns='],
    [{ kind: 'base64', bytes: 1 }, 'hA=='],
    [{ kind: 'uuid' }, 'ca8072d4-135a-4430-81ce-020dc234dc94'],
    [{ kind: 'integer' }, 730112922],
    [{ kind: 'integer', min: 30000, max: 32767 }, 30068],
    [{ kind: 'integer', min: -281474976710655, max: 0 }, -233626296191129],
    [{ kind: 'integer', min: 5, max: 5 }, 5],
  ])('%j stays as it was in version 1', (specification, expected) => {
    expect(generateValue(seed, specification, 1)).toEqual({ value: expected, diagnostics: [] });
  });

  it('differ by seed and by kind', () => {
    const other = seed.replaceAll('0', 'f');
    expect(generateValue(other, { kind: 'hex' }, 1).value).not.toBe(generateValue(seed, { kind: 'hex' }, 1).value);
    expect(generateValue(seed, { kind: 'hex', length: 8 }, 1).value).not.toBe(
      generateValue(seed, { kind: 'password', length: 8, alphabet: '0123456789abcdef' }, 1).value,
    );
  });

  it('are secret unless they are made to be seen', () => {
    const secret = ['password', 'hex', 'base64', 'uuid', 'integer'].filter((kind) => isSecretSpecification({ kind }));
    expect(secret).toEqual(['password', 'hex', 'base64']);
    expect(isSecretSpecification({ kind: 'uuid', secret: true })).toBe(true);
    expect(isSecretSpecification({ kind: 'hex', secret: false })).toBe(false);
  });

  it('are made by the current algorithm when they are new', () => {
    expect(generateValue(seed, { kind: 'uuid' }, currentAlgorithm).diagnostics).toEqual([]);
    expect(() => generateValue(seed, { kind: 'uuid' }, 2)).toThrow(/algorithm 2/);
  });
});

describe('a specification', () => {
  it.each([
    [{ kind: 'pasword' }, ['kind'], /Did you mean "password"/],
    [{}, ['kind'], /There is no kind/],
    ['password', [], /There is no kind.*password, hex, base64, uuid, integer/],
    [{ kind: 'password', length: 4 }, ['length'], /length/],
    [{ kind: 'password', lenght: 24 }, ['lenght'], /Did you mean "length"/],
    [{ kind: 'password', alphabet: 'aab' }, [], /comes twice/],
    [{ kind: 'integer', min: 2, max: 1 }, [], /greater/],
    [{ kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER }, [], /2\^48/],
    [{ kind: 'hex', length: 2.5 }, ['length'], /length/],
    [{ kind: 'uuid', secret: 'yes' }, ['secret'], /secret/],
  ])('%j is refused where it is wrong', (specification, path, detail) => {
    const [problem, ...others] = checkSpecification(specification, place);
    expect(others).toEqual([]);
    expect(problem?.code).toBe('T4201');
    expect(problem?.detail).toMatch(detail);
    expect(problem?.place?.path).toEqual([...place.path, ...path]);
    if (typeof specification === 'object') expect(generateValue(seed, { ...specification }, 1).value).toBeUndefined();
  });

  it('shows all that is wrong with it at once', () => {
    expect(checkSpecification({ kind: 'integer', min: 'a', max: 'b', mux: 1 }, place)).toHaveLength(3);
  });
});
