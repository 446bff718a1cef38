import { diagnose, fail, succeed, type EnvironmentRef, type Outcome, type RuntimeRequest, type TargetRuntime } from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import { openTarget } from './open-target.ts';

/** What runs of an environment, and what has to be said to ask for it. */
export interface OpenRuntime {
  readonly runtime: TargetRuntime;
  readonly request: RuntimeRequest;
}

/**
 * Opens what runs of an environment.
 * Reports: T6234 (its target runs nothing).
 */
export async function openRuntime(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  call: Parameters<typeof openTarget>[2],
): Promise<Outcome<OpenRuntime>> {
  const opened = await openTarget(dependencies, ref, call);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  const { target, request } = opened.value;
  if (target.runtime) return succeed({ runtime: target.runtime, request }, opened.diagnostics);
  const detail = `${ref.project}/${ref.environment} is deployed to "${request.context.target}", a target of the type "${target.type}".`;
  return fail(diagnose('T6234', { detail }));
}
