import { expect, test } from 'vitest';

import { describeErrors } from '../../scripts/docs-errors.ts';
import { catalogue } from '../../src/core/index.ts';
import { sources } from './layers.ts';
import { readText } from './repository.ts';

const catalogueFolder = 'src/core/diagnostics/catalogue/';
const codes = Object.keys(catalogue).toSorted();
const reporting = sources.filter((file) => !file.startsWith(catalogueFolder) && !file.endsWith('.test.ts'));
const used = new Set(reporting.flatMap((file) => withoutComments(readText(file)).match(/\bT\d{4}\b/g) ?? []));

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, '');
}

test('a code is T and four digits, the first of them its area', () => {
  expect(codes.filter((code) => !/^T[1-9]\d{3}$/.test(code))).toEqual([]);
});

test('no two areas of the catalogue have the same code', () => {
  const listed = sources
    .filter((file) => file.startsWith(catalogueFolder))
    .flatMap((file) => readText(file).match(/^ {2}T\d{4}(?=:)/gm) ?? []);
  expect(listed.map((code) => code.trim()).toSorted()).toEqual(codes);
});

test.for(Object.entries(catalogue))('%s says what it is, how it comes about and what to do', ([, entry]) => {
  const texts = [entry.summary, entry.cause, entry.example, entry.cure];
  expect(texts.every((text) => text.trim() === text && text.length >= 3)).toBe(true);
  expect(entry.summary).not.toMatch(/[.:]$/);
  expect(entry.cause).toMatch(/[.)]$/);
  expect(entry.cure).toMatch(/[.)]$/);
});

test('every code that is reported is in the catalogue', () => {
  expect([...used].filter((code) => !Object.hasOwn(catalogue, code))).toEqual([]);
});

test('every code of the catalogue is reported somewhere', () => {
  expect(codes.filter((code) => !used.has(code))).toEqual([]);
});

test('docs/errors.md is what `npm run docs` makes of the catalogue', () => {
  expect(readText('docs/errors.md')).toBe(describeErrors(catalogue));
});
