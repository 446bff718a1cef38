import { findMark } from '../../expressions/values.ts';
import { compareText } from '../../model/compare.ts';
import { isUnknown, type Unknown } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import type { ComposeEntry } from './sections.ts';

const readSections: readonly string[] = ['files', 'configs', 'secrets'];

/**
 * A hash over what services read besides what stands in them: files, configs, secrets.
 * Shape: unknown as long as a part of it is; nothing where there is nothing.
 */
export function hashConfig(entries: readonly ComposeEntry[]): string | Unknown | undefined {
  const read = entries
    .filter(({ section }) => readSections.includes(section))
    .map(({ section, name, value }) => ({ key: `${section}/${name}`, value }))
    .toSorted((left, right) => compareText(left.key, right.key));
  if (read.length === 0) return undefined;
  const mark = findMark(read);
  return isUnknown(mark) ? mark : digestValue(read).slice(0, 16);
}
