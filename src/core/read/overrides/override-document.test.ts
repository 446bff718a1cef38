import { describe, expect, it } from 'vitest';
import type { Overrides } from '../../model/overrides.ts';
import { parseYaml } from '../yaml.ts';
import { overrideDocument } from './override-document.ts';
import { untrace } from './traced.ts';

const base = 'a: {b: 1, c: [x, {y: 2}]}\nd: text\ne: {}\n';

function run(overrides: Overrides, text = base) {
  const [document] = parseYaml('score.yaml', text).value ?? [];
  expect.assert(document);
  const { traced, diagnostics } = overrideDocument(document, overrides);
  return { value: untrace(traced), codes: diagnostics.map((each) => each.code) };
}

function merged(text: string) {
  return run({ files: [{ file: 'over.yaml', text }] });
}

function set(...properties: readonly string[]) {
  return run({ properties });
}

const unchanged = { a: { b: 1, c: ['x', { y: 2 }] }, d: 'text', e: {} };

describe('an overrides file', () => {
  it.each([
    ['a: {b: 2, z: 3}', { a: { b: 2, c: ['x', { y: 2 }], z: 3 } }],
    ['a: {c: [z]}', { a: { b: 1, c: ['z'] } }],
    ['a: {c: []}', { a: { b: 1, c: [] } }],
    ['d: ""', { d: '' }],
    ['d: 0', { d: 0 }],
    ['d: false', { d: false }],
    ['d: null', { d: null }],
    ['a: {}', {}],
    ['a: 1', { a: 1 }],
    ['d: {k: v}', { d: { k: 'v' } }],
    ['n: {o: {p: q}}', { n: { o: { p: 'q' } } }],
    ['', {}],
    ['# nothing', {}],
    ['e: {constructor: {toString: 1}}', { e: { constructor: { toString: 1 } } }],
  ])('%j is merged map by map, and replaces everything else', (text, change) => {
    expect(merged(text)).toEqual({ value: { ...unchanged, ...change }, codes: [] });
  });

  it.each([
    ['- a', ['T1235']],
    ['text', ['T1235']],
    ['a: 1\n---\nb: 2', ['T1235']],
    ['a: [', ['T1010']],
  ])('%j is refused, and the document stays as it was', (text, codes) => {
    expect(merged(text)).toEqual({ value: unchanged, codes });
  });

  it('comes before the properties', () => {
    const { value } = run({ files: [{ file: 'over.yaml', text: 'd: file' }], properties: ['d=property', 'e.f=1'] });
    expect(value).toEqual({ ...unchanged, d: 'property', e: { f: 1 } });
  });
});

describe('an override property', () => {
  it.each([
    ['d=x', { d: 'x' }],
    ['d=true', { d: true }],
    ['d="true"', { d: 'true' }],
    ['d=1.5', { d: 1.5 }],
    ['d=a=b', { d: 'a=b' }],
    ['d={k: [1, 2]}', { d: { k: [1, 2] } }],
    ['d=""', { d: '' }],
    ['a.b=2', { a: { b: 2, c: ['x', { y: 2 }] } }],
    ['n.o.p=q', { n: { o: { p: 'q' } } }],
    [String.raw`e.k\.com/x=1`, { e: { 'k.com/x': 1 } }],
    [String.raw`e.k\\x=1`, { e: { 'k\\x': 1 } }],
    [String.raw`e.k\\\.x=1`, { e: { 'k\\.x': 1 } }],
    [String.raw`e.k\x=1`, { e: { 'k\\x': 1 } }],
    ['a.c.0=z', { a: { b: 1, c: ['z', { y: 2 }] } }],
    ['a.c.1.y=3', { a: { b: 1, c: ['x', { y: 3 }] } }],
    ['a.c.-1=z', { a: { b: 1, c: ['x', { y: 2 }, 'z'] } }],
  ])('%s sets what is meant', (property, change) => {
    expect(set(property)).toEqual({ value: { ...unchanged, ...change }, codes: [] });
  });

  it.each([
    ['a=', { d: 'text', e: {} }],
    ['a=null', { d: 'text', e: {} }],
    ['a=~', { d: 'text', e: {} }],
    ['a.b=', { ...unchanged, a: { c: ['x', { y: 2 }] } }],
    ['a.c.0=', { ...unchanged, a: { b: 1, c: [{ y: 2 }] } }],
    ['a.c.1.y=', { ...unchanged, a: { b: 1, c: ['x', {}] } }],
  ])('%s takes away', (property, value) => {
    expect(set(property)).toEqual({ value, codes: [] });
  });

  it.each([
    ['a', 'T1231'],
    ['=x', 'T1231'],
    ['a..b=x', 'T1231'],
    ['.a=x', 'T1231'],
    ['__proto__.a=x', 'T1231'],
    [`${'a.'.repeat(100)}a=x`, 'T1231'],
    ['d.x=1', 'T1232'],
    ['a.b.c=', 'T1232'],
    ['a.c.x=1', 'T1232'],
    ['a.c.2=1', 'T1232'],
    ['a.c.-2=1', 'T1232'],
    ['a.c.-1=', 'T1232'],
    ['a.c.-1.y=1', 'T1232'],
    ['a.c.5.y=1', 'T1232'],
    ['d=[', 'T1233'],
    ['d={a: 1, a: 2}', 'T1233'],
    ['d=a\n---\nb', 'T1233'],
    ['x=', 'T1234'],
    ['x.y.z=', 'T1234'],
    ['e.constructor=', 'T1234'],
  ])('%s is reported, and the document stays as it was', (property, code) => {
    expect(set(property)).toEqual({ value: unchanged, codes: [code] });
  });

  it('is applied after those before it, and a wrong one does not hide the others', () => {
    expect(set('n.l=[]', 'd.x=1', 'n.l.-1=a', 'n.l.-1=b', 'q=', 'n.l.0=')).toEqual({
      value: { ...unchanged, n: { l: ['b'] } },
      codes: ['T1232', 'T1234'],
    });
  });
});

describe('overrides that unfold without end', () => {
  const bomb = (name: string): string => `${name}=[&a [${'x,'.repeat(300)}x], ${'*a,'.repeat(300)}*a]`;

  it('end at a limit for all of them together, which is said once', () => {
    const { codes, value } = set(bomb('p'), bomb('q'), bomb('r'), 'd=late');
    expect(codes).toEqual(['T1006']);
    expect(Object.keys(value ?? {})).toEqual(['a', 'd', 'e', 'p', 'q']);
    expect(
      run({ files: [bomb('p'), bomb('q'), bomb('r')].map((text, index) => ({ file: `${index}`, text: text.replace('=', ': ') })) }).codes,
    ).toEqual(['T1006']);
  });

  it('cost no more than they are long', () => {
    const text = `{${Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join(', ')}}`;
    const properties = Array.from({ length: 1000 }, (_, index) => `k${index}=2`);
    const [document] = parseYaml('score.yaml', text).value ?? [];
    expect.assert(document);
    const { traced } = overrideDocument(document, { properties: [...properties, 'nope.x='] });
    expect(Object.values(untrace(traced) ?? {}).filter((each) => each === 2)).toHaveLength(1000);
  });
});
