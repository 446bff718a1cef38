import { randomBytes } from 'node:crypto';

import { Client, escapeIdentifier } from 'pg';
import { inject, onTestFinished } from 'vitest';

import { invariant } from '../../src/core/index.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';

/** Nothing of a test run has to survive a power failure. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '150' };

/** Serialises the making of templates among the processes of a run. */
const templateLock = 7_000_001;

let server: Promise<string> | undefined;

/** Makes a database of its own for a test, as a copy of a template; it is dropped after the test. */
export async function createTestDatabase(template = 'template1'): Promise<string> {
  const { connectionString, drop } = await createDatabase(template);
  onTestFinished(drop);
  return connectionString;
}

/** The same for several tests of a file: the caller drops it. */
async function createDatabase(template = 'template1'): Promise<{ readonly connectionString: string; readonly drop: () => Promise<void> }> {
  const maintenance = await openServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(maintenance, `create database ${name} template ${escapeIdentifier(template)}`);
  return {
    connectionString: nameDatabase(maintenance, name),
    drop: () => run(maintenance, `drop database if exists ${name} with (force)`),
  };
}

/**
 * Makes a template for `createTestDatabase`, once in a test run: whoever comes first fills it, for instance with the
 * schema. The filling has to close its connections.
 */
export async function prepareTemplate(name: string, fill: (connectionString: string) => Promise<void>): Promise<void> {
  const maintenance = await openServer();
  await withClient(maintenance, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const found = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (found.rowCount !== 0) return;
    await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
    await client.query(`create database ${escapeIdentifier(name)}`);
    await fill(nameDatabase(maintenance, name));
    await client.query(`alter database ${escapeIdentifier(name)} is_template true`);
  });
}

function openServer(): Promise<string> {
  server ??= startServer();
  return server;
}

/** Never left: the server stays between test files, and the global teardown stops it. */
async function startServer(): Promise<string> {
  const opened = await openEmbedded({ dataDir: inject('postgresDataDir'), settings: fastSettings });
  invariant(opened.value, JSON.stringify(opened.diagnostics));
  return opened.value.connectionString;
}

function nameDatabase(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

function run(connectionString: string, statement: string): Promise<void> {
  return withClient(connectionString, async (client) => {
    await client.query(statement);
  });
}

async function withClient(connectionString: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
