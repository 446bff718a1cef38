import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';

/**
 * Reads the JSON body of a request.
 * Rule: what no store can keep or what would reach the prototype of an object is refused: NUL characters, lone surrogates, keys named `__proto__`.
 * Reports: T8005, T8008.
 */
export function readBody(text: string | undefined, contentType: string | undefined): Outcome<unknown> {
  if (text === undefined || text === '') return { diagnostics: [] };
  if (!isJson(contentType))
    return fail(diagnose('T8008', { detail: `The body has the type "${contentType ?? 'none'}"; send application/json.` }));
  try {
    return checkParsed(text, JSON.parse(text));
  } catch (error) {
    return fail(diagnose('T8005', { detail: `${error instanceof SyntaxError ? error.message : 'It is nested too deeply'}.` }));
  }
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType.trim());
}

// Walking all of a large body costs more than reading it, so it is walked only where its text could hold something of the kind.
const doubtful = /\\u(0000|d[89a-f])|__proto__|\\u005f/i;

function checkParsed(text: string, value: unknown): Outcome<unknown> {
  const problem = doubtful.test(text) || !text.isWellFormed() ? findUnusable(value) : undefined;
  return problem === undefined ? succeed(value) : fail(diagnose('T8005', { detail: `${problem} cannot be kept.` }));
}

function findUnusable(value: unknown): string | undefined {
  if (typeof value === 'string') return describeText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const problem = key === '__proto__' ? 'A key "__proto__"' : (describeText(key) ?? findUnusable(each));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function describeText(text: string): string | undefined {
  if (text.includes('\0')) return 'A NUL character in text';
  return text.isWellFormed() ? undefined : 'Text that is not Unicode (a lone surrogate)';
}
