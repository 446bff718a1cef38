import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeUid } from '../../core/index.ts';
import { inGraphOrder, type Ordered } from './in-graph-order.ts';

const uidOf = (index: number) => makeUid({ type: 'node', id: String(index) });

/** Graphs whose edges lead to nodes before them. */
const graphs = fc
  .array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 20 })
  .map((edges) =>
    edges.map((targets, index): Ordered => ({ uid: uidOf(index), dependsOn: targets.filter((each) => each < index).map(uidOf) })),
  );

it('carries out every node once, after all that it depends on, and never more than the limit at once', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5 }), async (nodes, limit) => {
      const ended: string[] = [];
      let atOnce = 0;
      await inGraphOrder(nodes, limit, async ({ uid, dependsOn }) => {
        atOnce++;
        expect(atOnce).toBeLessThanOrEqual(limit);
        for (const each of dependsOn) expect(ended).toContain(each);
        await Promise.resolve();
        ended.push(uid);
        atOnce--;
      });
      expect(ended.toSorted()).toEqual(nodes.map(({ uid }) => uid).toSorted());
    }),
  );
});

it('goes on with what is independent while one waits', async () => {
  const [slow, quick] = [uidOf(1), uidOf(2)];
  const ended: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const nodes = [
    { uid: slow, dependsOn: [] },
    { uid: quick, dependsOn: [] },
  ];
  await inGraphOrder(nodes, 2, async ({ uid }) => {
    if (uid === slow) await held;
    else release();
    ended.push(uid);
  });
  expect(ended).toEqual([quick, slow]);
});

it('begins nothing more after a rejection, and ends when what is on its way has', async () => {
  const begun: string[] = [];
  const nodes = [1, 2, 3].map((index) => ({ uid: uidOf(index), dependsOn: index === 3 ? [uidOf(1)] : [] }));
  const carried = inGraphOrder(nodes, 2, async ({ uid }) => {
    begun.push(uid);
    await Promise.resolve();
    if (uid === uidOf(1)) throw new Error('lost');
  });
  await expect(carried).rejects.toThrow('lost');
  expect(begun).toEqual([uidOf(1), uidOf(2)]);
});
