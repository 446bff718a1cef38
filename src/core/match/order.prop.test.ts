import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeUid, type Uid } from '../model/uid.ts';
import { orderNodes } from './order.ts';

const uid = (index: number): Uid => makeUid({ type: 'node', id: `n${String(index).padStart(2, '0')}` });

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc
      .array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 3 }), { minLength: count, maxLength: count })
      .map((lists) => new Map(lists.map((list, index) => [uid(index), [...new Set(list)].map(uid)]))),
  );

describe('the order', () => {
  it('respects every edge, or names a circle whose members depend on each other in order', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const ordered = orderNodes(edges);
        if ('order' in ordered) {
          const at = new Map(ordered.order.map((each, index) => [each, index]));
          expect(ordered.order.toSorted()).toEqual([...edges.keys()].toSorted());
          for (const [from, list] of edges) for (const to of list) expect(at.get(to)).toBeLessThan(at.get(from) ?? -1);
          return;
        }
        const { cycle } = ordered;
        expect(cycle.length).toBeGreaterThan(0);
        cycle.forEach((each, index) => expect(edges.get(each)).toContain(cycle[(index + 1) % cycle.length]));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same however the edges are handed in', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const turned = new Map([...edges].toReversed().map(([from, list]) => [from, list.toReversed()] as const));
        expect(orderNodes(turned)).toEqual(orderNodes(edges));
      }),
    );
  });
});
