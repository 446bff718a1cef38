import { compareText } from '../../model/compare.ts';
import { canonicalJson } from '../../model/digest.ts';
import type { DeploymentContext, Format } from '../../model/context.ts';
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
    workloads: Object.fromEntries(request.workloads.map((workload) => [workload.name, serviceScope(workload, context.format)])),
  };
}

type ServiceScopes = WeakMap<DeclaredWorkload, ValueObject>;

const services: Readonly<Record<Format, ServiceScopes>> = { kubernetes: new WeakMap(), compose: new WeakMap() };

function serviceScope(workload: DeclaredWorkload, format: Format): ValueObject {
  const known = services[format].get(workload) ?? { service: describeService(workload, format) };
  services[format].set(workload, known);
  return known;
}

/** The earlier scope where the new one says the same, so that the same object means the same scope. */
export function keepScope(before: EnvironmentScope, now: EnvironmentScope): EnvironmentScope {
  const isSame = isSameValue(before.context, now.context) && isSameValue(before.target, now.target);
  return isSame && isSameValue(before.values, now.values) && areSameServices(before.workloads, now.workloads) ? before : now;
}

function areSameServices(before: ValueObject, now: ValueObject): boolean {
  const names = Object.keys(now);
  return names.length === Object.keys(before).length && names.every((name) => isSameValue(before[name], now[name]));
}

function isSameValue(before: Value | undefined, now: Value | undefined): boolean {
  return before === now || (before !== undefined && now !== undefined && canonicalJson(before) === canonicalJson(now));
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
export function describeService(workload: DeclaredWorkload, format: Format): ValueObject {
  const names = Object.keys(workload.ports).toSorted(compareText);
  const ports = Object.fromEntries(names.map((name) => [name, findPort(workload, name, format) ?? null]));
  const [first] = Object.values(ports);
  return { ...describeAbsentService(workload.name), ports, ...(first !== undefined && { port: first }) };
}

/**
 * The number under which others reach a port of a workload.
 * Rule: found by its name, else by its number; in Kubernetes it is that of the Service, in Compose, where nothing translates, that of the container.
 */
export function findPort({ ports }: DeclaredWorkload, wanted: string | number, format: Format): number | undefined {
  const named = Object.hasOwn(ports, wanted) ? ports[wanted] : undefined;
  const found = named ?? Object.values(ports).find(({ port }) => port === Number(wanted));
  return format === 'compose' ? found?.targetPort : found?.port;
}

/** What can be said of a workload that is not there: its name. */
export function describeAbsentService(name: string): ValueObject {
  return { name, host: name, hostname: name };
}
