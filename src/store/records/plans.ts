import { randomUUID } from 'node:crypto';
import { fail, succeed, type Outcome, type PlanRecord, type PlanStore } from '../../core/index.ts';
import type { RecordContext } from './context.ts';
import { findEnvironmentId, missing } from './find-environment.ts';

export function createPlanStore(context: RecordContext): PlanStore {
  return {
    save: async (input, actor) => {
      const found = await findEnvironmentId(context.database, input);
      if (!found.value) return { diagnostics: found.diagnostics };
      const row = await context.database
        .insertInto('plans')
        .values({
          id: randomUUID(),
          environment: found.value.id,
          plan: JSON.stringify(input.plan),
          request: JSON.stringify(input.request),
          requester: actor.name,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return findPlan(context, row.id);
    },
    find: (id) => findPlan(context, id),
  };
}

async function findPlan({ database }: RecordContext, id: string): Promise<Outcome<PlanRecord>> {
  // The column is a UUID: other text would be an error of the database, not a plan that is missing.
  if (!/^[0-9a-f-]{36}$/.test(id)) return fail(missing(`plan "${id}"`));
  const row = await database
    .selectFrom('plans')
    .innerJoin('environments', 'environments.id', 'plans.environment')
    .select(['plans.id', 'plans.plan', 'plans.request', 'plans.requester', 'plans.created_at'])
    .select(['environments.project', 'environments.name'])
    .where('plans.id', '=', id)
    .executeTakeFirst();
  if (!row) return fail(missing(`plan "${id}"`));
  return succeed({
    id: row.id,
    project: row.project,
    environment: row.name,
    plan: row.plan,
    request: row.request,
    requester: row.requester,
    createdAt: row.created_at.toISOString(),
  });
}
