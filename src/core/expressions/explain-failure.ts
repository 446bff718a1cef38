import { quote } from '../diagnostics/quote.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isValueObject, type Value } from '../model/value.ts';
import type { ReadPath } from './paths.ts';

const shownMax = 12;

/** Says more than the library can: which keys there are where one is missing, and how types are converted. */
export function explainFailure(message: string, paths: readonly ReadPath[], roots: Readonly<Record<string, Value>>): string {
  const missing = /^No such key: (.*)$/.exec(message)?.[1];
  if (missing !== undefined) return explainMissing(missing, paths, roots) ?? message;
  const isMixed = message.startsWith('no such overload');
  return isMixed ? `${message}; convert one side first, with int(…), double(…) or string(…)` : message;
}

function explainMissing(missing: string, paths: readonly ReadPath[], roots: Readonly<Record<string, Value>>): string | undefined {
  for (const path of paths) {
    const gap = path.isShallow ? undefined : findGap(path, roots);
    if (gap?.step === missing) return describeGap(gap);
  }
  return undefined;
}

interface Gap {
  readonly step: string;
  readonly above: string;
  readonly keys: readonly string[];
}

function findGap({ root, steps }: ReadPath, roots: Readonly<Record<string, Value>>): Gap | undefined {
  let value = Object.hasOwn(roots, root) ? roots[root] : undefined;
  let above = root;
  for (const step of steps) {
    if (!isValueObject(value)) return undefined;
    if (!Object.hasOwn(value, step)) return { step: String(step), above, keys: Object.keys(value) };
    value = value[step];
    above += typeof step === 'string' && /^\w+$/.test(step) ? `.${step}` : `[${typeof step === 'number' ? step : quote(step)}]`;
  }
  return undefined;
}

function describeGap({ step, above, keys }: Gap): string {
  const shown = keys.slice(0, shownMax).join(', ');
  const more = keys.length > shownMax ? ` and ${keys.length - shownMax} more` : '';
  const has = keys.length === 0 ? 'it is empty' : `it has ${shown}${more}`;
  return `\`${above}\` has no ${quote(step)}; ${has}.${didYouMean(step, keys)}`;
}
