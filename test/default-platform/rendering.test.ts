import { describe, expect, it } from 'vitest';
import { everyType, formats, needOf, neededParams, renderWithDefaults, withoutNotices, writeScore, type Need } from './support.ts';

const types = Object.keys(everyType);
const cases = formats.flatMap((format) => types.map((type) => ({ format, type })));

/** What public Score files pass, and each param once as text, as a placeholder gives it. */
const params: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  postgres: [{ size: 'small' }, { size: 'large' }],
  'postgres-instance': [{ size: 'large' }],
  mysql: [{ size: 'large' }],
  mssql: [{ size: 'large' }],
  mongodb: [{ size: 'large' }],
  elasticsearch: [{ size: 'large' }],
  amqp: [{ size: 'large' }],
  s3: [{ size: 'large' }],
  'kafka-topic': [{ size: 'large' }, { partitions: 6 }, { partitions: '6' }],
  volume: [{ size: '5Gi' }],
  route: [
    { host: 'a.example', port: 'http' },
    { host: 'a.example', port: '80' },
    { host: '*.a.example', path: '/', port: 9001 },
    { host: 'a.example', path: '/shop/v1', port: 'admin' },
  ],
  'horizontal-pod-autoscaler': [
    { minReplicas: 2, maxReplicas: 5 },
    { minReplicas: '2', maxReplicas: '5', targetCPUUtilizationPercentage: '70' },
    { targetCPUUtilization: 60, targetMemoryUtilization: 70 },
    { minReplicas: 20 },
    { targetMemoryUtilizationPercentage: 90 },
  ],
};

const paramCases = formats.flatMap((format) =>
  Object.entries(params).flatMap(([type, list]) => list.map((each) => ({ format, type, given: each, text: JSON.stringify(each) }))),
);

describe('the default platform', () => {
  it.each(cases)('meets a need of the type $type in $format with what public files read', async ({ format, type }) => {
    const { objects, problems } = await renderWithDefaults(format, [writeScore({ it: needOf(type) })]);
    expect(withoutNotices(problems)).toEqual([]);
    expect(objects.length).toBeGreaterThan(0);
  });

  it.each(paramCases)('takes $text for $type in $format', async ({ format, type, given }) => {
    const { objects, problems } = await renderWithDefaults(format, [writeScore({ it: { ...needOf(type), params: given } })]);
    expect(withoutNotices(problems)).toEqual([]);
    expect(objects.length).toBeGreaterThan(0);
  });

  it.each(cases)('refuses params of $type in $format that it would not keep to', async ({ format, type }) => {
    const need: Need = { ...needOf(type), params: { ...neededParams[type], colour: 'red' } };
    const { problems } = await renderWithDefaults(format, [writeScore({ it: need })]);
    expect(problems).toEqual([expect.stringMatching(/^T4113 .*colour/)]);
  });

  it.each(cases)('keeps two of the type $type in $format apart', async ({ format, type }) => {
    const { objects, problems } = await renderWithDefaults(format, [
      writeScore({ one: needOf(type), two: needOf(type) }, 'web'),
      writeScore({ one: needOf(type) }, 'api'),
    ]);
    expect(withoutNotices(problems)).toEqual([]);
    const keys = objects.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(formats)('gives the same bytes each time in %s', async (format) => {
    const sources = [writeScore(Object.fromEntries(types.map((type) => [type, needOf(type)])))];
    const first = await renderWithDefaults(format, sources);
    expect((await renderWithDefaults(format, sources)).objects).toEqual(first.objects);
  });

  it('says that Compose scales nothing', async () => {
    const { problems } = await renderWithDefaults('compose', [writeScore({ it: needOf('horizontal-pod-autoscaler') })]);
    expect(problems).toEqual([expect.stringMatching(/^T5005 .*not scaled here/)]);
  });
});
