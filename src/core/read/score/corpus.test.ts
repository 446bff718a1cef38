import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFileSources, readScore } from './score.ts';

const folder = '../shared/corpus/score';
const files = existsSync(folder) ? globSync([`${folder}/examples/**/score.yaml`, `${folder}/spec/samples/*.yaml`]) : [];

function loadAttachment(file: string, path: string): { readonly base64: string } {
  const full = join(dirname(file), path);
  // The samples of the specification name files that do not come with them.
  return { base64: existsSync(full) ? readFileSync(full).toString('base64') : '' };
}

test('the public Score files are read without errors', async ({ annotate }) => {
  await annotate(files.length === 0 ? `passed by: there is no folder ${folder}` : `${files.length} files`);
  const problems = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const attachments = Object.fromEntries(listFileSources({ file, text }).map((path) => [path, loadAttachment(file, path)]));
    const { diagnostics } = readScore([{ file, text, attachments }]);
    return diagnostics
      .filter(({ severity, code }) => severity === 'error' && code !== 'T1202')
      .map(({ code, detail }) => `${file}: ${code} ${detail}`);
  });
  expect(problems).toEqual([]);
});
