import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // They have suites of their own: vitest.cluster.config.ts, vitest.faults.config.ts.
    exclude: ['test/cluster/**', 'test/faults/**', '**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/support/postgres-global-setup.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
