import { expect, test } from 'vitest';
import { findOwner } from './find-owner.ts';

const live = {
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          { name: 'main', image: 'x' },
          { name: 'side', image: 'y' },
        ],
      },
    },
  },
  metadata: { finalizers: ['a', 'b'] },
};
const managedFields = [
  { manager: 'tutti', time: '2026-01-03T00:00:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
  { manager: 'kubectl-scale', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
  {
    manager: 'kubectl-edit',
    time: '2026-01-02T00:00:00Z',
    fieldsV1: {
      'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"side"}': { '.': {}, 'f:image': {} } } } } },
      'f:metadata': { 'f:finalizers': { 'v:"b"': {} } },
    },
  },
];

test.each([
  ['/spec/replicas', { owner: 'kubectl-edit', since: '2026-01-02T00:00:00Z' }],
  ['/spec/template/spec/containers/1/image', { owner: 'kubectl-edit', since: '2026-01-02T00:00:00Z' }],
  ['/spec/template/spec/containers/0/image', undefined],
  ['/metadata/finalizers/1', { owner: 'kubectl-edit', since: '2026-01-02T00:00:00Z' }],
  ['/metadata/finalizers/0', undefined],
  ['/status', undefined],
])('%s was set by %j', (path, owner) => {
  expect(findOwner(live, managedFields, path)).toEqual(owner);
});

test('what is no list of fields names nobody', () => {
  expect(findOwner(live, [{ manager: 'x', fieldsV1: { 'k:{broken': {} } }, 'text', null], '/spec/replicas')).toBeUndefined();
  expect(findOwner(live, undefined, '/spec/replicas')).toBeUndefined();
});
