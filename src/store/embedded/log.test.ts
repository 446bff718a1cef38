import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { lastLines, openLog } from './log.ts';

async function makeLogPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'postgres.log');
}

test('a log that has grown large is cut down to its end', async () => {
  const path = await makeLogPath();
  await writeFile(path, `${'early line\n'.repeat(200_000)}the last line\n`);
  const log = await openLog(path);
  await log.file.close();
  expect((await stat(path)).size).toBeLessThanOrEqual(64 * 1024);
  expect(await readFile(path, 'utf8')).toMatch(/the last line\n$/);
});

test('a small log is kept, and its tail is what was written since', async () => {
  const path = await makeLogPath();
  await writeFile(path, 'earlier\n');
  const log = await openLog(path);
  await log.file.write('one\n\ntwo\n');
  expect(await log.readTail()).toBe('one\ntwo');
  await log.file.close();
  expect(await readFile(path, 'utf8')).toBe('earlier\none\n\ntwo\n');
});

test('the tail is bounded', () => {
  expect(lastLines('line\n'.repeat(1_000)).split('\n')).toHaveLength(15);
});
