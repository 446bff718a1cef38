import { describe, expect, test } from 'vitest';
import { followLive, listOthersFields } from './others-fields.ts';
import { makeRendered, makeRequest } from './test-support.ts';

const wanted = {
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { 'a/b': 'ours' } },
  spec: {
    replicas: 1,
    containers: [
      { name: 'main', image: 'x:1' },
      { name: 'side', image: 'y:1' },
    ],
  },
};

describe('a field that is left to others', () => {
  test.each([
    ['says what is there', ['/spec/replicas'], { spec: { replicas: 5 } }, { spec: { replicas: 5 } }],
    [
      'may have a name with a slash',
      ['/metadata/annotations/a~1b'],
      { metadata: { annotations: { 'a/b': 'theirs' } } },
      { metadata: { annotations: { 'a/b': 'theirs' } } },
    ],
    [
      'is that of the item of the same name',
      ['/spec/containers/*/image'],
      {
        spec: {
          containers: [
            { name: 'side', image: 'y:2' },
            { name: 'main', image: 'x:2' },
          ],
        },
      },
      { spec: { containers: [{ image: 'x:2' }, { image: 'y:2' }] } },
    ],
    [
      'is one item alone',
      ['/spec/containers/1/image'],
      { spec: { containers: [{ name: 'side', image: 'y:2' }] } },
      { spec: { containers: [{ image: 'x:1' }, { image: 'y:2' }] } },
    ],
    ['is taken over where we say nothing of it', ['/spec/paused'], { spec: { paused: true } }, { spec: { paused: true } }],
  ])('%s', (_, paths, live, expected) => {
    expect(followLive(wanted, live, paths)).toMatchObject(expected);
  });

  test('is not said where it is not there', () => {
    expect(followLive(wanted, { spec: {} }, ['/spec/replicas'])['spec']).toEqual({ containers: wanted.spec.containers });
  });

  test('changes nothing else', () => {
    expect(followLive(wanted, { spec: { replicas: 1, paused: true }, status: { x: 1 } }, ['/spec/replicas', '/no/such/field'])).toEqual(
      wanted,
    );
  });
});

test('fields are those of the rules for the kind, and those whose drift was accepted', () => {
  const object = makeRendered({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'ns' } });
  const ignore = [
    { kind: 'Deployment', paths: ['/spec/replicas'] },
    { apiVersion: 'apps/v2', kind: 'Deployment', paths: ['/spec/other'] },
    { kind: 'Service', paths: ['/spec/clusterIP'] },
  ];
  const inventory = { [object.key]: { ...object, accepted: ['/spec/paused'] } };
  const address = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ns', name: 'web' };
  expect(listOthersFields(makeRequest({ inputs: { ignore }, inventory }), object.key, address)).toEqual(['/spec/replicas', '/spec/paused']);
});
