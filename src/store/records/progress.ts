import { sql } from 'kysely';
import {
  fail,
  succeed,
  type DeploymentEnd,
  type DeploymentRecord,
  type DeploymentStatus,
  type JsonObject,
  type Lease,
  type Outcome,
  type Plan,
  type StepResult,
  type Subject,
} from '../../core/index.ts';
import type { DatabaseTransaction } from '../database.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { columnsOfRecord, toRecord } from './deployment-row.ts';
import { missing } from './find-environment.ts';
import { lockFenced } from './leases.ts';
import { saveStateChange } from './state-change.ts';

interface Fenced {
  readonly transaction: DatabaseTransaction;
  readonly environment: string;
  readonly project: string;
  readonly name: string;
  readonly number: number;
}

/** Runs a write under the fence, in one transaction. */
async function writeFenced<T>({ database }: RecordContext, lease: Lease, write: (fenced: Fenced) => Promise<T>): Promise<Outcome<T>> {
  return database.transaction().execute(async (transaction) => {
    const locked = await lockFenced(transaction, lease);
    if (!locked.value) return { diagnostics: locked.diagnostics };
    return succeed(await write({ transaction, ...locked.value }));
  });
}

export async function setStatus(context: RecordContext, lease: Lease, status: DeploymentStatus): Promise<Outcome<void>> {
  return writeFenced(context, lease, async (fenced) => {
    await fenced.transaction.updateTable('deployments').set({ status }).where('id', '=', lease.deployment).execute();
    await announce(fenced, lease, { type: 'deployment.status', data: { number: fenced.number, status } });
  });
}

export async function savePlan(context: RecordContext, lease: Lease, plan: Plan): Promise<Outcome<void>> {
  return writeFenced(context, lease, async ({ transaction }) => {
    await transaction
      .updateTable('deployments')
      .set({ plan: JSON.stringify(plan) })
      .where('id', '=', lease.deployment)
      .execute();
  });
}

export async function noteIrreversible(context: RecordContext, lease: Lease, name: string): Promise<Outcome<void>> {
  return writeFenced(context, lease, async ({ transaction }) => {
    const names = JSON.stringify([name]);
    await transaction
      .updateTable('deployments')
      .set({
        irreversible: sql<string>`case when irreversible @> ${names}::jsonb then irreversible else irreversible || ${names}::jsonb end`,
      })
      .where('id', '=', lease.deployment)
      .execute();
  });
}

export async function recordSteps(context: RecordContext, lease: Lease, steps: readonly StepResult[]): Promise<Outcome<void>> {
  return writeFenced(context, lease, async (fenced) => {
    for (const step of steps) {
      await upsertStep(fenced.transaction, lease, step);
      await saveStateChange(fenced.transaction, fenced.environment, step);
      await announce(fenced, lease, { type: 'deployment.step', data: describeStep(step) });
    }
  });
}

async function upsertStep(transaction: DatabaseTransaction, lease: Lease, step: StepResult): Promise<void> {
  const columns = {
    subject: JSON.stringify(step.subject),
    status: step.status,
    detail: step.detail ?? null,
    diagnostics: JSON.stringify(step.diagnostics ?? []),
    changed_at: sql<Date>`now()`,
  };
  await transaction
    .insertInto('deployment_steps')
    .values({ deployment: lease.deployment, subject_key: keyOfSubject(step.subject), ...columns })
    .onConflict((conflict) => conflict.columns(['deployment', 'subject_key']).doUpdateSet(columns))
    .execute();
}

function describeStep(step: StepResult): JsonObject {
  return {
    subject: { ...step.subject },
    status: step.status,
    ...(step.detail !== undefined && { detail: step.detail }),
  };
}

export async function finishDeployment(context: RecordContext, lease: Lease, end: DeploymentEnd): Promise<Outcome<DeploymentRecord>> {
  return writeFenced(context, lease, async (fenced) => {
    const { transaction, environment } = fenced;
    await transaction
      .updateTable('environments')
      .set({
        revision: sql<number>`revision + 1`,
        ...(end.target && { target: JSON.stringify(end.target) }),
        ...(end.release !== undefined && { release: end.release }),
      })
      .where('id', '=', environment)
      .execute();
    await transaction
      .updateTable('deployments')
      .set({
        status: end.status,
        diagnostics: JSON.stringify(end.diagnostics),
        snapshot: end.snapshot ? JSON.stringify(end.snapshot) : null,
        location: end.location ?? null,
        next_command: end.nextCommand ?? null,
        revision: end.revision ?? null,
        finished_at: sql<Date>`now()`,
      })
      .where('id', '=', lease.deployment)
      .execute();
    await writeAudit(transaction, {
      actor: { name: 'tutti' },
      action: 'deployment.end',
      subject: `${fenced.project}/${fenced.name}#${fenced.number}`,
      detail: { status: end.status },
    });
    await announce(fenced, lease, { type: 'deployment.status', data: { number: fenced.number, status: end.status } });
    const row = await columnsOfRecord(transaction).where('deployments.id', '=', lease.deployment).executeTakeFirstOrThrow();
    return toRecord(row);
  });
}

/** Rule: only where no lease was ever given for it; so nothing of it was carried out. */
export async function withdrawDeployment(
  { database }: RecordContext,
  id: string,
  end: Pick<DeploymentEnd, 'status' | 'diagnostics'>,
): Promise<Outcome<DeploymentRecord>> {
  return database.transaction().execute(async (transaction) => {
    const changed = await transaction
      .updateTable('deployments')
      .set({ status: end.status, diagnostics: JSON.stringify(end.diagnostics), finished_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('status', '=', 'queued')
      .where('fence', 'is', null)
      .executeTakeFirst();
    const row = await columnsOfRecord(transaction).where('deployments.id', '=', id).executeTakeFirst();
    if (!row) return fail(missing(`deployment ${id}`));
    const record = toRecord(row);
    if (changed.numUpdatedRows === 0n) return succeed(record);
    const { project, environment, number } = record;
    const subject = `${project}/${environment}#${number}`;
    await writeAudit(transaction, { actor: { name: 'tutti' }, action: 'deployment.end', subject, detail: { status: end.status } });
    const data = { number, status: end.status };
    await writeEvent(transaction, { type: 'deployment.status', project, environment, deployment: id, data });
    return succeed(record);
  });
}

async function announce(fenced: Fenced, lease: Lease, event: { readonly type: string; readonly data: JsonObject }): Promise<void> {
  await writeEvent(fenced.transaction, {
    ...event,
    project: fenced.project,
    environment: fenced.name,
    deployment: lease.deployment,
  });
}

function keyOfSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'resource':
      return `resource ${subject.uid}`;
    case 'workload':
      return `workload ${subject.name}`;
    default:
      return `object ${subject.key}`;
  }
}
