import { defineConfig } from 'vitest/config';

/** Against a real API server and the real `docker compose`: `npm run test:cluster`. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/support/postgres-global-setup.ts', 'test/cluster/global-setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
