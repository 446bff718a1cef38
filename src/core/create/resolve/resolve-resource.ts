import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import { hasErrors } from '../../diagnostics/report.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { DerivedNode, GraphNode, ResourceGraph, ResourceNode } from '../../model/graph.ts';
import type { Platform, ResourceDefinition } from '../../model/platform.ts';
import { makeUid, type Uid } from '../../model/uid.ts';
import { isUnknown, isValueObject, type JsonObject, type Unknown, type Value, type ValueObject } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import type { ResourceIdentity } from '../../ports/driver.ts';
import type { Generate } from '../../ports/generator.ts';
import { listConsumers, listDependencies } from '../../match/neighbours.ts';
import { digestValue } from '../for-digest.ts';
import { resolveParams } from '../placeholders/resolve.ts';
import { placeInputs } from '../../read/platform/inputs-place.ts';
import { checkParams } from './contract.ts';
import type { EnvironmentScope } from './environment-scope.ts';
import { findDefinition } from './find-definition.ts';
import { evaluateLocals, failed } from './locals.ts';
import { identifyResource } from './resource-identity.ts';

/** What resolving nodes needs; the same object for every node of a walk. */
export interface ResolveContext {
  readonly deployment: DeploymentContext;
  readonly platform: Platform;
  readonly graph: ResourceGraph;
  readonly environment: EnvironmentScope;
  readonly workloads: Readonly<Record<string, DeclaredWorkload>>;
  /** Outputs of nodes that were resolved before. */
  readonly outputsOf: (uid: Uid) => ValueObject | undefined;
  readonly generate: Generate;
  /** The guid that a resource had before it was taken over. */
  readonly importedGuid?: (uid: Uid) => string | undefined;
}

/** A resource with everything evaluated that its driver is told. */
export interface ResolvedResource {
  readonly identity: ResourceIdentity;
  readonly params: ValueObject;
  /** Without `generate` and `locals`. */
  readonly inputs: ValueObject;
}

/** Digest of all that a driver is told of one resource; secrets count by their keyed hash. Only plans ask for it. */
export function digestInputs({ params, inputs }: Pick<ResolvedResource, 'params' | 'inputs'>): string {
  return digestValue({ params, inputs });
}

/**
 * Evaluates what a definition says about one resource.
 * Rule: params first, then `generate`, then `locals`, then all other inputs.
 * Reports: T31xx, T32xx, T4113, T4114, T4201.
 */
export function resolveResource(node: ResourceNode, definition: ResourceDefinition, context: ResolveContext): Outcome<ResolvedResource> {
  const { scope, identity, params, diagnostics: earlier } = scopeResource(node, definition, context);
  const { generate: _, locals: __, ...rest } = definition.inputs;
  // A provisioner file has templates of its own, and no expressions.
  const evaluated: Outcome<Value> =
    definition.tier === 'provisioner' ? { value: definition.inputs, diagnostics: [] } : evaluate(rest, scope, inputsPlace(definition));
  const diagnostics = [...earlier, ...evaluated.diagnostics];
  if (hasErrors(diagnostics) || !isValueObject(evaluated.value) || isUnknown(params)) return { diagnostics };
  const inputs = evaluated.value;
  return {
    value: { identity, params, inputs },
    diagnostics,
  };
}

interface ScopedResource {
  readonly scope: ExpressionScope;
  readonly identity: ResourceIdentity;
  /** Unknown where they could not be resolved, so that all else can still be looked at. */
  readonly params: ValueObject | Unknown;
  readonly diagnostics: readonly Diagnostic[];
}

function scopeResource(node: ResourceNode, definition: ResourceDefinition, context: ResolveContext): ScopedResource {
  const identity = identifyResource(node, context.deployment, context.importedGuid?.(node.uid));
  const resolved = resolveNodeParams(node, context);
  const problems = resolved.value ? checkParams(node, resolved.value, { platform: context.platform, definition }) : [];
  const params = resolved.value ?? failed;
  const scope: ExpressionScope = {
    ...baseScope(node, context),
    params,
    resource: { ...identity },
    generate: generateAll(node.uid, definition, context),
  };
  const place = inputsPlace(definition);
  const { locals, diagnostics } = evaluateLocals(definition.inputs['locals'], scope, { ...place, path: [...place.path, 'locals'] });
  return { scope: { ...scope, locals }, identity, params, diagnostics: [...resolved.diagnostics, ...problems, ...diagnostics] };
}

function baseScope(node: ResourceNode, context: ResolveContext): ExpressionScope {
  const { graph, environment } = context;
  return {
    context: environment.context,
    target: environment.target,
    workloads: environment.workloads,
    outputsOf: (reference) =>
      context.outputsOf(makeUid({ type: reference.type, class: reference.class ?? node.class, id: reference.id ?? node.id })),
    consumers: (type) => listConsumers(graph, node.uid, type).map((each) => describeNode(each, context)),
    dependencies: (type) => listDependencies(graph, node.uid, type).map((each) => describeNode(each, context)),
  };
}

/** What `select` shows of a node. */
function describeNode(node: GraphNode, context: ResolveContext): ValueObject {
  if (node.kind === 'workload') {
    const service = context.environment.workloads[node.workload];
    const ports = Object.entries(context.workloads[node.workload]?.ports ?? {}).toSorted(([left], [right]) => compareText(left, right));
    return {
      name: node.workload,
      type: 'workload',
      uid: node.uid,
      profile: node.match.name,
      ports: Object.fromEntries(ports.map(([name, port]) => [name, { ...port }])),
      ...(isValueObject(service) && service),
    };
  }
  const outputs = context.outputsOf(node.uid);
  const { type, class: className, id, uid } = node;
  return { name: id, type, class: className, id, uid, ...(outputs && { outputs }) };
}

/** Params of a need, from wherever they come. */
export function resolveNodeParams(node: ResourceNode | DerivedNode, context: ResolveContext): Outcome<ValueObject> {
  const { paramsFrom, params } = node;
  switch (paramsFrom.kind) {
    case 'expression':
      return resolveParentParams(node, paramsFrom.parent, context);
    case 'none':
      return { value: params, diagnostics: [] };
    default: {
      const workload = paramsFrom.kind === 'score' ? context.workloads[paramsFrom.workload] : undefined;
      return resolveParams(params, placeholderScope(node.siblings, workload?.metadata ?? {}, context), paramsPlace(node));
    }
  }
}

/** The scope of the placeholders of one owner's needs. */
export function placeholderScope(needs: Readonly<Record<string, Uid>>, metadata: JsonObject, context: Pick<ResolveContext, 'outputsOf'>) {
  return {
    metadata,
    needNames: Object.keys(needs),
    isEnvironment: (name: string) => Object.hasOwn(needs, name) && (needs[name]?.startsWith('environment.') ?? false),
    outputsOf: (name: string) => {
      const uid = Object.hasOwn(needs, name) ? needs[name] : undefined;
      return uid === undefined ? undefined : context.outputsOf(uid);
    },
  };
}

/** Params that another definition gives along: expressions in that resource's scope. */
function resolveParentParams(node: ResourceNode | DerivedNode, parent: Uid, context: ResolveContext): Outcome<ValueObject> {
  const parentNode = context.graph.nodes[parent];
  invariant(parentNode?.kind === 'resource', `${parent}, which provisions ${node.uid} along, is a resource`);
  const definition = findDefinition(context.platform, parentNode.match.name);
  invariant(definition, `the definition ${parentNode.match.name} of ${parent} exists`);
  const { scope, diagnostics } = scopeResource(parentNode, definition, context);
  // The parent says itself what is wrong with it.
  if (hasErrors(diagnostics)) return { diagnostics };
  const evaluated = evaluate(node.params, scope, coProvisionPlace(node, parentNode, definition));
  return isValueObject(evaluated.value)
    ? { value: evaluated.value, diagnostics: evaluated.diagnostics }
    : { diagnostics: evaluated.diagnostics };
}

/** Where the parent's definition asks for a resource: the first entry that can mean it. */
function coProvisionPlace(node: ResourceNode | DerivedNode, parent: ResourceNode, definition: ResourceDefinition): Place {
  const entry = definition.coProvision.find(
    (each) => each.type === node.type && (each.class ?? parent.class) === node.class && (each.id ?? parent.id) === node.id,
  );
  const place = entry?.place ?? definition.place;
  return { ...place, path: [...place.path, 'params'] };
}

function generateAll(uid: Uid, definition: ResourceDefinition, context: ResolveContext): ValueObject {
  const entries = definition.inputs['generate'];
  const generated: Record<string, Value> = {};
  if (typeof entries !== 'object' || entries === null) return generated;
  for (const [name, specification] of Object.entries(entries)) {
    if (isSpecification(specification)) generated[name] = context.generate({ uid, name, specification });
  }
  return generated;
}

function isSpecification(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inputsPlace(definition: ResourceDefinition): Place {
  return placeInputs(definition);
}

function paramsPlace(node: ResourceNode | DerivedNode): Place {
  const place = node.needs.find((each) => each.need.params)?.need.place;
  return place ? { ...place, path: [...place.path, 'params'] } : { file: '', document: 0, path: [] };
}
