import { expect, test } from 'vitest';
import { makeWorkloadUid } from '../model/uid.ts';
import { checkHooks, hookTimeOf } from './hooks.ts';
import { makeObject } from './render/make-object.ts';

function objectOf(kind: string, hook: string | undefined, apiVersion = 'batch/v1') {
  const annotations = hook === undefined ? {} : { 'tutti.dev/hook': hook };
  return makeObject(makeWorkloadUid('web'), { apiVersion, kind, metadata: { name: 'migrate', namespace: 'ns', annotations } });
}

test.each([
  ['before', 'before'],
  ['after', 'after'],
  ['during', undefined],
  [undefined, undefined],
])('the annotation %s means %s', (hook, time) => {
  expect(hookTimeOf(objectOf('Job', hook))).toBe(time);
});

test.each([
  ['a Job', objectOf('Job', 'before'), []],
  ['what is no hook', objectOf('Deployment', undefined, 'apps/v1'), []],
  ['a time that is none', objectOf('Job', 'during'), [/Job migrate in ns: .*"before" or "after"/]],
  ['something else than a Job', objectOf('CronJob', 'before'), [/CronJob migrate in ns is no Job/]],
  ['a Job of somebody else', objectOf('Job', 'after', 'example.com/v1'), [/is no Job/]],
])('%s is judged', (_, object, said) => {
  expect(checkHooks([object]).map(({ code, detail }) => ({ code, detail }))).toEqual(
    said.map((detail) => ({ code: 'T5106', detail: expect.stringMatching(detail) })),
  );
});
