import { expect, test } from 'vitest';

import { files, findLines, readText } from './repository.ts';

/** Data may be longer than code; each with the reason. */
const longFiles: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^src\/core\/diagnostics\/catalogue\/.*\.ts$/, 'one entry a code, no functions'],
  [/^docs\/(errors|score)\.md$/, 'made from data'],
  [/^package-lock\.json$/, 'made by npm'],
  [/^test\/(openapi\.json|schema\.sql)$/, 'made by the tests'],
  [/^LICENSE$/, 'given'],
];
const linesMax = 400;
const code = files.filter((file) => /\.(ts|tsx|js|sql|sh)$/.test(file) || file === '.ci/run');
const texts = files.filter((file) => !/^package-lock\.json$/.test(file) && !readText(file).includes('\0'));

test('no file is longer than the limit, but data', () => {
  const measured = [...code, ...files.filter((file) => file.endsWith('.md') || file.endsWith('.json'))];
  const long = measured.filter((file) => readText(file).split('\n').length - 1 > linesMax);
  expect(long.filter((file) => !longFiles.some(([pattern]) => pattern.test(file)))).toEqual([]);
});

test('nothing that the compiler made lies among the sources', () => {
  const made = files.filter((file) => /^(src|test|scripts|bench)\/.*(\.js|\.js\.map|\.d\.ts)$/.test(file));
  expect(made).toEqual(['src/core/ambient.d.ts']);
});

test('nothing is left for later in a comment', () => {
  expect(findLines(texts, /\b(TO(?:DO)|FIX(?:ME)|XX(?:X)|HAC(?:K))\b/)).toEqual([]);
});

test('no test is switched off, and none is alone', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  expect(findLines(tests, /\b(?:it|test|describe|suite)\.(?:skip|skipIf|todo|only|fails)\b|\bx(?:it|test|describe)\(/)).toEqual([]);
});

test('no path of a machine and no address of a registry is in a file', () => {
  const pattern = /(?<![\w.])\/(?:work|farm|home\/\w+|Users\/\w+)\/|registry\.(?:npmjs|yarnpkg)\./;
  expect(findLines(texts, pattern)).toEqual([]);
});

test('no rule is switched off for a whole file', () => {
  expect(findLines(code, /(?:oxlint|eslint)-disable(?!-next-line )/)).toEqual([]);
});

test('no name of a file has capitals or blanks, but the documents at the top', () => {
  const named = files.filter((file) => !/^[a-z0-9./_-]+$/.test(file));
  expect(named.filter((file) => !/^(?:[A-Z]+\.md|LICENSE)$/.test(file))).toEqual([]);
});
