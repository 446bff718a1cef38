import { diagnose, type Diagnostic, type Place } from '../../core/index.ts';

/** The name of the claim in expressions. */
export const variable = 'object';

export function describeProblem(uid: string, problem: string, path: readonly string[]): Diagnostic {
  return diagnose('T5301', { detail: `The definition of ${uid}: ${problem}`, place: placeAt(path) });
}

/** Within the inputs; where these stand the driver does not know. */
export function placeAt(path: readonly string[]): Place {
  return { file: '', document: 0, path };
}

/** What is put together when it is needed. */
export function isOpen(text: string): boolean {
  return text.includes('${');
}
