import {
  comparePlans,
  diagnose,
  hasErrors,
  nameSubject,
  type Diagnostic,
  type ObjectKey,
  type Outcome,
  type Uid,
  type ValueObject,
} from '../../core/index.ts';
import { prepareFurther } from '../prepare/prepare.ts';
import type { Run } from './carry-out.ts';
import { nodeOf } from '../node-of.ts';
import { resourceChanges } from './provision.ts';
import { describeWrite } from './write-target.ts';

/** What a deployment on its way goes by. */
export interface Course {
  readonly run: Run;
  /** Objects that are to be written. */
  readonly changed: ReadonlySet<ObjectKey>;
  readonly resources: ReturnType<typeof resourceChanges>;
  /** Nodes that would become something else than was approved, with what. */
  readonly refused: ReadonlyMap<Uid, readonly Diagnostic[]>;
}

/** The course of a deployment as it was approved. */
export function openCourse(run: Run): Course {
  return { run, changed: new Set(describeWrite(run, []).changed), resources: resourceChanges(run), refused: new Map() };
}

/**
 * Renders and plans again with what resources turned out to be.
 * Rule: what was unknown may fill only what was shown as unknown; a node that would become something else is refused (domain.md §6).
 * Reports: T5305 for each such node, and whatever rendering reports.
 */
export async function planFurther(begun: Run, completed: ReadonlyMap<Uid, ValueObject>): Promise<Outcome<Course>> {
  const { dependencies, loaded, prepared } = begun;
  const inputs = { ...loaded.inputs, completed: Object.fromEntries(completed), signal: begun.slot.signal };
  const again = await prepareFurther(dependencies, inputs, prepared.observation);
  if (!again.value || hasErrors(again.diagnostics)) return { diagnostics: again.diagnostics };
  const kept = await dependencies.store.seeds.reserve(begun.ref, loaded.inputs.seeds.added());
  if (hasErrors(kept.diagnostics)) return { diagnostics: kept.diagnostics };
  const refused = new Map<Uid, readonly Diagnostic[]>();
  for (const { subject, reason } of comparePlans(prepared.plan, again.value.plan)) {
    const uid = nodeOf(subject);
    const problem = diagnose('T5305', { detail: `${nameSubject(subject)}: ${reason}.` });
    refused.set(uid, [...(refused.get(uid) ?? []), problem]);
  }
  return { value: { ...openCourse({ ...begun, prepared: again.value }), refused }, diagnostics: [] };
}
