import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64 } from './base64.ts';

test('what was encoded is decoded to the same bytes', () => {
  const property = fc.property(fc.uint8Array(), (bytes) => {
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
  });
  fc.assert(property);
});

test('only the one text that encodes the bytes is accepted', () => {
  const property = fc.property(fc.string({ unit: fc.constantFrom(...'AQgw+/-_= \n'), maxLength: 12 }), (text) => {
    const bytes = decodeBase64(text);
    if (bytes) expect(Buffer.from(bytes).toString('base64')).toBe(text);
    else expect(Buffer.from(text, 'base64').toString('base64')).not.toBe(text);
  });
  fc.assert(property, { numRuns: 2000 });
});
