import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import {
  fail,
  succeed,
  type Actor,
  type DeploymentRecord,
  type DeploymentSnapshot,
  type DeploymentStep,
  type DeploymentStore,
  type EnvironmentRef,
  type NewDeployment,
  type Outcome,
} from '../../core/index.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { cancelDeployment } from './cancel.ts';
import { columnsOfRecord, toRecord } from './deployment-row.ts';
import { findEnvironmentId, missing } from './find-environment.ts';
import { acquireSlot, extendLease, leaseUntil, queueHolder, releaseLease } from './leases.ts';
import { listWaiting } from './list-waiting.ts';
import { finishDeployment, noteIrreversible, recordSteps, withdrawDeployment, savePlan, setStatus } from './progress.ts';

export function createDeploymentStore(context: RecordContext): DeploymentStore {
  return {
    create: (input, actor) => createDeployment(context, input, actor),
    find: (ref, number) => findDeployment(context, ref, number),
    list: (ref, page) => listDeployments(context, ref, page),
    request: (id) => loadRequest(context, id),
    steps: (id) => listSteps(context, id),
    snapshot: (ref, number) => loadSnapshot(context, ref, number),
    acquire: (id, claim) => acquireSlot(context, id, claim),
    release: (lease) => releaseLease(context, lease),
    listWaiting: () => listWaiting(context),
    withdraw: (id, end) => withdrawDeployment(context, id, end),
    heartbeat: (lease) => extendLease(context, lease),
    cancel: (ref, number, actor) => cancelDeployment(context, { ref, number, actor }),
    setStatus: (lease, status) => setStatus(context, lease, status),
    savePlan: (lease, plan) => savePlan(context, lease, plan),
    noteIrreversible: (lease, name) => noteIrreversible(context, lease, name),
    recordSteps: (lease, steps) => recordSteps(context, lease, steps),
    finish: (lease, end) => finishDeployment(context, lease, end),
  };
}

async function createDeployment(
  { database, holder }: RecordContext,
  input: NewDeployment,
  actor: Actor,
): Promise<Outcome<DeploymentRecord>> {
  return database.transaction().execute(async (transaction) => {
    const found = await findEnvironmentId(transaction, input);
    if (!found.value) return { diagnostics: found.diagnostics };
    // Counting locks the row, so numbers follow the order in which deployments were accepted.
    const counted = await transaction
      .updateTable('environments')
      .set({ deployments: sql<number>`deployments + 1` })
      .where('id', '=', found.value.id)
      .returning(['deployments', 'release'])
      .executeTakeFirstOrThrow();
    const id = randomUUID();
    await transaction
      .insertInto('deployments')
      .values({
        id,
        environment: found.value.id,
        number: counted.deployments,
        status: 'queued',
        kind: input.request.kind,
        request: JSON.stringify(input.request),
        plan_id: input.planId ?? null,
        approved_digest: input.approvedDigest ?? null,
        confirmed_digest: input.confirm ?? null,
        plan: null,
        requester: actor.name,
        reason: input.request.reason,
        release: input.request.toRelease ?? counted.release,
        snapshot: null,
        holder: input.isQueued === true ? queueHolder : holder,
        lease_until: leaseUntil,
      })
      .execute();
    const subject = `${input.project}/${input.environment}#${counted.deployments}`;
    await writeAudit(transaction, { actor, action: 'deployment.create', subject, detail: { kind: input.request.kind } });
    await writeEvent(transaction, {
      type: 'deployment.status',
      project: input.project,
      environment: input.environment,
      deployment: id,
      data: { number: counted.deployments, status: 'queued' },
    });
    const row = await columnsOfRecord(transaction).where('deployments.id', '=', id).executeTakeFirstOrThrow();
    return succeed(toRecord(row));
  });
}

async function findDeployment({ database }: RecordContext, ref: EnvironmentRef, number: number): Promise<Outcome<DeploymentRecord>> {
  const found = await findEnvironmentId(database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const row = await columnsOfRecord(database)
    .select('deployments.plan')
    .where('deployments.environment', '=', found.value.id)
    .where('deployments.number', '=', number)
    .executeTakeFirst();
  if (!row) return fail(missing(`deployment ${number} of ${ref.project}/${ref.environment}`));
  return succeed({ ...toRecord(row), ...(row.plan && { plan: row.plan }) });
}

async function listDeployments(
  { database }: RecordContext,
  ref: EnvironmentRef,
  page: { readonly limit: number; readonly before?: number },
): Promise<Outcome<readonly DeploymentRecord[]>> {
  const found = await findEnvironmentId(database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  let query = columnsOfRecord(database)
    .where('deployments.environment', '=', found.value.id)
    .orderBy('deployments.number', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('deployments.number', '<', page.before);
  const rows = await query.execute();
  return succeed(rows.map(toRecord));
}

async function loadRequest({ database }: RecordContext, id: string): ReturnType<DeploymentStore['request']> {
  const row = await database
    .selectFrom('deployments')
    .select(['request', 'approved_digest', 'confirmed_digest', 'plan_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return fail(missing(`deployment ${id}`));
  return succeed({
    request: row.request,
    ...(row.approved_digest !== null && { approvedDigest: row.approved_digest }),
    ...(row.plan_id !== null && { planId: row.plan_id }),
    ...(row.confirmed_digest !== null && { confirm: row.confirmed_digest }),
  });
}

async function listSteps({ database }: RecordContext, id: string): Promise<readonly DeploymentStep[]> {
  const rows = await database.selectFrom('deployment_steps').selectAll().where('deployment', '=', id).orderBy('ordinal').execute();
  return rows.map((row) => ({
    subject: row.subject,
    status: row.status,
    ...(row.detail !== null && { detail: row.detail }),
    diagnostics: row.diagnostics,
    changedAt: row.changed_at.toISOString(),
  }));
}

async function loadSnapshot({ database }: RecordContext, ref: EnvironmentRef, number: number): Promise<Outcome<DeploymentSnapshot>> {
  const found = await findEnvironmentId(database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const row = await database
    .selectFrom('deployments')
    .select(['snapshot', 'status'])
    .where('environment', '=', found.value.id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row?.snapshot) return succeed(row.snapshot);
  const what = `${ref.project}/${ref.environment}`;
  if (!row) return fail(missing(`deployment ${number} of ${what}`));
  return fail(missing(`record of what deployment ${number} of ${what} deployed (it is ${row.status})`));
}
