import { diagnose, fail, type LiveAddress, type LiveObjects, type ResourceDefinition, type TargetRequest } from '../../core/index.ts';
import { describeNoDeployment } from '../deployment-facts.ts';
import type { BoundTarget, PrepareInputs } from './prepared.ts';

export interface LiveMeans {
  readonly bound: BoundTarget;
  readonly inputs: Pick<PrepareInputs, 'environment' | 'reveal' | 'requester' | 'request' | 'release' | 'signal'>;
  readonly baseDir: string;
}

/**
 * Lets the driver of a definition look at the target; nothing where the target cannot be looked at.
 * Rule: at the namespace of the environment, and at those that the definition has leave for.
 * Reports: T5306.
 */
export function openLive(means: LiveMeans, definition: Pick<ResourceDefinition, 'name' | 'allowScope'>): LiveObjects | undefined {
  const { bound } = means;
  const { target } = bound;
  if (!target.read) return undefined;
  const request = describeReading(means);
  return {
    read: async (address) => {
      const namespace = address.namespace ?? bound.namespace;
      if (!mayLook(namespace, bound, definition)) return fail(diagnose('T5306', { detail: describeRefusal(address, definition.name) }));
      return (await target.read?.(request, { ...address, namespace })) ?? { value: undefined, diagnostics: [] };
    },
  };
}

function mayLook(namespace: string, { namespace: own }: BoundTarget, { allowScope }: Pick<ResourceDefinition, 'allowScope'>): boolean {
  const { namespaces } = allowScope;
  return namespace === own || namespaces === 'all' || namespaces.includes(namespace);
}

function describeRefusal({ kind, namespace, name }: LiveAddress, definition: string): string {
  return `${definition} reads the ${kind} "${name}" of the namespace "${namespace ?? ''}", which it has no leave for.`;
}

/** Who only reads has no deployment to tell of. */
function describeReading({ bound, inputs, baseDir }: LiveMeans): TargetRequest {
  const { environment, requester, release, request } = inputs;
  return {
    context: bound.context,
    inputs: bound.binding.inputs,
    baseDir,
    inventory: {},
    reveal: inputs.reveal,
    signal: inputs.signal,
    deployment: describeNoDeployment({ ref: environment, requester, release, reason: request.reason }),
  };
}
