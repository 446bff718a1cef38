import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue, type CodeEntry } from '../src/core/index.ts';

const areas: Readonly<Record<string, string>> = {
  T1: 'Reading files',
  T2: 'Matching needs with definitions',
  T3: 'The resource graph',
  T4: 'Creating plans and configuration',
  T5: 'Drivers',
  T6: 'Targets',
  T7: 'Keeping data',
  T8: 'The API',
  T9: 'The command line',
};

/** Writes the catalogue of codes as the page that `docs/errors.md` is. */
export function describeErrors(entries: Readonly<Record<string, CodeEntry>>): string {
  const codes = Object.keys(entries).toSorted();
  const sections = Object.entries(areas).flatMap(([area, title]) => {
    const own = codes.filter((code) => code.startsWith(area));
    return own.length === 0 ? [] : [`## ${title}`, ...own.flatMap((code) => describeEntry(code, entries[code]))];
  });
  const opening =
    'Every problem that tutti reports has a code. This page is made from the catalogue in `src/core/diagnostics/catalogue` by `npm run docs`.';
  return `${['# Errors', opening, ...sections].join('\n\n')}\n`;
}

function describeEntry(code: string, entry: CodeEntry | undefined): readonly string[] {
  if (!entry) return [];
  const kind = entry.severity === 'error' ? '' : ` (${entry.severity})`;
  return [`### ${code}`, `**${entry.summary}**${kind}`, escapeText(entry.cause), fence(entry.example), `*Cure:* ${escapeText(entry.cure)}`];
}

/** What looks like a tag would vanish; code stays as it is. */
function escapeText(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('*', '\\*')))
    .join('');
}

function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}text\n${text.replace(/\n$/, '')}\n${marks}`;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'docs', 'errors.md'), describeErrors(catalogue));
