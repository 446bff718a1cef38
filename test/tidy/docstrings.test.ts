import { dirname, join } from 'node:path/posix';

import { expect, test } from 'vitest';

import { faces } from './layers.ts';
import { readText } from './repository.ts';

/** Where a face takes its exports from, with their names; no names stand for all. */
function listSources(face: string): readonly { readonly file: string; readonly names: readonly string[] | undefined }[] {
  const exported = [...readText(face).matchAll(/^export (?:\*|\{([^}]*)\}) from '(\.[^']+)'/gm)];
  return exported.map(([, names, path = '']) => ({ file: join(dirname(face), path), names: names?.split(',').map((name) => name.trim()) }));
}

function listUndocumented(file: string, names: readonly string[] | undefined): readonly string[] {
  const text = readText(file);
  return [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)]
    .filter(({ 1: name = '' }) => names?.includes(name) ?? true)
    .filter(({ index }) => !text.slice(0, index).trimEnd().endsWith('*/'))
    .map(({ 1: name }) => `${file}: ${name}`);
}

test.for([...faces])('every function of the face %s says what it does', (face) => {
  expect(listSources(face).flatMap(({ file, names }) => listUndocumented(file, names))).toEqual([]);
});
