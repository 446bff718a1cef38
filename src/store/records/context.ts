import type { Actor, JsonObject } from '../../core/index.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** What every group of records works with. */
export interface RecordContext {
  readonly database: Database;
  readonly keyring: Keyring;
  /** Names this process in leases. */
  readonly holder: string;
}

export interface AuditEntry {
  readonly actor: Actor;
  readonly action: string;
  readonly subject: string;
  readonly detail?: JsonObject;
}

/** Writes who did what, in the transaction that does it. */
export async function writeAudit(transaction: DatabaseTransaction, entry: AuditEntry): Promise<void> {
  await transaction
    .insertInto('audit')
    .values({
      actor: entry.actor.name,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}

export interface NewEvent {
  readonly type: string;
  readonly project?: string;
  readonly environment?: string;
  readonly deployment?: string;
  readonly data?: JsonObject;
}

/** Writes an event, in the transaction that it tells of. */
export async function writeEvent(transaction: DatabaseTransaction, event: NewEvent): Promise<void> {
  await transaction
    .insertInto('events')
    .values({
      type: event.type,
      project: event.project ?? null,
      environment: event.environment ?? null,
      deployment: event.deployment ?? null,
      data: JSON.stringify(event.data ?? {}),
    })
    .execute();
}
