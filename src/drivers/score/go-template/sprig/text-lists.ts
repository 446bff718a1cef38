import { joinParts } from '../print/print-value.ts';
import { intAt, takes, textAt, type FunctionTable } from '../run/args.ts';
import { spend, type Run } from '../run/run.ts';
import { isList } from '../values/types.ts';
import { compareBytes, makeList, makeMap, type GoList, type GoMap, type Val } from '../values/value.ts';
import { textOf, textsOf } from './text.ts';

/** Functions between texts and lists of texts. */
export const textListFunctions: FunctionTable = {
  split: takes(2, (args, run) => numberParts(splitText(textAt(args, 0), textAt(args, 1), run))),
  splitn: takes(3, (args, run) => numberParts(splitLimited({ separator: textAt(args, 0), limit: intAt(args, 1) }, textAt(args, 2), run))),
  splitList: takes(2, (args, run) => makeTexts(splitText(textAt(args, 0), textAt(args, 1), run))),
  join: takes(2, (args, run) => joinParts(textsOf(args[1], run), textAt(args, 0), run)),
  toStrings: takes(1, (args, run) => makeTexts(textsOf(args[0], run))),
  sortAlpha: takes(1, (args, run) => sortTexts(args[0], run)),
};

export function makeTexts(texts: readonly string[]): GoList {
  return makeList(texts, 'string');
}

function splitText(separator: string, text: string, run: Run): readonly string[] {
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  spend(run, parts.length);
  return parts;
}

interface Limited {
  readonly separator: string;
  readonly limit: number;
}

/** Into so many parts at most, the last of which is all that is left. */
function splitLimited({ separator, limit }: Limited, text: string, run: Run): readonly string[] {
  const parts = splitText(separator, text, run);
  if (limit === 0) return [];
  return limit < 0 || parts.length <= limit ? parts : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

/** `_0`, `_1` and so on. */
function numberParts(parts: readonly string[]): GoMap {
  return makeMap(
    parts.map((part, index) => [`_${index}`, part] as const),
    'string',
  );
}

function sortTexts(value: Val, run: Run): GoList {
  if (!isList(value)) return makeTexts([textOf(value, run)]);
  const texts = textsOf(value, run);
  spend(run, texts.length * 4);
  return makeTexts(texts.toSorted(compareBytes));
}
