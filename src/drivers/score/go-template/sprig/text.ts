import { printPlain } from '../print/print-value.ts';
import { itemsOf } from '../values/value.ts';
import { isList } from '../values/types.ts';
import { claim, spend, type Run } from '../run/run.ts';
import { isNil, type Val } from '../values/value.ts';

/** A value as text: itself, or as `%v` prints it. */
export function textOf(value: Val, run: Run): string {
  return printPlain(value, run);
}

/** The texts of a list, without what is nil; of a single value a list of one. */
export function textsOf(value: Val, run: Run): readonly string[] {
  if (isNil(value)) return [];
  if (!isList(value)) return [textOf(value, run)];
  const texts: string[] = [];
  let size = 0;
  for (const item of itemsOf(value)) {
    if (isNil(item)) continue;
    const text = textOf(item, run);
    size += text.length;
    if (size > run.sizeBytesMax) claim(run, size);
    texts.push(text);
  }
  spend(run, texts.length + size / 64);
  return texts;
}
