import type { EnvironmentRef, Outcome, TargetObservation } from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import { describeFailure } from './carry-out/describe-failure.ts';
import { openTarget, type OpenTarget } from './open-target.ts';

/**
 * Asks the target of an environment what is there of what was deployed.
 * Shape: nothing where the target cannot say whether something runs; where it cannot be reached, why.
 */
export async function look(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  call: Parameters<typeof openTarget>[2],
): Promise<Outcome<TargetObservation | undefined>> {
  const opened = await openTarget(dependencies, ref, call);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  return opened.value.target.observesHealth ? read(opened.value, call) : { value: undefined, diagnostics: [] };
}

/** The same of any target: files can drift, too. */
export async function observe(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  call: Parameters<typeof openTarget>[2],
): Promise<Outcome<TargetObservation>> {
  const opened = await openTarget(dependencies, ref, call);
  return opened.value ? read(opened.value, call) : { diagnostics: opened.diagnostics };
}

async function read({ target, request }: OpenTarget, { signal }: Parameters<typeof openTarget>[2]): Promise<Outcome<TargetObservation>> {
  try {
    return await target.observe(request);
  } catch (error) {
    signal.throwIfAborted();
    return { diagnostics: [describeFailure(error)] };
  }
}
