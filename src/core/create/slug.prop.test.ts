import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitName, makeGuid, makeSlug } from './slug.ts';

const identity = fc.array(fc.string(), { minLength: 1, maxLength: 5 });
const incarnation = fc.integer({ min: 1, max: 1000 });

describe('a slug', () => {
  it('is DNS-safe and at most 40 characters long, whatever it names', () => {
    fc.assert(
      fc.property(fc.string(), identity, incarnation, (readable, parts, count) => {
        const slug = makeSlug(readable, parts, count);
        expect(slug).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        expect(slug.length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it('is shared by no two identities, nor by two incarnations of one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(identity, incarnation), { selector: (each) => JSON.stringify(each) }), (things) => {
        const slugs = things.map(([parts, count]) => makeSlug('same', parts, count));
        expect(new Set(slugs).size).toBe(things.length);
      }),
    );
  });

  it('does not mistake one way of cutting an identity up for another', () => {
    expect(makeSlug('x', ['a', 'bc'], 1)).not.toBe(makeSlug('x', ['ab', 'c'], 1));
    expect(makeSlug('x', ['a', '2'], 1)).not.toBe(makeSlug('x', ['a'], 2));
  });

  it('is the same for ever', () => {
    expect(makeSlug('shop-staging', ['shop', 'staging'], 1)).toBe('shop-staging-ajj65eiogi');
    expect(makeSlug('shop-staging', ['shop', 'staging'], 2)).toBe('shop-staging-8378nr9mvf');
    expect(makeSlug('9!', ['9!'], 1)).toBe('x-2gukbl570g');
    expect(makeGuid(['shop', 'staging', 'postgres', 'default', 'api.db', '1'])).toBe('278ea526-0724-8652-b256-6f92a0443d52');
  });
});

describe('a guid', () => {
  it('is a well-formed UUID of its own for every identity', () => {
    fc.assert(
      fc.property(fc.uniqueArray(identity, { selector: (each) => JSON.stringify(each) }), (identities) => {
        const guids = identities.map(makeGuid);
        expect(new Set(guids).size).toBe(identities.length);
        for (const guid of guids) expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });
});

describe('a fitted name', () => {
  it('keeps what fits, and keeps apart what does not', () => {
    const long = fc.stringMatching(/^[a-z][a-z0-9-]{40,80}$/);
    fc.assert(
      fc.property(fc.uniqueArray(long), (names) => {
        const fitted = names.map((name) => fitName(name, 40));
        expect(new Set(fitted).size).toBe(names.length);
        for (const name of fitted) expect(name.length).toBeLessThanOrEqual(40);
      }),
    );
    expect(fitName('web', 40)).toBe('web');
  });
});
