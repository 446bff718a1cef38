import type { Database, DatabaseTransaction } from '../database.ts';
import { hasEnded, type DeploymentRecord } from '../../core/index.ts';

/** All that a record shows but its plan, which may be large. */
export function columnsOfRecord(database: Database | DatabaseTransaction) {
  return database
    .selectFrom('deployments')
    .innerJoin('environments', 'environments.id', 'deployments.environment')
    .select([
      'deployments.id',
      'deployments.number',
      'deployments.status',
      'deployments.kind',
      'deployments.requester',
      'deployments.reason',
      'deployments.release',
      'deployments.location',
      'deployments.next_command',
      'deployments.revision',
      'deployments.diagnostics',
      'deployments.irreversible',
      'deployments.created_at',
      'deployments.started_at',
      'deployments.finished_at',
      'environments.project',
      'environments.name as environment',
    ])
    .select((expression) => expression('deployments.lease_until', '<', expression.fn<Date>('now', [])).as('is_expired'));
}

type RecordRow = Awaited<ReturnType<ReturnType<typeof columnsOfRecord>['executeTakeFirstOrThrow']>>;

export function toRecord(row: RecordRow): DeploymentRecord {
  return {
    id: row.id,
    project: row.project,
    environment: row.environment,
    number: row.number,
    status: row.status,
    kind: row.kind,
    requester: row.requester,
    reason: row.reason,
    release: row.release,
    ...(row.location !== null && { location: row.location }),
    ...(row.next_command !== null && { nextCommand: row.next_command }),
    ...(row.revision !== null && { revision: row.revision }),
    diagnostics: row.diagnostics,
    irreversible: row.irreversible,
    createdAt: row.created_at.toISOString(),
    ...(row.started_at && { startedAt: row.started_at.toISOString() }),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
    isInterrupted: !hasEnded(row.status) && Boolean(row.is_expired),
  };
}
