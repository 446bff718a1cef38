import type { EnvironmentRef, Outcome, TargetObservation } from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import { describeFailure } from './carry-out/describe-failure.ts';
import { openTarget } from './open-target.ts';

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
  const { target, request } = opened.value;
  if (!target.observesHealth) return { value: undefined, diagnostics: [] };
  try {
    return await target.observe(request);
  } catch (error) {
    call.signal.throwIfAborted();
    return { diagnostics: [describeFailure(error)] };
  }
}
