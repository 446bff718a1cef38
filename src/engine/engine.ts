import {
  checkConfirmation,
  diagnose,
  fail,
  hasErrors,
  type Actor,
  type DeploymentRecord,
  type DeploymentRequest,
  type EnvironmentRef,
  type Outcome,
  type PlanRecord,
  type ResourceGraph,
  type ScoreState,
  type TargetObservation,
} from '../core/index.ts';
import { carryOut, loadReserved } from './carry-out/carry-out.ts';
import type { EngineDependencies } from './dependencies.ts';
import { look, observe } from './look.ts';
import { openRuntime, type OpenRuntime } from './open-runtime.ts';
import { importState, type ImportedState } from './import-state.ts';
import { serveQueue, type ServedQueue } from './serve-queue.ts';

/** Plans and carries out what is asked of environments in the store. */
export interface Engine {
  /** Makes a plan, reserves its seeds and saves it; nothing else is written. */
  plan(ref: EnvironmentRef, request: DeploymentRequest, call: EngineCall): Promise<Outcome<PlannedDeployment>>;
  /** Accepts a deployment and begins to carry it out; the record is that of the acceptance. */
  deploy(ref: EnvironmentRef, request: DeploymentRequest, call: DeployCall): Promise<Outcome<DeploymentRecord>>;
  /** Takes over what a project of the Score tools remembers. */
  importState(ref: EnvironmentRef, state: ScoreState, call: EngineCall): Promise<Outcome<ImportedState>>;
  /** Asks the target what is there of what was deployed; nothing where it cannot say. */
  look(ref: EnvironmentRef, call: LookCall): Promise<Outcome<TargetObservation | undefined>>;
  /** Reads what is there of what was deployed, whatever the target; health only where it can say. */
  observe(ref: EnvironmentRef, call: LookCall): Promise<Outcome<TargetObservation>>;
  /** Opens what runs of an environment: its instances, what they write, and what can be done to them. */
  openRuntime(ref: EnvironmentRef, call: LookCall): Promise<Outcome<OpenRuntime>>;
  /** Goes on with a deployment whose process is gone. */
  resume(ref: EnvironmentRef, call: EngineCall): Promise<Outcome<DeploymentRecord>>;
  /** Whether what another process has left is gone on with without anybody's asking. */
  readonly takesOver: boolean;
  /** Waits until a deployment that this process carries out of its own accord has ended. */
  waitFor(id: string): Promise<void>;
  /** Carries out what is in the queue, from now until it is closed. Only where there is one. */
  serve(): Promise<void>;
  /** Stops what is on its way, waits until it has, and takes on nothing more. */
  close(): Promise<void>;
}

export interface EngineCall {
  readonly actor: Actor;
}

export interface LookCall extends EngineCall {
  readonly signal: AbortSignal;
}

export interface DeployCall extends EngineCall {
  /** A saved plan that is to be carried out as it is. */
  readonly plan?: { readonly id: string; readonly digest: string };
  /** The digest of a plan with brakes that a person confirmed. */
  readonly confirm?: string;
}

export interface PlannedDeployment {
  readonly record: PlanRecord;
  readonly graph: ResourceGraph;
}

/** Makes the engine of a process. */
export function createEngine(dependencies: EngineDependencies): Engine {
  const running = new Map<string, Promise<void>>();
  const controller = new AbortController();

  const { queue } = dependencies;
  let served: Promise<ServedQueue> | undefined;

  const begin = async (deployment: DeploymentRecord): Promise<void> => {
    // What does not get into the queue now is found and put there later.
    if (queue) return queue.add(deployment).catch(() => undefined);
    const done = carryOut(dependencies, deployment, { signal: controller.signal })
      .catch(() => undefined)
      .then(() => {
        running.delete(deployment.id);
      });
    running.set(deployment.id, done);
  };

  return {
    plan: (ref, request, call) => planDeployment(dependencies, { ref, request, call, signal: controller.signal }),
    deploy: async (ref, request, call) => {
      const accepted = await acceptDeployment(dependencies, { ref, request, call });
      if (accepted.value) await begin(accepted.value);
      return accepted;
    },
    importState: (ref, state, { actor }) => importState(dependencies, ref, { state, actor }),
    look: (ref, call) => look(dependencies, ref, call),
    observe: (ref, call) => observe(dependencies, ref, call),
    openRuntime: (ref, call) => openRuntime(dependencies, ref, call),
    resume: async (ref) => {
      const found = await findInterrupted(dependencies, ref);
      if (found.value) await begin(found.value);
      return found;
    },
    takesOver: queue !== undefined,
    waitFor: async (id) => running.get(id),
    serve: async () => {
      if (queue) await (served ??= serveQueue(dependencies, queue, controller.signal));
    },
    close: async () => {
      controller.abort(new DOMException('the process is stopping', 'AbortError'));
      await Promise.all(running.values());
      await ((await served) ?? queue)?.close();
    },
  };
}

interface PlanTask {
  readonly ref: EnvironmentRef;
  readonly request: DeploymentRequest;
  readonly call: EngineCall;
  readonly signal: AbortSignal;
}

async function planDeployment(dependencies: EngineDependencies, task: PlanTask): Promise<Outcome<PlannedDeployment>> {
  const { ref, request, call, signal } = task;
  const reserved = await loadReserved(dependencies, ref, { request, requester: call.actor, signal });
  if (!reserved.value) return { diagnostics: reserved.diagnostics };
  const { plan, graph } = reserved.value.prepared;
  const saved = await dependencies.store.plans.save({ ...ref, plan, request }, call.actor);
  const diagnostics = [...reserved.diagnostics, ...saved.diagnostics];
  return saved.value ? { value: { record: saved.value, graph }, diagnostics } : { diagnostics };
}

async function acceptDeployment(
  dependencies: EngineDependencies,
  task: { readonly ref: EnvironmentRef; readonly request: DeploymentRequest; readonly call: DeployCall },
): Promise<Outcome<DeploymentRecord>> {
  const { ref, request, call } = task;
  const { plan } = call;
  if (plan) {
    const saved = await dependencies.store.plans.find(plan.id);
    if (!saved.value) return { diagnostics: saved.diagnostics };
    const refusals = checkConfirmation(saved.value.plan, call.confirm);
    if (hasErrors(refusals)) return { diagnostics: refusals };
  }
  return dependencies.store.deployments.create(
    {
      ...ref,
      request,
      ...(plan && { planId: plan.id, approvedDigest: plan.digest }),
      ...(call.confirm !== undefined && { confirm: call.confirm }),
      isQueued: dependencies.queue !== undefined,
    },
    call.actor,
  );
}

/** The oldest deployment that has not ended and that nobody carries out. */
async function findInterrupted(dependencies: EngineDependencies, ref: EnvironmentRef): Promise<Outcome<DeploymentRecord>> {
  const recent = await dependencies.store.deployments.list(ref, { limit: 100 });
  if (!recent.value) return { diagnostics: recent.diagnostics };
  const interrupted = recent.value.filter((deployment) => deployment.isInterrupted).at(-1);
  if (interrupted) return { value: interrupted, diagnostics: [] };
  return fail(diagnose('T5105', { detail: `No deployment of ${ref.project}/${ref.environment} was interrupted.` }));
}
