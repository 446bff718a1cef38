import { describe, expect, it } from 'vitest';
import { makeObjectKey, makeUid, type JsonObject, type RenderedObject } from '../../../core/index.ts';
import { checkKindRules, checkRules } from './custom-rules.ts';
import { judgeReadiness } from './judge-readiness.ts';

const now = '2026-01-01T00:01:00Z';

const failure = { type: 'Ready', status: 'False', reason: 'NoSpace', message: 'the disk is full' };

function makeClaim(status: JsonObject, annotations: JsonObject = {}): JsonObject {
  return { apiVersion: 'example.com/v1', kind: 'Claim', metadata: { name: 'db', generation: 2, annotations }, status };
}

const marked = {
  'tutti.dev/ready-when': "object.status.phase == 'Bound'",
  'tutti.dev/failed-when': "object.status.phase == 'Error'",
};

describe('a rule of readiness', () => {
  it.each([
    ['is what ready means', { phase: 'Bound' }, 'ready'],
    ['goes before what its conditions say', { phase: 'Bound', conditions: [failure] }, 'ready'],
    ['waits while it does not hold', { phase: 'Pending' }, 'progressing'],
    ['waits while what it reads is not there', {}, 'progressing'],
    ['ends the waiting where it says so', { phase: 'Error' }, 'failed'],
    ['does not believe what was observed before the latest change', { phase: 'Bound', observedGeneration: 1 }, 'progressing'],
  ] as const)('%s', (_, status, kind) => {
    expect(judgeReadiness(makeClaim(status, marked), { now }).kind).toBe(kind);
  });

  it('says what cannot be evaluated, and what the object says of itself', () => {
    const { message } = judgeReadiness(makeClaim({ conditions: [failure] }, marked), { now });
    expect(message).toContain('`object.status` has no "phase"');
    expect(message).toContain('Ready is False (NoSpace: the disk is full)');
  });

  it('may say only what has failed', () => {
    const annotations = { 'tutti.dev/failed-when': "object.status.phase == 'Error'" };
    expect(judgeReadiness(makeClaim({ conditions: [failure] }, annotations), { now }).reason).toBe('NoSpace');
    expect(judgeReadiness(makeClaim({ phase: 'Error' }, annotations), { now }).kind).toBe('failed');
  });

  it('of the target holds for a kind, and in a version where it names one; that of the object goes before it', () => {
    const rules = [
      { apiVersion: 'example.com/v2', kind: 'Claim', ready: 'false' },
      { kind: 'Claim', ready: 'has(object.status.address)' },
    ];
    expect(judgeReadiness(makeClaim({ address: 'a' }), { now, rules }).kind).toBe('ready');
    expect(judgeReadiness(makeClaim({}), { now, rules }).kind).toBe('progressing');
    expect(judgeReadiness(makeClaim({ address: 'a' }, marked), { now, rules }).kind).toBe('progressing');
    expect(judgeReadiness({ kind: 'Other', apiVersion: 'example.com/v1' }, { now, rules }).kind).toBe('ready');
  });

  it('shows nothing of what an object holds where it cannot be evaluated', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', data: { password: 'aHVudGVyMg==' } };
    const { message } = judgeReadiness(secret, { now, rules: [{ kind: 'Secret', ready: 'object.data.password > 1' }] });
    expect(message).not.toContain('aHVudGVyMg==');
  });

  it('is told where it is no expression, at its place', () => {
    const readiness = [
      { kind: 'Claim', ready: 'object.status.phase == "Bound"' },
      { kind: 'Other', ready: 'object.status.phase =', failed: 'status.failed' },
    ];
    expect(checkKindRules({ readiness })).toMatchObject([
      { code: 'T6215', place: { path: ['readiness', 1, 'ready'] } },
      { code: 'T6215', place: { path: ['readiness', 1, 'failed'] }, detail: expect.stringContaining('it reads `object`') },
    ]);
    expect(checkKindRules({ readiness: [{ kind: 'Claim', ready: "object.status.phase == '${context.slug}'" }] })).toEqual([]);
  });

  it('of an object is told by its name and annotation', () => {
    const body = makeClaim({}, { 'tutti.dev/ready-when': 'object.status.' });
    const object: RenderedObject = {
      key: makeObjectKey({ apiVersion: 'example.com/v1', kind: 'Claim', namespace: '', name: 'db' }),
      node: makeUid({ type: 'claim', id: 'db' }),
      hash: '',
      body,
    };
    expect(checkRules({}, [object])).toMatchObject([
      { code: 'T6215', detail: expect.stringContaining('Claim db: the annotation `tutti.dev/ready-when`:') },
    ]);
  });
});
