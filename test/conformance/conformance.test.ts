import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeRules, replaceRules } from './describe-rules.ts';
import { chapters } from './chapters.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'score.md');

describe.each(chapters)('$name', ({ rules }) => {
  test.each(rules)('$rule', ({ check }) => check());
});

test('no rule stands twice, and each that is not the same says why', () => {
  const all = chapters.flatMap(({ rules }) => rules);
  expect(new Set(all.map(({ rule }) => rule)).size).toBe(all.length);
  expect(all.filter(({ stance, reason }) => (stance === 'same') !== (reason === undefined))).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(120);
});

test('docs/score.md has a row for each rule (`npx vitest run test/conformance -u` writes them)', async () => {
  const text = readFileSync(page, 'utf8');
  expect(describeRules(chapters)).not.toContain('undefined');
  await expect(replaceRules(text, chapters)).toMatchFileSnapshot(page);
});
