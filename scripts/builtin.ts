import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuiltinPlatform } from '../src/core/create/builtin/read-builtin.ts';

// The built-in platform, read and checked beforehand: reading it at every start would cost a tenth of a second.
const text = JSON.stringify(readBuiltinPlatform());
const lines = [
  '// Made by `npm run builtin` from profiles.ts and resources.ts; a test compares.',
  `export const preparedPlatform = ${JSON.stringify(text)};`,
  '',
];
writeFileSync(join(import.meta.dirname, '..', 'src', 'core', 'create', 'builtin', 'prepared.ts'), lines.join('\n'));
