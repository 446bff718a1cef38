import { dirname, join, normalize } from 'node:path/posix';

import { expect, test } from 'vitest';

import { faces, layerOf, layers, listImports, readLayerTable, resolveImport, sources } from './layers.ts';
import { readText } from './repository.ts';

const table = readLayerTable();
const shipped = sources.filter((file) => !/\.test\.ts$|\/test-support\.ts$/.test(file));

function listReferences(project: string): readonly string[] {
  const references = readText(join(project, 'tsconfig.json')).match(/"references":\s*\[[^\]]*\]/)?.[0] ?? '';
  return [...references.matchAll(/"path":\s*"([^"]+)"/g)].map((match) => normalize(join(project, match[1] ?? ''))).toSorted();
}

function listCrossings(
  among: readonly string[],
): readonly { readonly file: string; readonly from: string; readonly to: string; readonly target: string }[] {
  return among.flatMap((file) =>
    listImports(file).flatMap((specifier) => {
      const target = resolveImport(file, specifier);
      const from = layerOf(file);
      const to = target === undefined ? undefined : layerOf(target);
      return target !== undefined && from !== undefined && to !== undefined && from !== to ? [{ file, from, to, target }] : [];
    }),
  );
}

function describeCrossing({ file, target }: { readonly file: string; readonly target: string }): string {
  return `${file} imports ${target}`;
}

test('every layer has a row in the table of ARCHITECTURE.md, and every row a layer', () => {
  expect([...table.keys()].toSorted()).toEqual(layers.toSorted());
});

test.for(layers)('%s refers to exactly the layers that it may import', (layer) => {
  const allowed = table
    .get(layer)
    ?.imports.map((each) => `src/${each}`)
    .toSorted();
  expect(listReferences(`src/${layer}`)).toEqual(allowed);
});

test('the project as a whole and its tests refer to every layer', () => {
  const all = layers.map((layer) => `src/${layer}`).toSorted();
  expect(listReferences('.')).toEqual(all);
  expect(listReferences('test')).toEqual(all);
});

test('no layer imports one that it may not', () => {
  const refused = listCrossings(shipped).filter(({ from, to }) => !table.get(from)?.imports.includes(to));
  expect(refused.map(describeCrossing)).toEqual([]);
});

test('a layer is imported only through its index.ts', () => {
  const deep = listCrossings(sources).filter(({ target }) => !faces.has(target));
  expect(deep.map(describeCrossing)).toEqual([]);
});

test('only the face of a layer passes on what other files export', () => {
  const others = shipped.filter((file) => !faces.has(file));
  const passing = others.filter((file) => /^export\b[^'"`;=]*\bfrom '\./m.test(readText(file)));
  expect(passing).toEqual([]);
});

test('a layer with listed packages imports no other', () => {
  const foreign = shipped.flatMap((file) => {
    const allowed = table.get(layerOf(file) ?? '')?.packages;
    if (!allowed) return [];
    const packages = listImports(file).filter((specifier) => resolveImport(file, specifier) === undefined);
    return packages
      .filter((name) => !allowed.some((each) => name === each || name.startsWith(`${each}/`)))
      .map((name) => `${file} imports ${name}`);
  });
  expect(foreign).toEqual([]);
});

test('the linter knows every layer', () => {
  const patterns = readText('.oxlintrc.json');
  const folders = new Set(layers.map((layer) => (layer.includes('/') ? `${dirname(layer)}/*` : layer)));
  expect([...folders].filter((folder) => !patterns.includes(`"**/../${folder}/**"`))).toEqual([]);
});
