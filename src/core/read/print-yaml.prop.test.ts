import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Json } from '../model/value.ts';
import { printDocuments, printYaml } from './print-yaml.ts';
import { parseYaml } from './yaml.ts';

/** Text that YAML readers are known to trip over, and pieces from which more of it is made. */
const tricky = [
  'no',
  'on',
  'Y',
  'null',
  '~',
  '12:30',
  '1e3',
  '0o7',
  '0777',
  '0x1f',
  '1_000',
  '1,000',
  '2026-01-01',
  '.5',
  '+.inf',
  '<<',
  '=',
  '---',
  '...',
  ' a',
  'a ',
  'a:',
  'a: b',
  'a #b',
  '#a',
  '- a',
  '-a',
  '? a',
  '\t',
  'a\tb',
  '\n',
  'a\n',
  'a\n\n',
  '\n\na',
  ' a\n b',
  '\ta\n',
  'a\n \nb',
  'a\r\nb',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u0000',
  '\u007f',
  '😀',
  'é',
  '"',
  "'",
  '\\',
  '%a',
  '@a',
  '`a',
  '{}',
  '[a]',
  '!a',
  '&a',
  '*a',
  '|',
  '>',
  '',
  '-',
  ':',
  '::',
];
const text = fc.oneof(
  fc.constantFrom(...tricky),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...' \n\t:#-?0123e.ax"\'|>{}[],&*!%~_+\r\u0085\u2028\u00a0'), maxLength: 12 }),
  fc.array(fc.constantFrom(...tricky), { maxLength: 4 }).map((parts) => parts.join('')),
);
const key = fc.oneof(text, fc.constant('k'.repeat(2000))).filter((each) => each !== '__proto__' && each !== '$tutti');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(-0, 1e21, 1e-7, 2 ** 53, 1e300));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const runs = { numRuns: 3000 };

test('a reader of YAML 1.2 reads back what was printed', () => {
  const property = fc.property(json, (value) => {
    expect(parse(printYaml(value), { version: '1.2' })).toStrictEqual(value);
  });
  fc.assert(property, runs);
});

test('a reader of YAML 1.1 reads back what was printed', () => {
  const options = { version: '1.1', merge: true } as const;
  const property = fc.property(json, (value) => {
    expect(parse(printYaml(value), options)).toStrictEqual(value);
  });
  fc.assert(property, runs);
});

test('a reader that warns of differences between the versions has nothing to say', () => {
  const property = fc.property(json, (value) => {
    const [document] = parseAllDocuments(printYaml(value), { compat: 'yaml-1.1', merge: true });
    expect([document?.errors, document?.warnings]).toEqual([[], []]);
    expect(document?.toJS()).toStrictEqual(value);
  });
  fc.assert(property, runs);
});

test('our own reader reads back what was printed', () => {
  const property = fc.property(json.filter(isReadable), (value) => {
    const { value: documents, diagnostics } = parseYaml('a.yaml', printYaml(value));
    expect(diagnostics).toEqual([]);
    expect(documents?.[0]?.value).toStrictEqual(value);
  });
  fc.assert(property, runs);
});

test('documents printed together are read back one by one', () => {
  const property = fc.property(fc.array(json, { minLength: 1, maxLength: 4 }), (values) => {
    const documents = parseAllDocuments(printDocuments(values)).map((each): unknown => each.toJS());
    expect(documents).toStrictEqual(values);
  });
  fc.assert(property, { numRuns: 500 });
});

test('printing does not depend on the order of keys', () => {
  const property = fc.property(fc.dictionary(key, json, { noNullPrototype: true }), (value) => {
    expect(printYaml(Object.fromEntries(Object.entries(value).toReversed()))).toBe(printYaml(value));
  });
  fc.assert(property);
});

/** The reader makes plain zero of negative zero, and refuses half surrogate pairs. */
function isReadable(value: Json): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isReadable);
  return (
    value === null || typeof value !== 'object' || Object.entries(value).every(([name, each]) => name.isWellFormed() && isReadable(each))
  );
}
