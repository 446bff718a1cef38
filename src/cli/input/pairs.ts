import { diagnose, type Diagnostic, type Outcome } from '../../core/index.ts';

/**
 * Reads `KEY=VALUE` texts; the value may be empty and may hold further equals signs.
 * Reports: T9001 for a text without a key or an equals sign, and for a key that stands twice.
 */
export function parsePairs(texts: readonly string[], what: string): Outcome<Readonly<Record<string, string>>> {
  const pairs = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const key = text.slice(0, Math.max(0, at));
    if (key === '') diagnostics.push(diagnose('T9001', { detail: `"${text}" is not ${what}.` }));
    else if (pairs.has(key)) diagnostics.push(diagnose('T9001', { detail: `"${key}" stands twice.` }));
    else pairs.set(key, text.slice(at + 1));
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: Object.fromEntries(pairs), diagnostics };
}

/**
 * Reads a whole number from 1.
 * Reports: T9001.
 */
export function parseNumber(text: string, what: string): Outcome<number> {
  if (/^[1-9]\d{0,8}$/.test(text)) return { value: Number(text), diagnostics: [] };
  return { diagnostics: [diagnose('T9001', { detail: `"${text}" is not ${what}: a whole number from 1 is meant.` })] };
}
