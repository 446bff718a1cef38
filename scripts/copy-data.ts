import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

// What the compiler does not copy: files that code reads beside itself, such as the migrations.
const root = join(import.meta.dirname, '..');
for (const file of globSync('**/*.sql', { cwd: join(root, 'src') })) {
  cpSync(join(root, 'src', file), join(root, 'dist', file));
}
