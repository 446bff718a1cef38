import { describe, expect, it } from 'vitest';
import type { Json } from '../../../core/index.ts';
import { deleteAt, setAt } from './apply-patch.ts';
import { parsePath, type Step } from './path.ts';

function steps(path: string): readonly Step[] {
  const parsed = parsePath(path);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.steps;
}

describe('a patch that sets', () => {
  it.each<[string, Json, string, Json, Json]>([
    ['a key', { a: 1 }, 'a', 2, { a: 2 }],
    ['a key that is not there', {}, 'a.b.c', 1, { a: { b: { c: 1 } } }],
    [
      'a key with dots',
      {},
      String.raw`metadata.annotations.k8s\.score\.dev/x`,
      'y',
      { metadata: { annotations: { 'k8s.score.dev/x': 'y' } } },
    ],
    ['a place in a list', [{ a: 1 }, { a: 2 }], '1.a', 3, [{ a: 1 }, { a: 3 }]],
    ['the end of a list', { list: [1] }, 'list.-1', 2, { list: [1, 2] }],
    ['the end of a list that is not there', {}, 'list.-1', 2, { list: [2] }],
    ['a key that is a number', {}, 'ports.:80', 'x', { ports: { 80: 'x' } }],
    ['a place behind the end', [1], '3', 4, [1, null, null, 4]],
  ])('sets %s', (...row) => {
    const [, target, path, value, result] = row;
    expect(setAt(target, steps(path), value)).toEqual({ value: result });
  });

  it('says where there is neither map nor list', () => {
    expect(setAt({ a: 'text' }, steps('a.b'), 1)).toEqual({ problem: 'there is no map in which "b" could be set' });
    expect(setAt({ a: { b: 1 } }, steps('a.-1'), 1)).toEqual({ problem: 'there is no list in which "-1" could be set' });
    expect(setAt([], steps('99999999'), 1)).toEqual({ problem: '"99999999" is far behind the end of the list' });
  });
});

describe('a patch that deletes', () => {
  it.each<[Json, string, Json]>([
    [{ a: 1, b: 2 }, 'a', { b: 2 }],
    [{ a: { b: 1, c: 2 } }, 'a.b', { a: { c: 2 } }],
    [[1, 2, 3], '1', [1, 3]],
    [[1, 2, 3], '-1', [1, 2]],
    [{ a: [{ b: 1 }] }, 'a.0.b', { a: [{}] }],
    [{ a: 1 }, 'x.y', { a: 1 }],
    [[1], '5', [1]],
    ['text', 'a', 'text'],
  ])('takes what is there from %j at %s', (target, path, result) => {
    expect(deleteAt(target, steps(path))).toEqual(result);
  });
});

describe('a path', () => {
  it.each(['', 'a..b', '.a', 'a.', 'a.*', 'a?', 'a|b', 'a.#.b', '@this'])('%j is refused', (path) => {
    expect(parsePath(path)).toHaveProperty('problem');
  });

  it('keeps what is escaped', () => {
    expect(steps(String.raw`a\.b.\*.\\`)).toEqual([
      { kind: 'key', key: 'a.b' },
      { kind: 'key', key: '*' },
      { kind: 'key', key: '\\' },
    ]);
  });
});
