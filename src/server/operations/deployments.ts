import type { OperationInput } from '../../contract/index.ts';
import {
  hasErrors,
  succeed,
  type DeploymentRecord,
  type DeploymentRequest,
  type EnvironmentRef,
  type Outcome,
  type SourceText,
} from '../../core/index.ts';
import type { DeployCall } from '../../engine/index.ts';
import type { RecordServices } from '../services.ts';
import { showDeployment, showWithPlan } from '../views/deployment.ts';
import { showDiff } from '../views/diff.ts';
import { refOf } from './environment-view.ts';
import { followDeployment } from './follow-deployment.ts';
import { locatedInDeployment, locatedInRelease } from './locate-problems.ts';
import { onRecords, type Handler } from './handler.ts';
import { findPlan } from './plans.ts';
import { readChange } from './read-change.ts';

const pageLength = 50;

export const handlers: readonly Handler[] = [
  onRecords('deployments.create', async (call) => {
    const ref = refOf(call.input);
    const order = await readOrder(call, ref, call.input.body);
    if (!order.value) return { diagnostics: order.diagnostics };
    const accepted = await call.engine.deploy(ref, order.value.request, { actor: call.caller.actor, ...order.value.options });
    return locatedInRelease(call, { ref, texts: order.value.texts }, showAccepted(accepted, order.diagnostics));
  }),
  onRecords('deployments.list', async ({ store, input }) => {
    const { limit = pageLength, before } = input;
    // One more than asked for says whether there is a next page.
    const { value, diagnostics } = await store.deployments.list(refOf(input), {
      limit: limit + 1,
      ...(before !== undefined && { before }),
    });
    if (!value) return { diagnostics };
    const page = value.slice(0, limit);
    const last = value.length > limit ? page.at(-1) : undefined;
    return succeed({ deployments: page.map(showDeployment), ...(last && { next: last.number }) }, diagnostics);
  }),
  onRecords('deployments.show', async (call) => {
    const { value, diagnostics } = await call.store.deployments.find(refOf(call.input), call.input.number);
    if (!value) return { diagnostics };
    const found = await locatedInDeployment(call, value, { diagnostics: value.diagnostics });
    return succeed(showWithPlan({ ...value, diagnostics: found.diagnostics }), diagnostics);
  }),
  onRecords('deployments.steps', async (call) => {
    const { value, diagnostics } = await call.store.deployments.find(refOf(call.input), call.input.number);
    if (!value) return { diagnostics };
    const steps = await call.store.deployments.steps(value.id);
    const located = steps.map(async (step) => ({ ...step, diagnostics: (await locatedInDeployment(call, value, step)).diagnostics }));
    return succeed({ steps: await Promise.all(located) }, diagnostics);
  }),
  onRecords('deployments.events', async ({ store, engine, input, signal }) => {
    const { value, diagnostics } = await store.deployments.find(refOf(input), input.number);
    if (!value) return { diagnostics };
    return succeed(
      followDeployment(store, {
        ref: refOf(input),
        id: value.id,
        number: value.number,
        after: input.after ?? 0,
        isTakenOver: engine.takesOver,
        signal,
      }),
      diagnostics,
    );
  }),
  onRecords('deployments.diff', async ({ store, input }) => {
    const ref = refOf(input);
    const [before, after] = await Promise.all([store.deployments.snapshot(ref, input.from), store.deployments.snapshot(ref, input.to)]);
    if (!before.value || !after.value) return { diagnostics: [...before.diagnostics, ...after.diagnostics] };
    return succeed(showDiff({ number: input.from, snapshot: before.value }, { number: input.to, snapshot: after.value }));
  }),
  onRecords('deployments.cancel', async ({ store, input, caller }) =>
    showAccepted(await store.deployments.cancel(refOf(input), input.number, caller.actor), []),
  ),
  onRecords('deployments.resume', async ({ engine, input, caller }) =>
    showAccepted(await engine.resume(refOf(input), { actor: caller.actor }), []),
  ),
];

function showAccepted(
  { value, diagnostics }: Outcome<DeploymentRecord>,
  before: Outcome<unknown>['diagnostics'],
): Outcome<ReturnType<typeof showDeployment>> {
  const all = [...before, ...diagnostics];
  return value && !hasErrors(all) ? succeed(showWithPlan(value), all) : { diagnostics: all };
}

interface ReadOrder {
  readonly request: DeploymentRequest;
  readonly options: Omit<DeployCall, 'actor'>;
  readonly texts: readonly SourceText[];
}

/** A saved plan with what it was made of, or a change that is planned as it is carried out. */
async function readOrder(
  services: RecordServices,
  ref: EnvironmentRef,
  body: OperationInput<'deployments.create'>['body'],
): Promise<Outcome<ReadOrder>> {
  const confirm = body.confirm === undefined ? {} : { confirm: body.confirm };
  if ('plan' in body) {
    const { value: plan, diagnostics } = await findPlan(services, ref, body.plan);
    if (!plan) return { diagnostics };
    const options = { plan: { id: plan.id, digest: plan.plan.digest }, ...confirm };
    return succeed({ request: plan.request, options, texts: [] }, diagnostics);
  }
  const { value, diagnostics } = await readChange(services, ref, body.change);
  return value ? succeed({ ...value, options: confirm }, diagnostics) : { diagnostics };
}
