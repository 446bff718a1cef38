import { expect, test } from 'vitest';
import type { RenderedObject } from '../model/rendering.ts';
import { makeWorkloadUid } from '../model/uid.ts';
import { makeComposeObject } from './render-compose/make-compose-object.ts';
import { makeObject } from './render/make-object.ts';
import { isPaused, pauseObject } from './pause-objects.ts';

const node = makeWorkloadUid('web');

function kubernetes(kind: string, spec: RenderedObject['body']): RenderedObject {
  return makeObject(node, { apiVersion: 'x/v1', kind, metadata: { name: 'web' }, spec });
}

const service = makeComposeObject(
  node,
  { section: 'services', name: 'web', value: { image: 'x', deploy: { replicas: 3, mode: 'replicated' } } },
  { slug: 'shop' },
);

test.each([
  ['a Deployment', kubernetes('Deployment', { replicas: 3, paused: false }), { spec: { replicas: 0, paused: false } }],
  ['a StatefulSet', kubernetes('StatefulSet', {}), { spec: { replicas: 0 } }],
  ['a CronJob', kubernetes('CronJob', { schedule: '@daily' }), { spec: { schedule: '@daily', suspend: true } }],
  ['a service of Compose', service, { services: { web: { image: 'x', deploy: { replicas: 0, mode: 'replicated' } } } }],
])('%s rests, and is another object by its hash', (_, object, body) => {
  const paused = pauseObject(object);
  expect(paused).toMatchObject({ key: object.key, node: object.node, body });
  expect(paused.hash).not.toBe(object.hash);
  expect(pauseObject(paused)).toEqual(paused);
});

test('what runs nothing is left as it is', () => {
  const object = kubernetes('PersistentVolumeClaim', { replicas: 3 });
  expect(pauseObject(object)).toBe(object);
});

test.each([
  [[{ key: 'tutti.paused', value: 'true' }], true],
  [[{ key: 'tutti.paused', value: 'false' }], false],
  [[{ key: 'paused', value: 'true' }], false],
  [[{ key: 'tutti.paused' }], false],
  [[], false],
])('%j says so: %s', (values, expected) => {
  expect(isPaused(values)).toBe(expected);
});
