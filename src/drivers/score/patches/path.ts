/** One step of a path of a patch: a key of a map, a place in a list, or the end of a list. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'append' };

export type ParsedPath = { readonly steps: readonly Step[] } | { readonly problem: string };

/**
 * Reads the path of a patch: keys between dots, `\.` is a dot within one, a number is a place in a list, `:123` is the key "123", `-1` the end of
 * a list. Wildcards, queries and modifiers mean nothing here, and are refused as by the tools.
 */
export function parsePath(path: string): ParsedPath {
  if (path === '') return { problem: 'the path is empty' };
  const parts = splitPath(path);
  const steps: Step[] = [];
  for (const part of parts) {
    if (part.raw === '') return { problem: `the path "${path}" has an empty step` };
    const problem = findProblem(part.raw);
    if (problem !== undefined) return { problem: `the path "${path}" has ${problem}` };
    steps.push(stepOf(part.raw, part.text));
  }
  return { steps };
}

function stepOf(raw: string, text: string): Step {
  if (raw === '-1') return { kind: 'append' };
  if (/^\d+$/.test(raw)) return { kind: 'index', index: Number(raw) };
  return { kind: 'key', key: raw.startsWith(':') ? text.slice(1) : text };
}

function findProblem(raw: string): string | undefined {
  const plain = raw.replaceAll(/\\./g, '');
  if (/[*?]/.test(plain)) return 'a wildcard';
  if (/[|#]/.test(plain)) return 'a query';
  return plain.startsWith('@') ? 'a modifier' : undefined;
}

interface Part {
  /** As it is written. */
  readonly raw: string;
  /** With escapes taken away. */
  readonly text: string;
}

function splitPath(path: string): readonly Part[] {
  const raws = path.match(/(?:\\.|[^.\\])+|(?<=^|\.)(?=\.|$)/gs) ?? [];
  return raws.map((raw) => ({ raw, text: raw.replaceAll(/\\(.)/gs, '$1') }));
}
