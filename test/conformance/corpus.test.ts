import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFileSources } from '../../src/core/index.ts';
import { render, type Files } from './support.ts';

const folder = '../shared/corpus/score';
const files = existsSync(folder) ? globSync([`${folder}/examples/**/score.yaml`, `${folder}/spec/samples/*.yaml`]).toSorted() : [];
/** Samples of the shape alone: their volumes name no resource, and their types are made up; the Score tools refuse them, too. */
const shapesOnly: Readonly<Record<string, string>> = {
  'score-deprecated-files-and-volumes.yaml': 'T4108',
  'score-full.yaml': 'T2001',
};
const formats = ['kubernetes', 'compose'] as const;

/** What a Score file names; the samples of the specification name files that do not come with them. */
function attach(file: string, text: string): Files {
  const paths = listFileSources({ file, text });
  return Object.fromEntries(paths.map((path) => [path, readOrEmpty(join(dirname(file), path))]));
}

function readOrEmpty(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

test.for(formats)('the public Score files render to %s with the built-in platform', async (format, { annotate }) => {
  await annotate(files.length === 0 ? `passed by: there is no folder ${folder}` : `${files.length} files`);
  const failed: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { errors } = await render(format, text, { files: attach(file, text), args: ['--image', 'registry.example/app:1'] });
    const expected = shapesOnly[basename(file)];
    const unexpected = expected === undefined ? errors : errors.filter((code) => code !== expected);
    if (unexpected.length > 0 || (expected !== undefined && errors.length === 0)) failed.push(`${file}: ${errors.join(' ')}`);
  }
  expect(failed).toEqual([]);
});
