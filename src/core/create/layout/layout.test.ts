import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeObjectKey } from '../../model/object-key.ts';
import type { ObjectKey } from '../../model/rendering.ts';
import { parseIndex, printIndex } from './file-index.ts';
import { isPlaceable, placeObjects } from './file-path.ts';
import { hideLiveSecret } from './live-object.ts';

function keyOf(kind: string, name: string, namespace = 'ns'): ObjectKey {
  return makeObjectKey({ apiVersion: 'v1', kind, namespace, name });
}

function pathsOf(...keys: readonly ObjectKey[]): readonly (string | undefined)[] {
  const paths = placeObjects(keys);
  return keys.map((key) => paths.get(key));
}

test('a file is called by kind and name', () => {
  expect(pathsOf(keyOf('Deployment', 'web'), keyOf('Service', 'web'))).toEqual([
    'manifests/deployment-web.yaml',
    'manifests/service-web.yaml',
  ]);
});

test('objects of the same kind and name in two namespaces get a hash each', () => {
  const paths = pathsOf(keyOf('ConfigMap', 'a', 'one'), keyOf('ConfigMap', 'a', 'two'));
  expect(new Set(paths).size).toBe(2);
  for (const path of paths) expect(path).toMatch(/^manifests\/configmap-a-[0-9a-f]{10}\.yaml$/);
});

test('names that differ only by case do not share a file', () => {
  const paths = pathsOf(keyOf('ConfigMap', 'Web'), keyOf('ConfigMap', 'web')).map((path) => path?.toLowerCase());
  expect(new Set(paths).size).toBe(2);
});

test('names that lead out of a folder are refused, and stay in it nevertheless', () => {
  for (const name of ['../../etc/passwd', '/etc/passwd', '..', 'a/b', 'a\\b', 'C:\\x', 'a\0b', '-rf', 'a\nb', 'x'.repeat(300)]) {
    expect(isPlaceable(keyOf('ConfigMap', name))).toBe(false);
    expect(pathsOf(keyOf('ConfigMap', name))[0]).toMatch(/^manifests\/[a-z0-9._-]+\.yaml$/);
  }
});

test('whatever the keys are, the paths are unique without regard to case and stay in the folder', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(fc.string(), fc.string()).map(([kind, name]) => keyOf(kind, name))), (keys) => {
      const paths = pathsOf(...keys).map((path) => path ?? '');
      expect(new Set(paths).size).toBe(keys.length);
      for (const path of paths) expect(path).toMatch(/^manifests\/[a-z0-9._-]+\.yaml$/);
    }),
  );
});

const index = {
  owner: { project: 'shop', environment: 'staging', incarnation: 1 },
  files: {
    'compose.yaml': { objects: { 'compose/Service:shop/a': 'h', 'compose/Volume:shop/b': 'g' }, digest: 'd' },
    'env/web-main.env': { objects: { 'compose/File:shop/env/web-main.env': 'h' }, digest: 'd' },
    'manifests/service-web.yaml': { objects: { '/Service:ns/web': 'h' }, digest: 'd' },
  },
};

test('an index that was written is read back', () => {
  expect(parseIndex(printIndex(index))).toEqual(index);
  expect(parseIndex(printIndex({ ...index, files: {} }))).toEqual({ ...index, files: {} });
});

test('an index of the time when each file held one object is read as well', () => {
  const file = '"manifests/service-web.yaml": {"key": "/Service:ns/web", "hash": "h", "digest": "d"}';
  const first = `{"version": 1, "owner": ${JSON.stringify(index.owner)}, "files": {${file}}}`;
  expect(parseIndex(first)).toEqual({
    owner: index.owner,
    files: { 'manifests/service-web.yaml': { objects: { '/Service:ns/web': 'h' }, digest: 'd' } },
  });
});

test('an index that we would never have written is none', () => {
  const paths = [
    '../../etc/passwd',
    'files/../../etc/passwd',
    'files/',
    'files//a',
    '/env/a',
    'env',
    'other/a',
    'compose.yml',
    'manifests/../a.yaml',
  ];
  const outside = paths.map((path) => printIndex({ ...index, files: { [path]: { objects: { k: 'h' }, digest: 'd' } } }));
  for (const text of ['', 'x', '{}', '[]', 'null', ...outside, printIndex(index).slice(0, 40)]) expect(parseIndex(text)).toBeUndefined();
});

test('the data of a live Secret is hidden', () => {
  expect(hideLiveSecret({ kind: 'Secret', data: { a: 'canary' }, stringData: 'canary' })).toEqual({
    kind: 'Secret',
    data: { a: '‹secret›' },
    stringData: '‹secret›',
  });
});
