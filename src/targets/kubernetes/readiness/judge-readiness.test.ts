import { describe, expect, it } from 'vitest';
import { judgeReadiness } from './judge-readiness.ts';
import { readinessCases } from './readiness-cases.ts';

const now = '2026-01-01T00:01:00Z';

describe('readiness', () => {
  it.each(readinessCases)('$what: $is', ({ live, is }) => {
    expect(judgeReadiness(live, { now })).toMatchObject({
      kind: is,
      reason: expect.stringMatching(/./),
      message: expect.stringMatching(/./),
    });
  });

  it('has a table of at least eighty objects, each of its own', () => {
    expect(new Set(readinessCases.map(({ what }) => what)).size).toBeGreaterThanOrEqual(80);
  });

  it('does not believe what was observed before our apply', () => {
    const live = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { generation: 2 }, status: { observedGeneration: 2 } };
    expect(judgeReadiness(live, { now, appliedGeneration: 2 }).kind).toBe('ready');
    expect(judgeReadiness(live, { now, appliedGeneration: 3 }).kind).toBe('progressing');
  });
});
