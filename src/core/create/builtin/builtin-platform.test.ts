import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPlatform } from '../../read/platform/check-platform.ts';
import { readPlatform } from '../../read/platform/read-platform.ts';
import { builtinPlatform, mergePlatforms } from './builtin-platform.ts';
import { readBuiltinPlatform } from './read-builtin.ts';

const open = { type: 'object' } as const;
const parts = { drivers: { template: open, static: open }, targets: { directory: open, git: open } };

describe('the built-in platform', () => {
  it('is sound', () => {
    expect(checkPlatform(builtinPlatform(), parts)).toEqual([]);
  });

  it('is what its documents say; if not, run `npm run builtin`', () => {
    expect(builtinPlatform()).toEqual(readBuiltinPlatform());
  });

  it('has the profiles of the domain', () => {
    expect(builtinPlatform().profiles.map((profile) => profile.name)).toEqual(['cron', 'job', 'stateful', 'web', 'worker']);
  });

  it('stands behind the example platform without a clash', () => {
    const folder = new URL('../../../../examples/platform/', import.meta.url);
    const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));
    const configured = readPlatform(files);
    expect(configured.diagnostics).toEqual([]);
    const merged = configured.value && mergePlatforms(configured.value, builtinPlatform());
    expect(merged && checkPlatform(merged, parts)).toEqual([]);
  });
});
