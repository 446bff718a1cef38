import { property, assert, constantFrom, jsonValue, record } from 'fast-check';
import { expect, it } from 'vitest';
import { judgeReadiness } from './judge-readiness.ts';
import { readinessCases } from './readiness-cases.ts';

const kinds = readinessCases.map(({ live }) => live);

it('says something of whatever a cluster answers, and the same twice', () => {
  const parts = record({ metadata: jsonValue(), spec: jsonValue(), status: jsonValue() });
  assert(
    property(constantFrom(...kinds), parts, ({ apiVersion, kind }, { metadata, spec, status }) => {
      const live = JSON.parse(JSON.stringify({ apiVersion, kind, metadata, spec, status }));
      const judged = judgeReadiness(live, { now: '2026-01-01T00:00:00Z' });
      expect(['ready', 'progressing', 'failed', 'terminating']).toContain(judged.kind);
      expect(judgeReadiness(live, { now: '2026-01-01T00:00:00Z' })).toEqual(judged);
    }),
  );
});
