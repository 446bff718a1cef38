import {
  canonicalValue,
  diagnose,
  hasErrors,
  isEffective,
  type Change,
  type Diagnostic,
  type Driver,
  type DriverRequest,
  type Outcome,
  type ResourceNode,
  type ResourceState,
  type StepResult,
  type Uid,
} from '../../core/index.ts';
import { lendSecrets } from '../prepare/driver-request.ts';
import { listResources } from '../prepare/prepare.ts';
import { OperationError } from '../operation-error.ts';
import type { Run } from './carry-out.ts';
import { describeFailure } from './describe-failure.ts';

/**
 * Provisions the resources of a plan in graph order.
 * Rule: only what the plan changes is touched; one that fails stops all that depends on it, the others go on; each is
 * recorded as begun before its driver is called, and with its new state afterwards.
 */
export async function provisionAll(run: Run): Promise<readonly Diagnostic[]> {
  const changes = resourceChanges(run);
  const stopped = new Set<Uid>();
  const diagnostics: Diagnostic[] = [];
  for (const node of listResources(run.prepared)) {
    const change = changes.get(node.uid);
    if (!change || !isEffective(change)) continue;
    run.slot.signal.throwIfAborted();
    const cause = node.dependsOn.find((each) => stopped.has(each));
    const problems = cause === undefined ? await provisionOne(run, node) : [await skipResource(run, node.uid, cause)];
    if (hasErrors(problems)) stopped.add(node.uid);
    diagnostics.push(...problems);
  }
  return diagnostics;
}

export function resourceChanges(run: Pick<Run, 'prepared'>): ReadonlyMap<Uid, Change> {
  const changes = new Map<Uid, Change>();
  for (const change of run.prepared.plan.changes) if (change.subject.kind === 'resource') changes.set(change.subject.uid, change);
  return changes;
}

export async function skipResource(run: Run, uid: Uid, cause: Uid): Promise<Diagnostic> {
  const detail = `not touched: ${cause} failed`;
  await record(run, [{ subject: { kind: 'resource', uid }, status: 'skipped', detail }]);
  return diagnose('T5104', { detail: `${uid} was ${detail}.` });
}

export async function provisionOne(run: Run, node: ResourceNode): Promise<readonly Diagnostic[]> {
  const state = run.prepared.resources[node.uid];
  const resolution = run.prepared.nodes.get(node.uid)?.resource;
  if (!state || !resolution) throw new OperationError('unresolved', `${node.uid} was planned without being resolved`);
  const subject = { kind: 'resource', uid: node.uid } as const;
  await record(run, [{ subject, status: 'running', resources: { [node.uid]: beginState(run, state) } }]);
  const outcome = await callDriver(run, node.uid, async (driver, request) => driver.provision(request));
  if (hasErrors(outcome.diagnostics) || !outcome.value) {
    const failed: ResourceState = { ...beginState(run, state), status: 'failed' };
    await record(run, [{ subject, status: 'failed', diagnostics: outcome.diagnostics, resources: { [node.uid]: failed } }]);
    return outcome.diagnostics;
  }
  // What its outputs are shows when its objects are ready.
  if (resolution.isCompletedLater) return outcome.diagnostics;
  const ready: ResourceState = { ...state, outputs: outcome.value.outputs, state: outcome.value.state };
  const { shared } = outcome.value;
  await record(run, [{ subject, status: 'done', resources: { [node.uid]: ready }, ...(shared && { shared }) }]);
  return outcome.diagnostics;
}

/** What its driver found out anew of a resource that no plan changes: it is to be remembered all the same. */
export async function rememberAnew(run: Run, uid: Uid): Promise<void> {
  const last = run.loaded.inputs.state.resources[uid];
  const next = run.prepared.resources[uid];
  if (!last || !next || !run.prepared.nodes.get(uid)?.resource?.isCompletedLater) return;
  if (canonicalValue(last.state) === canonicalValue(next.state)) return;
  const found: ResourceState = { ...last, outputs: next.outputs, state: next.state };
  await record(run, [{ subject: { kind: 'resource', uid }, status: 'done', detail: 'unchanged', resources: { [uid]: found } }]);
}

/** A resource that is completed later counts as provisioned only then. */
export function failResource(run: Run, { uid }: ResourceNode, diagnostics: readonly Diagnostic[]): StepResult {
  const next = run.prepared.resources[uid];
  const isOpen = next && run.prepared.nodes.get(uid)?.resource?.isCompletedLater;
  const resources = isOpen ? { [uid]: { ...beginState(run, next), status: 'failed' as const } } : undefined;
  return { subject: { kind: 'resource', uid }, status: 'failed', diagnostics, ...(resources && { resources }) };
}

/** While it is being changed a resource keeps what is known of the old one, so that nothing is lost on the way. */
function beginState(run: Run, next: ResourceState): ResourceState {
  const last = run.loaded.inputs.state.resources[next.uid];
  return { ...(last ?? { ...next, inputsDigest: '', outputs: {}, state: {} }), status: 'provisioning' };
}

/** What a driver throws is a problem of the deployment. */
export async function callDriver<T>(
  run: Run,
  uid: Uid,
  call: (driver: Driver, request: DriverRequest) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const resolution = run.prepared.nodes.get(uid)?.resource;
  const load = resolution && run.dependencies.drivers[resolution.driver];
  if (!load) throw new OperationError('driver-missing', `there is no driver "${resolution?.driver ?? ''}"`);
  const driver = await load();
  try {
    const secrets = lendSecrets(uid, run.loaded.inputs);
    return await call(driver, { ...resolution.request, secrets, signal: run.slot.signal });
  } catch (error) {
    return { diagnostics: [describeFailure(error)] };
  }
}

export async function record(run: Pick<Run, 'dependencies' | 'slot'>, steps: readonly StepResult[]): Promise<void> {
  const outcome = await run.dependencies.store.deployments.recordSteps(run.slot.lease, steps);
  const [problem] = outcome.diagnostics;
  if (problem && hasErrors(outcome.diagnostics)) throw new OperationError(problem.code, problem.detail);
}
