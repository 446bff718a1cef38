import { RE2JS } from 're2js';

/** Says whether a text has a part that fits. */
export type Pattern = { readonly fits: (text: string) => boolean } | { readonly problem: string };

const cachedMax = 2_000;
const cache = new Map<string, Pattern>();

/**
 * Compiles a regular expression whose matching takes time linear in the text (RE2: no look-around, no back-references),
 * or says what is wrong with it.
 */
export function compilePattern(text: string): Pattern {
  const known = cache.get(text);
  if (known) return known;
  if (cache.size >= cachedMax) cache.clear();
  const pattern = compileNew(text);
  cache.set(text, pattern);
  return pattern;
}

function compileNew(text: string): Pattern {
  try {
    const compiled = RE2JS.compile(text);
    return { fits: (each) => compiled.matcher(each).find() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
