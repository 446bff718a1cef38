import {
  checkConfirmation,
  comparePlans,
  compareRemaining,
  diagnose,
  hasErrors,
  reportStale,
  type DeploymentRecord,
  type Diagnostic,
  nameSubject,
  type EnvironmentRef,
  type Lease,
  type Outcome,
  type Subject,
} from '../../core/index.ts';
import type { EngineDependencies } from '../dependencies.ts';
import { loadInputs, type LoadedInputs } from '../load-inputs.ts';
import { describeFailure } from './describe-failure.ts';
import { prepare } from '../prepare/prepare.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { holdSlot, type HeldSlot } from './hold-slot.ts';
import { nodeOf } from '../node-of.ts';
import { provisionAll } from './provision.ts';
import { takeSnapshot } from './snapshot.ts';
import { walkTarget, type Walked } from './walk-target.ts';
import { writeTarget } from './write-target.ts';

/** One deployment on its way, with all that its steps need. */
export interface Run {
  readonly dependencies: EngineDependencies;
  readonly deployment: DeploymentRecord;
  readonly ref: EnvironmentRef;
  readonly slot: HeldSlot;
  readonly loaded: LoadedInputs;
  readonly prepared: Prepared;
}

export interface CarryOutOptions {
  /** Ends it, as cancelled. */
  readonly signal: AbortSignal;
  /** When the process stops it is left as it stands, for another one to go on with. */
  readonly isHandedOn?: boolean;
}

/** A deployment during which so many processes were killed ends them itself, as far as anybody can tell. */
const attemptsMax = 5;

/** Thrown when a deployment is left as it stands. */
class LeftForAnother extends Error {
  constructor() {
    super('the process is stopping, and leaves the deployment to another');
  }
}

/**
 * Carries a deployment out, from waiting for its turn to its end.
 *
 * The states: it waits (`queued`) until the environment is its; plans again from what is there (`planning`) and compares
 * with what was approved; provisions resources in graph order (`provisioning`); writes the target (`applying`); looks at
 * the result (`verifying`); and ends. Whatever is thrown on the way ends it as `failed`, with the reason; a lost lease
 * ends it here without a word, since somebody else goes on.
 * Reports: T5108, and whatever is reported on the way.
 */
export async function carryOut(
  dependencies: EngineDependencies,
  deployment: DeploymentRecord,
  options: CarryOutOptions,
): Promise<Outcome<DeploymentRecord>> {
  const { deployments } = dependencies.store;
  const { id } = deployment;
  const claim = { holder: dependencies.holder, isPatient: options.isHandedOn === true };
  const held = await holdSlot(deployments, { id, claim, signal: options.signal });
  if (!held.value && isLeft(options)) throw new LeftForAnother();
  if (!held.value)
    return deployments.withdraw(id, { status: options.signal.aborted ? 'cancelled' : 'failed', diagnostics: held.diagnostics });
  const slot = held.value;
  try {
    return await runToEnd(dependencies, deployment, slot);
  } catch (error) {
    if (slot.isLost()) return { diagnostics: [describeFailure(error)] };
    if (isLeft(options)) {
      await deployments.release(slot.lease);
      throw new LeftForAnother();
    }
    const cancelledBy = slot.cancelledBy();
    if (cancelledBy !== undefined) return await endCancelled(dependencies, slot.lease, cancelledBy);
    const status = options.signal.aborted ? 'cancelled' : 'failed';
    return await deployments.finish(slot.lease, { status, diagnostics: [describeFailure(error)] });
  } finally {
    slot.release();
  }
}

/** Says what was under way, for nobody knows what became of it. */
async function endCancelled({ store }: EngineDependencies, lease: Lease, by: string): Promise<Outcome<DeploymentRecord>> {
  const steps = await store.deployments.steps(lease.deployment);
  const unknown = steps.filter(({ status }) => status === 'running').map(({ subject }) => nameSubject(subject));
  const known = unknown.length === 0 ? 'Nothing was under way.' : `Under way, and not known what became of it: ${unknown.join(', ')}.`;
  return store.deployments.finish(lease, {
    status: 'cancelled',
    diagnostics: [diagnose('T5109', { detail: `Cancelled by ${by}. ${known}` })],
  });
}

function isLeft({ signal, isHandedOn }: CarryOutOptions): boolean {
  return signal.aborted && isHandedOn === true;
}

async function runToEnd(
  dependencies: EngineDependencies,
  deployment: DeploymentRecord,
  slot: HeldSlot,
): Promise<Outcome<DeploymentRecord>> {
  const { store } = dependencies;
  if (slot.lease.attempt > attemptsMax) return store.deployments.finish(slot.lease, { status: 'failed', diagnostics: [giveUp()] });
  await store.deployments.setStatus(slot.lease, 'planning');
  const planned = await planAgain(dependencies, deployment, slot);
  slot.signal.throwIfAborted();
  if (!planned.value) return store.deployments.finish(slot.lease, { status: 'failed', diagnostics: planned.diagnostics });
  const run = planned.value;
  const warnings = planned.diagnostics;
  await store.deployments.savePlan(slot.lease, run.prepared.plan);
  await store.deployments.setStatus(slot.lease, 'provisioning');
  const written = run.prepared.bound.target.isGathering ? await provisionThenWrite(run) : await walkNodesOf(run);
  if (!written.value) {
    // What was cut short has not failed.
    slot.signal.throwIfAborted();
    return store.deployments.finish(slot.lease, { status: 'failed', diagnostics: [...warnings, ...written.diagnostics] });
  }
  const { receipt } = written.value;
  await store.deployments.setStatus(slot.lease, 'verifying');
  const { release, request } = run.loaded.inputs;
  return store.deployments.finish(slot.lease, {
    status: 'succeeded',
    diagnostics: [...warnings, ...written.diagnostics],
    target: run.prepared.bound.binding,
    ...(request.kind !== 'deploy' && { release }),
    snapshot: takeSnapshot(written.value.run),
    location: receipt.location,
    ...(receipt.nextCommand !== undefined && { nextCommand: receipt.nextCommand }),
    ...(receipt.revision !== undefined && { revision: receipt.revision }),
  });
}

function giveUp(): Diagnostic {
  return diagnose('T5108', { detail: `The process that carried it out has ended ${attemptsMax} times on the way. Nobody tries again.` });
}

/** All resources first, then everything that was rendered in one write. */
async function provisionThenWrite(run: Run): Promise<Outcome<Walked>> {
  const provisioned = await provisionAll(run);
  if (hasErrors(provisioned)) return { diagnostics: provisioned };
  await run.dependencies.store.deployments.setStatus(run.slot.lease, 'applying');
  const { value, diagnostics } = await writeTarget(run);
  return value ? { value: { receipt: value, run }, diagnostics } : { diagnostics };
}

/** Resources and workloads in graph order, each applied before what depends on it. */
async function walkNodesOf(run: Run): Promise<Outcome<Walked>> {
  await run.dependencies.store.deployments.setStatus(run.slot.lease, 'applying');
  return walkTarget(run);
}

/** Plans from what is there now, and stops where that is not what was approved. */
async function planAgain(dependencies: EngineDependencies, deployment: DeploymentRecord, slot: HeldSlot): Promise<Outcome<Run>> {
  const { store } = dependencies;
  const { project, environment } = deployment;
  const ref: EnvironmentRef = { project, environment };
  const accepted = await store.deployments.request(deployment.id);
  if (!accepted.value) return { diagnostics: accepted.diagnostics };
  const { request, approvedDigest, confirm } = accepted.value;
  const loaded = await loadReserved(dependencies, ref, { request, requester: { name: deployment.requester }, signal: slot.signal });
  if (!loaded.value) return { diagnostics: loaded.diagnostics };
  const { prepared, ...rest } = loaded.value;
  const refusals = [
    ...(await findStale(dependencies, deployment, { prepared, approvedDigest })),
    ...checkConfirmation(prepared.plan, confirm ?? approvedDigest),
  ];
  if (refusals.length > 0) return { diagnostics: refusals };
  return {
    value: { dependencies, deployment, ref, slot, loaded: rest.loaded, prepared },
    diagnostics: loaded.diagnostics,
  };
}

interface Reserved {
  readonly loaded: LoadedInputs;
  readonly prepared: Prepared;
}

/**
 * Prepares and reserves the seeds that were made on the way.
 * Rule: where another plan has reserved one in the meantime that one stands, so it is prepared once more with it.
 */
export async function loadReserved(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  plan: Parameters<typeof loadInputs>[2],
): Promise<Outcome<Reserved>> {
  for (;;) {
    const loaded = await loadInputs(dependencies, ref, plan);
    if (!loaded.value) return { diagnostics: loaded.diagnostics };
    const prepared = await prepare(dependencies, loaded.value.inputs, loaded.value.revealing);
    const diagnostics = [...loaded.diagnostics, ...prepared.diagnostics];
    if (!prepared.value) return { diagnostics };
    const added = loaded.value.inputs.seeds.added();
    const kept = await dependencies.store.seeds.reserve(ref, added);
    if (!kept.value) return { diagnostics: kept.diagnostics };
    const isOurs = added.every((seed) =>
      kept.value?.some((each) => each.uid === seed.uid && each.name === seed.name && each.seed === seed.seed),
    );
    if (isOurs) return { value: { loaded: loaded.value, prepared: prepared.value }, diagnostics };
  }
}

async function findStale(
  dependencies: EngineDependencies,
  deployment: DeploymentRecord,
  { prepared, approvedDigest }: { readonly prepared: Prepared; readonly approvedDigest: string | undefined },
): Promise<readonly Diagnostic[]> {
  const { store } = dependencies;
  const found = await store.deployments.find(deployment, deployment.number);
  const begun = found.value?.plan;
  if (begun) {
    // Taken over: what was done already is recorded, and what remains has to be of the plan that was begun.
    const steps = await store.deployments.steps(deployment.id);
    const recorded = new Set(steps.map((step) => JSON.stringify(step.subject)));
    const nodes = new Set(steps.map((step) => nodeOf(step.subject)));
    // Objects are written with their node: what was begun of it may be there in part, or as a whole.
    const isRecorded = (subject: Subject): boolean =>
      recorded.has(JSON.stringify(subject)) || (subject.kind === 'object' && nodes.has(subject.node));
    return reportStale(compareRemaining(begun, prepared.plan, isRecorded));
  }
  if (approvedDigest === undefined || approvedDigest === prepared.plan.digest) return [];
  const approved = found.value && (await findApproved(dependencies, deployment));
  return approved
    ? reportStale(comparePlans(approved, prepared.plan))
    : reportStale([{ subject: { kind: 'workload', name: '*' }, reason: 'the plan that was approved is not this one' }]);
}

async function findApproved(dependencies: EngineDependencies, deployment: DeploymentRecord) {
  const accepted = await dependencies.store.deployments.request(deployment.id);
  const planId = accepted.value?.planId;
  return planId === undefined ? undefined : (await dependencies.store.plans.find(planId)).value?.plan;
}
