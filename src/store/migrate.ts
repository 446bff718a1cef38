import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const lockId = 7_270_118;
const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings the database to the newest schema.
 * Rule: forward only, each file in a transaction of its own, under a lock, so that any number of processes may start
 * at once.
 */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockId]);
    await client.query('create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())');
    return await applyMissing(client);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockId]).catch(() => undefined);
    client.release();
  }
}

async function applyMissing(client: pg.PoolClient): Promise<readonly string[]> {
  const applied = await client.query<{ name: string }>('select name from migrations');
  const known = new Set(applied.rows.map((row) => row.name));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const missing = files.filter((name) => !known.has(name));
  for (const name of missing) await applyOne(client, name);
  return missing;
}

async function applyOne(client: pg.PoolClient, name: string): Promise<void> {
  const text = await readFile(new URL(name, folder), 'utf8');
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
