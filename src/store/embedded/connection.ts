import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';
import { superuser } from './cluster.ts';
import type { Layout } from './layout.ts';

const wrongPassword = '28P01';

export function makeConnectionString(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * Connects once. The password is random and the server has to know it too (SCRAM), so this also proves that the port
 * belongs to the server of this folder.
 */
export async function checkConnection(connectionString: string, layout: Layout): Promise<Outcome<void>> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000, ssl: false });
  // A connection that breaks outside a query is reported by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return succeed(undefined);
  } catch (error) {
    return explainRefusal(error, layout);
  }
}

function explainRefusal(error: unknown, layout: Layout): Outcome<never> {
  const isWrongPassword = error instanceof Error && 'code' in error && error.code === wrongPassword;
  if (isWrongPassword) {
    return fail(
      diagnose('T7007', {
        detail: `The password in ${layout.password} is not that of the cluster beside it. Put the right file back from a backup, or choose another data folder with --data-dir.`,
      }),
    );
  }
  return fail(
    diagnose('T7008', {
      detail: `The server of ${layout.dataDir} does not accept connections: ${String(error)}. Its log is ${layout.log}.`,
    }),
  );
}
