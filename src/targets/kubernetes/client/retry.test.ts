import { describe, expect, it } from 'vitest';
import type { Call, Response, Send } from './request.ts';
import { retrySends } from './retry.ts';

const get: Call = { method: 'GET', path: '/api' };
const ok: Response = { status: 200, text: '{}' };
const busy: Response = { status: 429, text: '{}', retryAfterMs: 7000 };

/** Gives the answers one after the other; keeps how long was waited between them. */
function play(...answers: readonly (Response | Error)[]) {
  const pauses: number[] = [];
  let count = 0;
  const send: Send = async () => {
    const answer = answers[Math.min(count++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer ?? ok;
  };
  const sleep = async (ms: number): Promise<void> => void pauses.push(ms);
  return { pauses, countSent: () => count, run: (signal = new AbortController().signal) => retrySends(send, { sleep })(get, signal) };
}

describe('a request that is sent again', () => {
  it('is sent once where it is answered', async () => {
    const played = play(ok);
    expect(await played.run()).toEqual(ok);
    expect(played.countSent()).toBe(1);
  });

  it('waits as long as a busy server asks', async () => {
    const played = play(busy, busy, ok);
    expect(await played.run()).toEqual(ok);
    expect(played.pauses).toEqual([7000, 7000]);
  });

  it('waits at most half a minute, whatever it is asked', async () => {
    const played = play({ ...busy, retryAfterMs: 3_600_000 }, ok);
    await played.run();
    expect(played.pauses).toEqual([30_000]);
  });

  it('waits longer each time where it is not told how long', async () => {
    const played = play(new Error('reset'), new Error('reset'), { status: 503, text: '' }, ok);
    expect(await played.run()).toEqual(ok);
    expect(played.pauses).toEqual([200, 400, 800]);
  });

  it('ends: the last answer is the answer', async () => {
    const played = play({ status: 503, text: '{"message":"no leader"}' });
    expect(await played.run()).toMatchObject({ status: 503 });
    expect(played.countSent()).toBe(6);
  });

  it('is not sent again where the user is mistaken, although the server calls it its own mistake', async () => {
    const played = play({
      status: 500,
      text: '{"message":"failed to create typed patch object (a/b): .spec.x: field not declared in schema"}',
    });
    await played.run();
    expect(played.countSent()).toBe(1);
  });

  it('ends at once where it is aborted', async () => {
    const played = play(new Error('aborted'));
    await expect(played.run(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(played.countSent()).toBe(1);
  });
});
