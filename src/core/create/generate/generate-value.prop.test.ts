import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateValue } from './generate-value.ts';
import { openRandomStream } from './random-stream.ts';

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

describe('generated values', () => {
  it('are a pure function of seed and specification', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom('password', 'hex', 'base64', 'uuid', 'integer'), (from, kind) => {
        expect(generateValue(from, { kind }, 1)).toEqual(generateValue(from, { kind }, 1));
      }),
    );
  });

  it('have the length and the characters that were asked for', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 8, max: 256 }), fc.integer({ min: 1, max: 512 }), (from, length, bytes) => {
        expect(generateValue(from, { kind: 'password', length }, 1).value).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
        expect(generateValue(from, { kind: 'hex', length }, 1).value).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
        const base64 = textOf(generateValue(from, { kind: 'base64', bytes }, 1).value);
        const decoded = Buffer.from(base64, 'base64');
        expect(decoded).toHaveLength(bytes);
        expect(decoded.toString('base64')).toBe(base64);
        expect(generateValue(from, { kind: 'uuid' }, 1).value).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  it('lie between their bounds', () => {
    const bounds = fc.tuple(fc.integer(), fc.integer()).map((pair) => pair.toSorted((left, right) => left - right));
    fc.assert(
      fc.property(seed, bounds, (from, [min = 0, max = 0]) => {
        const { value } = generateValue(from, { kind: 'integer', min, max }, 1);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('prefer no number over another', () => {
    const stream = openRandomStream('00'.repeat(32), 'test');
    const counts = [0, 0, 0, 0, 0];
    for (let each = 0; each < 50_000; each++) {
      const drawn = stream.nextBelow(5);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // Five standard deviations; with a fixed seed this never changes.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });
});
