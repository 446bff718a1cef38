import {
  diagnose,
  hasErrors,
  isEffective,
  type Change,
  type Diagnostic,
  type ResourceNode,
  type ResourceState,
  type StepResult,
  type Uid,
} from '../../core/index.ts';
import { lendSecrets } from '../prepare/driver-request.ts';
import { listResources } from '../prepare/prepare.ts';
import type { ResourceResolution } from '../prepare/prepared.ts';
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
  const outcome = await callDriver(run, resolution);
  if (hasErrors(outcome.diagnostics) || !outcome.value) {
    const failed: ResourceState = { ...beginState(run, state), status: 'failed' };
    await record(run, [{ subject, status: 'failed', diagnostics: outcome.diagnostics, resources: { [node.uid]: failed } }]);
    return outcome.diagnostics;
  }
  const ready: ResourceState = { ...state, outputs: outcome.value.outputs, state: outcome.value.state };
  const { shared } = outcome.value;
  await record(run, [{ subject, status: 'done', resources: { [node.uid]: ready }, ...(shared && { shared }) }]);
  return outcome.diagnostics;
}

/** While it is being changed a resource keeps what is known of the old one, so that nothing is lost on the way. */
function beginState(run: Run, next: ResourceState): ResourceState {
  const last = run.loaded.inputs.state.resources[next.uid];
  return { ...(last ?? { ...next, inputsDigest: '', outputs: {}, state: {} }), status: 'provisioning' };
}

async function callDriver(run: Run, resolution: ResourceResolution) {
  const load = run.dependencies.drivers[resolution.driver];
  if (!load) throw new OperationError('driver-missing', `there is no driver "${resolution.driver}"`);
  const driver = await load();
  try {
    const { request } = resolution;
    const secrets = lendSecrets(request.resource.uid, run.loaded.inputs);
    return await driver.provision({ ...request, secrets, signal: run.slot.signal });
  } catch (error) {
    return { value: undefined, diagnostics: [describeFailure(error)] };
  }
}

export async function record(run: Pick<Run, 'dependencies' | 'slot'>, steps: readonly StepResult[]): Promise<void> {
  const outcome = await run.dependencies.store.deployments.recordSteps(run.slot.lease, steps);
  const [problem] = outcome.diagnostics;
  if (problem && hasErrors(outcome.diagnostics)) throw new OperationError(problem.code, problem.detail);
}
