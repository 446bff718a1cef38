import { expect, it } from 'vitest';
import type { JsonObject, RenderedObject, TargetRequest } from '../../core/index.ts';
import { applyObjects } from './apply.ts';
import type { Answer } from './cluster.ts';
import { makeCluster, makeRendered, makeRequest, makeWaiting } from './test-support.ts';

const settings = makeRendered({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { LEVEL: 'info' },
});

const conflict: Answer = {
  kind: 'refused',
  refusal: {
    status: 409,
    reason: 'Conflict',
    message: 'conflict',
    causes: [{ reason: 'FieldManagerConflict', field: '.data.LEVEL', message: 'conflict with "tuner" using v1' }],
  },
};

/** A cluster in which somebody has always written the field since. */
function fight() {
  const waiting = makeWaiting();
  let forced = 0;
  const cluster = makeCluster({
    apply: async (body, { isForced }): Promise<Answer> => {
      if (!isForced) return conflict;
      forced += 1;
      return { kind: 'ok', live: body };
    },
  });
  let memory: JsonObject | undefined;
  const deploy = async (object: RenderedObject = settings) => {
    const state = { ...settings, ...(memory && { memory }) };
    const request: TargetRequest = makeRequest({ inventory: { [settings.key]: state } });
    const outcome = await applyObjects(cluster, request, { desired: [object], changed: [object.key], removed: [] }, waiting);
    memory = outcome.value?.memory?.[object.key] ?? memory;
    return outcome;
  };
  return { waiting, deploy, forced: () => forced };
}

it('a field that somebody writes again and again is set right three times, then left for the time being, and its writer named', async () => {
  const { deploy, forced, waiting } = fight();
  for (let time = 0; time < 3; time++) expect((await deploy()).diagnostics).toEqual([]);
  const { value, diagnostics } = await deploy();
  expect(diagnostics).toMatchObject([{ code: 'T6217', severity: 'warning', detail: expect.stringMatching(/`\.data\.LEVEL`.*"tuner"/) }]);
  expect(value).toMatchObject({ memory: {} });
  expect((await deploy()).diagnostics).toHaveLength(1);
  expect(forced()).toBe(3);
  await waiting.sleep(600_000, new AbortController().signal);
  expect((await deploy()).diagnostics).toEqual([]);
  expect(forced()).toBe(4);
});

it('what somebody changes in the deployment itself is written in the middle of a war, too', async () => {
  const { deploy, forced } = fight();
  for (let time = 0; time < 3; time++) await deploy();
  expect((await deploy({ ...settings, hash: 'newer' })).diagnostics).toEqual([]);
  expect(forced()).toBe(4);
});
