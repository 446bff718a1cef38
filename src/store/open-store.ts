import type { Store } from '../core/index.ts';
import { openDatabase, openPool } from './database.ts';
import { migrate } from './migrate.ts';
import type { RecordContext } from './records/context.ts';
import { createDeploymentStore } from './records/deployments.ts';
import { createEnvironmentStore } from './records/environments.ts';
import { createEventStore } from './records/events.ts';
import { createPlanStore } from './records/plans.ts';
import { createProjectStore } from './records/projects.ts';
import { createReleaseStore } from './records/releases.ts';
import { createSeedStore } from './records/seeds.ts';
import { createTokenStore } from './records/tokens.ts';
import { createSecretStore } from './records/values.ts';
import { createKeyring } from './secrets/keyring.ts';

export interface StoreOptions {
  readonly connectionString: string;
  /** The key-encryption key, 32 bytes. */
  readonly key: Buffer;
  /** Names this process in leases. */
  readonly holder: string;
}

/**
 * Opens the store on a PostgreSQL database and brings its schema up to date.
 * Rule: safe to call from any number of processes at once.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const pool = openPool(options.connectionString);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const database = openDatabase(pool);
  const context: RecordContext = { database, keyring: createKeyring(options.key), holder: options.holder };
  return {
    projects: createProjectStore(context),
    environments: createEnvironmentStore(context),
    secrets: createSecretStore(context),
    releases: createReleaseStore(context),
    plans: createPlanStore(context),
    deployments: createDeploymentStore(context),
    seeds: createSeedStore(context),
    events: createEventStore(context, pool),
    tokens: createTokenStore(context),
    close: () => database.destroy(),
  };
}
