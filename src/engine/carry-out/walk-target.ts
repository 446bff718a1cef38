import {
  canonicalValue,
  diagnose,
  hasErrors,
  isEffective,
  type Diagnostic,
  type GraphNode,
  type ObjectKey,
  type Outcome,
  type RenderedObject,
  type ResourceNode,
  type StepResult,
  type TargetReceipt,
  type TargetRequest,
  type Uid,
} from '../../core/index.ts';
import { listHooks } from '../prepare/list-hooks.ts';
import { listObjects } from '../prepare/prepare.ts';
import type { Run } from './carry-out.ts';
import { completeNode, isCompletedLater } from './complete-node.ts';
import { sayFarewell } from './farewell.ts';
import { inGraphOrder } from './in-graph-order.ts';
import { openLearning, type Learning } from './learning.ts';
import { growInventory, mergeSteps, settleInventory, shrinkInventory } from './inventory.ts';
import { openCourse, type Course } from './plan-further.ts';
import { failResource, provisionOne, record, rememberAnew, resourceChanges, skipResource } from './provision.ts';
import { beginWorkloads, endWorkload, endWorkloads, failWorkload, workloadChanges } from './workload-steps.ts';
import { runHooks } from './run-hooks.ts';
import { callTarget, describeTargetRequest, describeWrite } from './write-target.ts';

/** Nodes that are carried out at once, at most. */
const nodesAtOnce = 8;

/**
 * Carries a plan out node by node: each resource is provisioned, its objects are applied and have to be ready before what depends on it begins.
 * Rule: what no plan changes is not touched; a node that fails stops its dependents, the others go on. Nothing is removed unless all went well;
 * the inventory is grown before a write, and shrunk after it is confirmed gone (domain.md §7).
 */
export async function walkTarget(run: Run): Promise<Outcome<Walked>> {
  const { removed } = describeWrite(run, []);
  const walk: Walk = {
    ...openCourse(run),
    begun: run,
    request: describeTargetRequest(run),
    learning: openLearning(run, (course) => Object.assign(walk, course)),
    workloads: new Set(workloadChanges(run).flatMap(({ subject }) => (subject.kind === 'workload' ? [subject.name] : []))),
    stopped: new Set(),
    diagnostics: [],
    receipts: [],
  };
  await record(run, mergeSteps([...beginWorkloads(run), ...growInventory(run, listObjects(run.prepared))]));
  if (await writeObjects(walk, run.prepared.loose)) {
    const { graph } = run.prepared;
    const nodes = graph.order.flatMap((uid) => graph.nodes[uid] ?? []);
    await inGraphOrder(nodes, nodesAtOnce, (node) => carryNode(walk, node));
  }
  if (hasErrors(walk.diagnostics)) return { diagnostics: walk.diagnostics };
  walk.diagnostics.push(...(await runHooks(walk.run, { request: walk.request, time: 'after' })));
  if (hasErrors(walk.diagnostics)) return { diagnostics: walk.diagnostics };
  await removeObjects(walk, removed);
  walk.diagnostics.push(...(hasErrors(walk.diagnostics) ? [] : await sayFarewell(run)));
  if (hasErrors(walk.diagnostics)) return { diagnostics: walk.diagnostics };
  const { value, diagnostics } = await finish(walk);
  return value ? { value: { receipt: value, run: walk.run }, diagnostics } : { diagnostics };
}

/** Where the result lies, and all that is known in the end. */
export interface Walked {
  readonly receipt: TargetReceipt;
  readonly run: Run;
}

/** The course is another one as soon as more is known. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Walk extends Mutable<Course> {
  /** As it was approved. */
  readonly begun: Run;
  readonly request: TargetRequest;
  readonly learning: Learning;
  readonly workloads: ReadonlySet<string>;
  /** Nodes that failed, and those that were not touched because of them. */
  readonly stopped: Set<Uid>;
  readonly diagnostics: Diagnostic[];
  readonly receipts: TargetReceipt[];
}

async function carryNode(walk: Walk, node: GraphNode): Promise<void> {
  const { run, stopped } = walk;
  run.slot.signal.throwIfAborted();
  const cause = node.dependsOn.find((each) => stopped.has(each));
  const isDone = cause === undefined ? await carryOne(walk, node) : await skipNode(walk, node, cause);
  if (!isDone) stopped.add(node.uid);
}

async function carryOne(walk: Walk, node: GraphNode): Promise<boolean> {
  const refused = walk.refused.get(node.uid);
  if (refused) return fail(walk, node, refused);
  if (node.kind === 'resource') return carryResource(walk, node);
  const { run } = walk;
  const isWritten = await writeNode(walk, node);
  if (isWritten && node.kind === 'workload' && walk.workloads.has(node.workload)) await record(run, endWorkload(run, node.workload));
  return isWritten;
}

async function carryResource(walk: Walk, node: ResourceNode): Promise<boolean> {
  const { run } = walk;
  if (!(await isResourceChanging(walk, node))) return writeNode(walk, node);
  const problems = await provisionOne(run, node);
  walk.diagnostics.push(...problems);
  if (hasErrors(problems) || !(await writeNode(walk, node))) return false;
  return isCompletedLater(run, node) ? completeOne(walk, node) : true;
}

async function writeNode(walk: Walk, node: GraphNode): Promise<boolean> {
  const objects = walk.run.prepared.nodes.get(node.uid)?.objects ?? [];
  return (await writeBeforeHooks(walk, objects, node)) && writeObjects(walk, objects, node);
}

/** What hooks read is written before they run: configuration, secrets and accounts. */
const readByHooks: readonly string[] = ['ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'ExternalSecret'];

async function writeBeforeHooks(walk: Walk, objects: readonly RenderedObject[], node: GraphNode): Promise<boolean> {
  const { run, request } = walk;
  if (listHooks(run.prepared, run.prepared.plan, 'before').every((hook) => hook.node !== node.uid)) return true;
  const isRead = ({ body }: RenderedObject): boolean => readByHooks.some((kind) => body['kind'] === kind);
  if (!(await writeObjects(walk, objects.filter(isRead), node))) return false;
  const said = await runHooks(run, { request, time: 'before', node: node.uid });
  if (hasErrors(said)) return fail(walk, node, said);
  walk.diagnostics.push(...said);
  return true;
}

/** Whether it is to be provisioned. What only might have had to be is not, and done. */
async function isResourceChanging({ run, begun, resources }: Walk, { uid }: ResourceNode): Promise<boolean> {
  const change = resources.get(uid);
  if (change && isEffective(change)) return true;
  const wasOpen = begun !== run && resourceChanges(begun).get(uid)?.action === 'unknown';
  if (wasOpen) await record(run, [{ subject: { kind: 'resource', uid }, status: 'done', detail: 'unchanged' }]);
  else await rememberAnew(run, uid);
  return false;
}

/** Reads what a resource turned out to be; what depends on it goes by that. */
async function completeOne(walk: Walk, node: ResourceNode): Promise<boolean> {
  const { run } = walk;
  const completed = await completeNode(run, node, walk.request);
  if (!completed.value) return fail(walk, node, completed.diagnostics);
  walk.diagnostics.push(...completed.diagnostics);
  const expected = run.prepared.nodes.get(node.uid)?.outputs ?? {};
  if (canonicalValue(expected) === canonicalValue(completed.value.outputs)) return true;
  const problems = await walk.learning.learn(node.uid, completed.value.state);
  return hasErrors(problems) ? fail(walk, node, problems) : true;
}

/** Applies what changes among the objects of a node, and waits until it is ready. */
async function writeObjects(walk: Walk, objects: readonly RenderedObject[], node?: GraphNode): Promise<boolean> {
  const { run, request } = walk;
  const changed = objects.map(({ key }) => key).filter((key) => walk.changed.has(key));
  if (changed.length === 0) return true;
  const { target } = run.prepared.bound;
  const applied = await callTarget(run, () => target.apply(request, { desired: objects, changed, removed: [] }));
  if (!applied.value || hasErrors(applied.diagnostics)) return fail(walk, node, applied.diagnostics);
  walk.receipts.push(applied.value);
  const written = objects.filter(({ key }) => walk.changed.has(key));
  await record(run, mergeSteps(settleInventory(run, written, applied.value).map(markRunning)));
  const ready = await callTarget(run, async () => (await target.awaitReady?.(request, written)) ?? { value: undefined, diagnostics: [] });
  if (hasErrors(ready.diagnostics)) return fail(walk, node, [...applied.diagnostics, ...ready.diagnostics]);
  walk.diagnostics.push(...applied.diagnostics, ...ready.diagnostics);
  await record(run, mergeSteps(settleInventory(run, written, applied.value)));
  return true;
}

/** Written, and waited for. */
function markRunning(step: StepResult): StepResult {
  return { ...step, status: 'running' };
}

async function fail(walk: Walk, node: GraphNode | undefined, diagnostics: readonly Diagnostic[]): Promise<false> {
  walk.diagnostics.push(...diagnostics);
  if (node?.kind === 'workload') await record(walk.run, failWorkload(node.workload, diagnostics));
  if (node?.kind === 'resource') await record(walk.run, [failResource(walk.run, node, diagnostics)]);
  return false;
}

async function skipNode(walk: Walk, node: GraphNode, cause: Uid): Promise<false> {
  const { run } = walk;
  if (node.kind === 'resource') {
    const change = walk.resources.get(node.uid);
    if (change && isEffective(change)) walk.diagnostics.push(await skipResource(run, node.uid, cause));
  }
  if (node.kind === 'workload' && walk.workloads.has(node.workload)) {
    const detail = `The workload "${node.workload}" was not touched: ${cause} failed.`;
    const diagnostics = [diagnose('T5104', { detail })];
    walk.diagnostics.push(...diagnostics);
    await record(run, [
      { subject: { kind: 'workload', name: node.workload }, status: 'skipped', detail: `not touched: ${cause} failed`, diagnostics },
    ]);
  }
  return false;
}

/** Dependents before what they depend on, as the plan lists them. */
async function removeObjects(walk: Walk, removed: readonly ObjectKey[]): Promise<void> {
  const { run, request } = walk;
  if (removed.length > 0) {
    const pruned = await callTarget(run, () => run.prepared.bound.target.prune(request, removed));
    walk.diagnostics.push(...pruned.diagnostics);
    const survivors = new Set(pruned.value ? (pruned.value.survivors ?? []) : removed);
    if (pruned.value) walk.receipts.push(pruned.value);
    await record(
      run,
      shrinkInventory(
        run,
        removed.filter((key) => !survivors.has(key)),
      ),
    );
    if (survivors.size > 0) return;
  }
  await record(
    run,
    endWorkloads(run).filter(({ detail }) => detail === 'removed'),
  );
}

/** A target that was not written to is asked where its results lie all the same. */
async function finish({ run, request, receipts, diagnostics }: Walk): Promise<Outcome<TargetReceipt>> {
  const last = receipts.at(-1);
  if (last) return { value: last, diagnostics };
  const asked = await callTarget(run, () => run.prepared.bound.target.apply(request, { desired: [], changed: [], removed: [] }));
  return { ...asked, diagnostics: [...diagnostics, ...asked.diagnostics] };
}
