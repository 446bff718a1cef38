import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { layOut } from '../../src/store/embedded/layout.ts';
import { stopServer } from '../../src/store/embedded/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Data folder of the one PostgreSQL that all tests of a run share. */
    readonly postgresDataDir: string;
  }
}

/**
 * Gives a test run one PostgreSQL. It is started by the first test that asks for a database (`createTestDatabase`), so
 * a run that needs none does not pay for it; it is stopped here, whatever became of the tests.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const parent = await mkdtemp(join(tmpdir(), 'tutti-tests-'));
  const dataDir = join(parent, '.tutti');
  project.provide('postgresDataDir', dataDir);
  return async () => {
    await stopServer(layOut(dataDir).cluster);
    await rm(parent, { recursive: true, force: true });
  };
}
