import { diagnose, fail, hasErrors, succeed, type EnvironmentRef, type Outcome, type PlanRecord } from '../../core/index.ts';
import type { RecordServices } from '../services.ts';
import { showPlanRecord } from '../views/plan.ts';
import { refOf } from './environment-view.ts';
import { locatedInRelease } from './locate-problems.ts';
import { onRecords, type Handler } from './handler.ts';
import { readChange } from './read-change.ts';

export const handlers: readonly Handler[] = [
  onRecords('plans.create', async (call) => {
    const ref = refOf(call.input);
    const change = await readChange(call, ref, call.input.body);
    if (!change.value) return { diagnostics: change.diagnostics };
    const planned = await call.engine.plan(ref, change.value.request, { actor: call.caller.actor });
    const diagnostics = [...change.diagnostics, ...planned.diagnostics];
    const isPlanned = planned.value && !hasErrors(diagnostics);
    const outcome = isPlanned ? succeed(showPlanRecord(planned.value.record), diagnostics) : { diagnostics };
    const { request, texts } = change.value;
    return locatedInRelease(call, { ref, release: request.toRelease, texts }, outcome);
  }),
  onRecords('plans.show', async (call) => {
    const { value, diagnostics } = await findPlan(call, call.input, call.input.plan);
    return value ? succeed(showPlanRecord(value), diagnostics) : { diagnostics };
  }),
];

/** Finds a plan of this environment. Reports: T7201, T8016. */
export async function findPlan({ store }: RecordServices, ref: EnvironmentRef, id: string): Promise<Outcome<PlanRecord>> {
  const found = await store.plans.find(id);
  if (!found.value) return found;
  const { project, environment } = found.value;
  if (project === ref.project && environment === ref.environment) return found;
  return fail(
    diagnose('T8016', { detail: `The plan ${id} was made for ${project}/${environment}, not for ${ref.project}/${ref.environment}.` }),
  );
}
