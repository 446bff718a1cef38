import { describe, expect, it } from 'vitest';
import { diagnose, makeUid, type Uid } from '../../core/index.ts';
import type { Run } from './carry-out.ts';
import { openLearning } from './learning.ts';
import type { Course, planFurther } from './plan-further.ts';

const [first, second, third] = ['a', 'b', 'c'].map((id) => makeUid({ type: 'claim', id }));
const course = (run: Run): Course => ({ run, changed: new Set(), resources: new Map(), refused: new Map() });

/** Plans that end when the test says so. */
function open(bad: readonly (Uid | undefined)[] = []) {
  const plans: (readonly Uid[])[] = [];
  const taken: Course[] = [];
  const ends: (() => void)[] = [];
  const plan: typeof planFurther = async (run, completed) => {
    const uids = [...completed.keys()];
    plans.push(uids);
    await new Promise<void>((resolve) => ends.push(resolve));
    const isBad = uids.some((uid) => bad.includes(uid));
    return isBad ? { diagnostics: [diagnose('T5305', { detail: 'bad' })] } : { value: course(run), diagnostics: [] };
  };
  // Nothing of it is looked at here.
  const learning = openLearning(JSON.parse('{}'), (each) => taken.push(each), plan);
  const learn = async (uid: Uid | undefined) => (uid ? (await learning.learn(uid, {})).map(({ code }) => code) : []);
  const endNext = async (): Promise<void> => {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    ends.shift()?.();
  };
  return { plans, taken, learn, endNext };
}

describe('learning what resources turned out to be', () => {
  it('plans once for all that were completed while it planned', async () => {
    const { plans, taken, learn, endNext } = open();
    const all = Promise.all([first, second, third].map(learn));
    await endNext();
    expect(await all).toEqual([[], [], []]);
    expect(plans).toEqual([[first, second, third]]);
    expect(taken).toHaveLength(1);
  });

  it('plans one after the other', async () => {
    const { plans, learn, endNext } = open();
    const one = learn(first);
    await expect.poll(() => plans.length).toBe(1);
    const two = learn(second);
    await endNext();
    await one;
    await endNext();
    await two;
    expect(plans).toEqual([[first], [first, second]]);
  });

  it('leaves out what cannot be planned with, for the sake of the others', async () => {
    const { plans, taken, learn, endNext } = open([first]);
    const both = Promise.all([learn(first), learn(second)]);
    await endNext();
    await endNext();
    expect(await both).toEqual([['T5305'], []]);
    expect(plans).toEqual([[first, second], [second]]);
    expect(taken).toHaveLength(1);
  });
});
