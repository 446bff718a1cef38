import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { EnvironmentValue } from '../../ports/store.ts';
import type { JsonObject, Value, ValueObject } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';

/** What is the same for every node of an environment. */
export interface EnvironmentScope {
  /** What expressions see as `context`. */
  readonly context: ValueObject;
  /** What expressions see as `target`. */
  readonly target: ValueObject;
  /** What expressions see as `workloads`. */
  readonly workloads: ValueObject;
  /** The environment's values: also the outputs of needs of type `environment`. */
  readonly values: ValueObject;
}

export interface EnvironmentScopeRequest {
  readonly context: DeploymentContext;
  readonly values: readonly EnvironmentValue[];
  readonly targetInputs: JsonObject;
  readonly namespace: string;
  readonly workloads: readonly DeclaredWorkload[];
}

/** Gathers what expressions and placeholders can name everywhere in an environment. */
export function scopeEnvironment(request: EnvironmentScopeRequest): EnvironmentScope {
  const values = Object.fromEntries(request.values.map((each) => [each.key, valueOf(each)]));
  const { context } = request;
  return {
    values,
    context: {
      project: context.project,
      environment: context.environment,
      environmentType: context.environmentType,
      target: context.target,
      format: context.format,
      labels: context.labels,
      slug: context.slug,
      values,
    },
    target: { ...request.targetInputs, namespace: request.namespace },
    workloads: Object.fromEntries(request.workloads.map((workload) => [workload.name, { service: describeService(workload) }])),
  };
}

function valueOf(value: EnvironmentValue): Value {
  if (value.value !== undefined) return value.value;
  const ref = { kind: 'stored', key: value.key, version: value.version } as const;
  return { $tutti: 'secret', ref, hash: value.hash ?? '' };
}

/**
 * The address of a workload: derived, never provisioned. Within an environment its name is its host.
 * Rule: `port` is the port of the first name in order of names: the order of a file means nothing.
 */
export function describeService(workload: DeclaredWorkload): ValueObject {
  const names = Object.keys(workload.ports).toSorted(compareText);
  const ports = Object.fromEntries(names.map((name) => [name, workload.ports[name]?.port ?? null]));
  const [first] = Object.values(ports);
  return { ...describeAbsentService(workload.name), ports, ...(first !== undefined && { port: first }) };
}

/** What can be said of a workload that is not there: its name. */
export function describeAbsentService(name: string): ValueObject {
  return { name, host: name, hostname: name };
}
