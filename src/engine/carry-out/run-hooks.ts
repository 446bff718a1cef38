import {
  describeObject,
  hasErrors,
  isIrreversible,
  type Diagnostic,
  type HookTime,
  type RenderedObject,
  type TargetRequest,
  type Uid,
} from '../../core/index.ts';
import { OperationError } from '../operation-error.ts';
import { listHooks } from '../prepare/list-hooks.ts';
import type { Run } from './carry-out.ts';
import { callTarget } from './write-target.ts';

export interface HookCall {
  readonly request: TargetRequest;
  readonly time: HookTime;
  /** Only hooks of these nodes; absent: of all, and of none. */
  readonly node?: Uid;
}

/**
 * Runs the hooks of a time that the plan makes run, one after the other.
 * Rule: the first that fails is the last.
 */
export async function runHooks(run: Run, { request, time, node }: HookCall): Promise<readonly Diagnostic[]> {
  const { prepared } = run;
  const { target } = prepared.bound;
  const due = listHooks(prepared, prepared.plan, time).filter((hook) => node === undefined || hook.node === node);
  const diagnostics: Diagnostic[] = [];
  for (const hook of due) {
    run.slot.signal.throwIfAborted();
    if (isIrreversible(hook)) await note(run, hook);
    const { diagnostics: said } = await callTarget(run, async () => (await target.runHook?.(request, hook)) ?? { diagnostics: [] });
    diagnostics.push(...said);
    if (hasErrors(said)) break;
  }
  return diagnostics;
}

/** Before it begins: what was begun may have been done. */
async function note({ dependencies, slot }: Run, { key }: RenderedObject): Promise<void> {
  const { diagnostics } = await dependencies.store.deployments.noteIrreversible(slot.lease, describeObject(key));
  const [problem] = diagnostics;
  if (problem) throw new OperationError(problem.code, problem.detail);
}
