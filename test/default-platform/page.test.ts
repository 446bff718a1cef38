import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtinPlatform } from '../../src/core/index.ts';
import { replaceTables } from './describe-platform.ts';
import { everyType } from './support.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'default-platform.md');

test('docs/default-platform.md says what is built in (`npx vitest run test/default-platform -u` writes it)', async () => {
  const text = readFileSync(page, 'utf8');
  const made = replaceTables(text, builtinPlatform());
  for (const type of Object.keys(everyType)) expect(made.match(new RegExp(`^\\| \`${type}\` \\|`, 'gm'))).toHaveLength(2);
  await expect(made).toMatchFileSnapshot(page);
});
