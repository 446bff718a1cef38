import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFileSources, type ScoreSource } from '../../src/core/index.ts';
import { formats, renderWithDefaults } from './support.ts';

const folder = '../shared/corpus/score';

/** Those that name types of their own, which nothing can meet, and one whose form the specification has given up. */
const notMet: readonly string[] = ['spec/samples/score-full.yaml', 'spec/samples/score-deprecated-files-and-volumes.yaml'];

function listFiles(): readonly string[] {
  if (!existsSync(folder)) return [];
  const found = globSync([`${folder}/examples/**/score.yaml`, `${folder}/spec/samples/*.yaml`]).toSorted();
  return found.filter((file) => !notMet.some((each) => file.endsWith(each)));
}

function load(file: string): ScoreSource {
  const text = readFileSync(file, 'utf8');
  const attachments = listFileSources({ file, text }).map((path): [string, { readonly base64: string }] => {
    const full = join(dirname(file), path);
    // The examples name files that do not come with them.
    return [path, { base64: existsSync(full) ? readFileSync(full).toString('base64') : 'c2FtcGxl' }];
  });
  return { file, text, attachments: Object.fromEntries(attachments) };
}

const files = listFiles();

/** Warnings: what a format cannot express, and workloads that are in another file. */
const warnings: readonly string[] = ['T3006', 'T4123', 'T5005'];

async function listErrors(format: (typeof formats)[number], paths: readonly string[]): Promise<readonly string[]> {
  const { objects, problems } = await renderWithDefaults(format, paths.map(load));
  const errors = problems.filter((problem) => !warnings.includes(problem.slice(0, 5)));
  return [...errors, ...(objects.length === 0 ? ['nothing was rendered'] : [])].map((each) => `${paths.join(', ')}: ${each}`);
}

test.for(formats)('the public Score files are met in %s, each by itself', async (format, { annotate }) => {
  await annotate(files.length === 0 ? `passed by: there is no folder ${folder}` : `${files.length} files`);
  const errors = await Promise.all(files.map((file) => listErrors(format, [file])));
  expect(errors.flat()).toEqual([]);
});

test.for(formats)(
  'a public shop of eleven workloads is met in %s, and nothing but its probes by HTTP is said to be left out',
  async (format, { annotate }) => {
    const shop = files.filter((file) => file.includes('/onlineboutique/'));
    await annotate(shop.length === 0 ? `passed by: there is no folder ${folder}` : `${shop.length} files`);
    const { problems } = await renderWithDefaults(format, shop.map(load));
    const others = problems.filter((problem) => format === 'kubernetes' || !problem.startsWith('T4123'));
    expect(shop.length === 0 ? [] : others).toEqual([]);
  },
);
