import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { formatTable } from './table.ts';
import { showTime } from './time.ts';

type Values = OperationOutput<'values.list'>['values'];

/** Values of an environment; of secret ones only that they are there. */
export function describeValues(values: Values, output: Pick<Output, 'paint'>): string {
  if (values.length === 0) return 'None is set.';
  const rows = values.map((each) => [
    each.key,
    each.isSecret ? '‹secret›' : (each.value ?? ''),
    String(each.version),
    each.changedBy,
    showTime(each.changedAt),
  ]);
  return formatTable(['KEY', 'VALUE', 'VERSION', 'BY', 'AT'], rows, output);
}
