import type { OperationOutput } from '../../contract/index.ts';
import { compareText, type EnvironmentValue } from '../../core/index.ts';

export type ValueView = OperationOutput<'secrets.set'>;

export function showValues(values: readonly EnvironmentValue[]): readonly ValueView[] {
  return values.map(showSetting).toSorted((left, right) => compareText(left.key, right.key));
}

/** A setting without what would tell secrets apart. */
export function showSetting({ key, value, version, changedAt, changedBy }: EnvironmentValue): ValueView {
  return { key, isSecret: value === undefined, ...(value !== undefined && { value }), version, changedAt, changedBy };
}
