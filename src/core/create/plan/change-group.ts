import type { Change } from '../../model/plan.ts';
import { isEffective } from './change.ts';

/** The change of a node and those of its objects, in this order. */
export interface ChangeGroup {
  readonly changes: readonly Change[];
  /** Those that do anything. */
  readonly effective: readonly Change[];
}

const none: readonly Change[] = [];

export function makeGroup(changes: readonly Change[]): ChangeGroup {
  return { changes, effective: changes.some(isEffective) ? changes.filter(isEffective) : none };
}
