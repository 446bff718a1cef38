import type { Chapter, Stance } from './rule.ts';

const words: Readonly<Record<Stance, string>> = { same: 'same', stricter: 'stricter', more: 'same and more', differs: 'differs' };

/** The table of `docs/score.md`: one row a rule. */
export function describeRules(chapters: readonly Chapter[]): string {
  const count = chapters.reduce((sum, { rules }) => sum + rules.length, 0);
  const opening = `${count} rules; each row is checked by the function that stands with it in \`test/conformance/rules\`.`;
  return [opening, ...chapters.flatMap(describeChapter)].join('\n\n');
}

function describeChapter({ name, title, source, rules }: Chapter): readonly string[] {
  const rows = rules.map(
    ({ rule, stance, reason }, index) => `| ${name}-${index + 1} | ${escapeCell(rule)} | ${words[stance]} | ${escapeCell(reason ?? '')} |`,
  );
  const head = ['| Test | Rule | tutti | What, and why |', '|---|---|---|---|'];
  return [`### ${title}`, `${source} Tests: [\`${name}.ts\`](../test/conformance/rules/${name}.ts).`, [...head, ...rows].join('\n')];
}

/** A bar ends a cell, even in code; what looks like a tag would vanish outside of it. */
function escapeCell(text: string): string {
  return text
    .replaceAll('|', String.raw`\|`)
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('');
}

const begin = '<!-- rules: made by test/conformance -->';
const end = '<!-- end of rules -->';

/** The page with its table made anew. */
export function replaceRules(page: string, chapters: readonly Chapter[]): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/score.md lacks the marks of the table');
  return `${page.slice(0, from)}${begin}\n\n${describeRules(chapters)}\n\n${page.slice(to)}`;
}
