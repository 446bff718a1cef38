import type { Actor, EnvironmentRef, EnvironmentState, Outcome, Target, TargetRequest } from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import { describeNoDeployment } from './deployment-facts.ts';
import { loadInputs } from './load-inputs.ts';
import { bindTarget } from './prepare/bind-target.ts';

/** The target of an environment, to be asked about what was deployed. */
export interface OpenTarget {
  readonly target: Target;
  readonly request: TargetRequest;
  readonly state: EnvironmentState;
}

/** Finds the target that an environment is bound to, and tells it what it has to know; no deployment is on its way. */
export async function openTarget(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Promise<Outcome<OpenTarget>> {
  const request = { kind: 'deploy', workloads: [], remove: [], isWhole: false, deleteResources: [], rebind: [], reason: '' } as const;
  const loaded = await loadInputs(dependencies, ref, { request, requester: actor, signal });
  if (!loaded.value) return { diagnostics: loaded.diagnostics };
  const { inputs } = loaded.value;
  const bound = await bindTarget(dependencies, inputs);
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const { target, context, binding } = bound.value;
  return {
    value: {
      target,
      state: inputs.state,
      request: {
        context,
        inputs: binding.inputs,
        baseDir: dependencies.baseDir,
        inventory: inputs.state.objects,
        reveal: inputs.reveal,
        signal,
        deployment: describeNoDeployment({ ref, requester: actor, release: inputs.release }),
      },
    },
    diagnostics: bound.diagnostics,
  };
}
