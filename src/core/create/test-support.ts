import { invariant } from '../diagnostics/invariant.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { buildGraph } from '../match/build-graph.ts';
import { listAllDependencies } from '../match/neighbours.ts';
import type { DeploymentContext } from '../model/context.ts';
import { digestOf } from '../model/digest.ts';
import type { GraphNode } from '../model/graph.ts';
import type { Platform, ResourceDefinition } from '../model/platform.ts';
import type { RenderedObject } from '../model/rendering.ts';
import { makeUid, type Uid } from '../model/uid.ts';
import {
  isSecret,
  isSecretText,
  isUnknown,
  isValueObject,
  type Json,
  type Secret,
  type SecretText,
  type Value,
  type ValueObject,
} from '../model/value.ts';
import type { DeclaredWorkload } from '../model/workload.ts';
import type { EnvironmentValue } from '../ports/store.ts';
import type { Generate } from '../ports/generator.ts';
import { printDocuments } from '../read/print-yaml.ts';
import { readPlatform } from '../read/platform/read-platform.ts';
import { readScore, type ScoreSource } from '../read/score/score.ts';
import { builtinPlatform, mergePlatforms } from './builtin/builtin-platform.ts';
import { generateValue, isSecretSpecification } from './generate/generate-value.ts';
import { checkObjects } from './render/check-objects.ts';
import { renderManifests } from './render/render-manifests.ts';
import { renderWorkload } from './render/render-workload.ts';
import { checkOutputs } from './resolve/contract.ts';
import { describeAbsentService, scopeEnvironment } from './resolve/environment-scope.ts';
import { findDefinition } from './resolve/find-definition.ts';
import { resolveResource, type ResolveContext, type ResolvedResource } from './resolve/resolve-resource.ts';
import { resolveWorkload } from './resolve/resolve-workload.ts';

export const testContext: DeploymentContext = {
  project: 'shop',
  environment: 'staging',
  environmentType: 'staging',
  target: 'cluster',
  format: 'kubernetes',
  incarnation: 1,
  slug: 'shop-staging-0000000000',
  labels: { region: 'eu' },
};

/** What the whole way of the core is tested with: text in. */
export interface TestInput {
  readonly score: string | readonly string[];
  readonly platform?: string;
  readonly values?: readonly Partial<EnvironmentValue>[];
  readonly context?: Partial<DeploymentContext>;
  readonly attachments?: ScoreSource['attachments'];
  /** Outputs in place of those of the definitions, by type: unknowns, for instance. */
  readonly outputs?: (node: GraphNode) => ValueObject | undefined;
}

export interface TestRendering {
  readonly objects: readonly RenderedObject[];
  readonly resources: readonly ResolvedResource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Goes the whole way of the core, as the engine does: read, match, resolve, render. */
export function renderAll(input: TestInput): TestRendering {
  const texts = typeof input.score === 'string' ? [input.score] : input.score;
  const workloads = expectValue(
    readScore(
      texts.map((text, index) => ({ file: `score-${index}.yaml`, text, ...(input.attachments && { attachments: input.attachments }) })),
    ),
  );
  return renderDeclared(workloads, input);
}

function readPlatformText(text: string | undefined): Platform {
  const builtin = builtinPlatform();
  return text === undefined ? builtin : mergePlatforms(expectValue(readPlatform([{ file: 'platform.yaml', text }])), builtin);
}

export function renderDeclared(workloads: readonly DeclaredWorkload[], input: Omit<TestInput, 'score'>): TestRendering {
  const run = openRun(workloads, input);
  const objects: RenderedObject[] = [];
  const resources: ResolvedResource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const uid of run.context.graph.order) {
    const node = run.context.graph.nodes[uid];
    if (!node) continue;
    const result = goThrough(node, run);
    diagnostics.push(...result.diagnostics);
    objects.push(...(result.value?.objects ?? []));
    if (result.value?.resource) resources.push(result.value.resource);
    run.objects.set(uid, result.value?.objects ?? []);
    if (result.value) run.outputs.set(uid, input.outputs?.(node) ?? result.value.outputs);
  }
  return { objects, resources, diagnostics: [...diagnostics, ...checkObjects(objects)] };
}

interface Run {
  readonly context: ResolveContext;
  readonly outputs: Map<Uid, ValueObject>;
  readonly objects: Map<Uid, readonly RenderedObject[]>;
}

const namespace = 'shop-staging';

function openRun(workloads: readonly DeclaredWorkload[], input: Omit<TestInput, 'score'>): Run {
  const platform = readPlatformText(input.platform);
  const deployment = { ...testContext, ...input.context };
  const graph = expectValue(buildGraph({ platform, context: deployment, workloads }));
  const values = (input.values ?? []).map((value) => ({ key: '', version: 1, changedAt: '', changedBy: '', ...value }));
  const outputs = new Map<Uid, ValueObject>();
  return {
    outputs,
    objects: new Map(),
    context: {
      deployment,
      platform,
      graph,
      environment: scopeEnvironment({ context: deployment, values, targetInputs: { cluster: 'eu-1' }, namespace, workloads }),
      workloads: Object.fromEntries(workloads.map((each) => [each.name, each])),
      outputsOf: (uid) => outputs.get(uid),
      generate: generateForTest,
    },
  };
}

const generateForTest: Generate = ({ uid, name, specification }) => {
  const value = expectValue(generateValue(digestOf([uid, name]), specification, 1));
  return isSecretSpecification(specification) ? makeTestSecret(uid, name) : value;
};

export function makeTestSecret(uid: Uid = makeUid({ type: 'postgres', id: 'api.db' }), name = 'password'): Secret {
  return { $tutti: 'secret', ref: { kind: 'generated', uid, name }, hash: digestOf(['keyed', uid, name]) };
}

interface NodeOutcome {
  readonly outputs: ValueObject;
  readonly objects: readonly RenderedObject[];
  readonly resource?: ResolvedResource;
}

function goThrough(node: GraphNode, { context, objects }: Run): Outcome<NodeOutcome> {
  if (node.kind === 'resource') return provide(node, context);
  if (node.kind === 'derived') return { value: { outputs: derive(node, context), objects: [] }, diagnostics: [] };
  const declared = context.workloads[node.workload];
  const profile = context.platform.profiles.find((each) => each.name === node.match.name);
  invariant(declared && profile, 'the workload and its profile exist');
  const resolved = resolveWorkload(node, declared, context);
  if (!resolved.value) return { diagnostics: resolved.diagnostics };
  const { deployment, environment } = context;
  const resourceObjects = listAllDependencies(context.graph, node.uid).flatMap((uid) => objects.get(uid) ?? []);
  const request = { node: node.uid, resolved: resolved.value, profile, context: deployment, environment, namespace, resourceObjects };
  const rendered = renderWorkload(request);
  return rendered.value
    ? { value: { outputs: {}, objects: rendered.value }, diagnostics: rendered.diagnostics }
    : { diagnostics: rendered.diagnostics };
}

function derive(node: Extract<GraphNode, { kind: 'derived' }>, { environment }: ResolveContext): ValueObject {
  if (node.type === 'environment') return environment.values;
  const workload = environment.workloads[node.workload ?? ''];
  const service = isValueObject(workload) ? workload['service'] : undefined;
  return isValueObject(service) ? service : describeAbsentService(node.workload ?? '');
}

function provide(node: Extract<GraphNode, { kind: 'resource' }>, context: ResolveContext): Outcome<NodeOutcome> {
  const definition = findDefinition(context.platform, node.match.name);
  invariant(definition, 'the definition exists');
  const resolved = resolveResource(node, definition, context);
  if (!resolved.value) return { diagnostics: resolved.diagnostics };
  const outputs = toMap(resolved.value.inputs['outputs']);
  const rendered = renderManifests({
    node: node.uid,
    definition,
    manifests: listManifests(resolved.value.inputs['manifests']),
    context: context.deployment,
    namespace,
  });
  const diagnostics = [...checkOutputs(definition, outputs, context.platform), ...rendered.diagnostics];
  return rendered.value ? { value: { outputs, objects: rendered.value, resource: resolved.value }, diagnostics } : { diagnostics };
}

function toMap(value: Value | undefined): ValueObject {
  return isValueObject(value) ? value : {};
}

function listManifests(value: Value | undefined): readonly ValueObject[] {
  return Array.isArray(value) ? value.filter(isValueObject) : [];
}

/** The manifests of one definition, for tests of rendering alone. */
export function renderForTest(manifests: readonly ValueObject[], parts: Partial<ResourceDefinition> = {}, context = testContext) {
  const place = { file: 'platform.yaml', document: 0, path: [] };
  const definition: ResourceDefinition = {
    name: 'test',
    type: 'thing',
    place,
    digest: '',
    tier: 'configured',
    match: [],
    driver: 'template',
    inputs: {},
    coProvision: [],
    allowScope: { isCluster: false, namespaces: [] },
    ...parts,
  };
  return renderManifests({ node: makeUid({ type: 'thing', id: 'web.thing' }), definition, manifests, context, namespace });
}

/** Objects as YAML, with secrets and unknowns in a form that shows what they are made of. */
export function printObjects(objects: readonly RenderedObject[]): string {
  return printDocuments(objects.map((object) => spell(object.body)));
}

/** The object of a kind and name. */
export function findBody(rendering: { readonly objects: readonly RenderedObject[] }, kind: string, name: string): Json {
  const found = rendering.objects.find(({ key }) => key.includes(`/${kind}:`) && key.endsWith(`/${name}`));
  invariant(found, `there is a ${kind} ${name} among ${rendering.objects.map(({ key }) => key).join(', ')}`);
  return spell(found.body);
}

export function spell(value: Value): Json {
  if (isSecret(value) || isSecretText(value)) return spellSecret(value);
  if (isUnknown(value)) return '?';
  if (isList(value)) return value.map(spell);
  return isValueObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spell(each)])) : value;
}

function spellSecret(value: Secret | SecretText): string {
  if (isSecret(value)) return `‹${'name' in value.ref ? value.ref.name : value.ref.key}›`;
  const text = value.parts.map((part) => (typeof part === 'string' ? part : spellSecret(part))).join('');
  return value.encoding === undefined ? text : `${value.encoding}(${text})`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function expectValue<T>(outcome: Outcome<T>): T {
  const { value, diagnostics } = outcome;
  invariant(value !== undefined, diagnostics.map((each) => `${each.code} ${each.detail}`).join('\n'));
  return value;
}

/** `T4105 detail`, for comparing. */
export function listProblems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): readonly string[] {
  return diagnostics.map((each) => `${each.code} ${each.detail}`);
}
