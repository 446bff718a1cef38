import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { completeOptions, copyCorpusFile, copyProvisioners, listCorpus, makeFolder, runCommand, shop, tutti } from './support.ts';

/** Renders to one file and to a folder, and lets the real Compose read both. */
async function checkCompose(...args: readonly string[]): Promise<void> {
  const folder = await makeFolder();
  const one = await tutti('render', ...args, '--format', 'compose', '--seed', 'cluster');
  expect(one.errors).not.toContain('error[');
  expect(one.code).toBe(0);
  await writeFile(join(folder, 'one.yaml'), one.output);
  const several = await tutti('render', ...args, '--format', 'compose', '--seed', 'cluster', '--out', join(folder, 'out'));
  expect(several.code).toBe(0);
  for (const file of ['one.yaml', 'out/compose.yaml']) {
    const config = await runCommand(inject('dockerCompose'), ['-f', join(folder, file), 'config', '--quiet']);
    expect({ file, ...config }).toEqual({ file, code: 0, output: '', errors: '' });
  }
}

describe('Compose takes', () => {
  it('the example shop', async () => {
    await checkCompose(...shop);
  });

  it.each(readdirSync(join(import.meta.dirname, 'scores')))('%s', async (file) => {
    await checkCompose(join(import.meta.dirname, 'scores', file));
  });

  it('what the default provisioner file of score-compose makes', async () => {
    const args = await copyProvisioners('compose');
    if (args) await checkCompose(...args);
  });

  it.each(listCorpus())('the public file %s', async (file) => {
    const path = await copyCorpusFile(file);
    await checkCompose(path, ...(await completeOptions(path)));
  });
});
