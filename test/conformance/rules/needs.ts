import { expect } from 'vitest';
import { same, type Chapter } from '../rule.ts';
import { accepts, atTop, readOne, refuses } from '../support.ts';

function withNeed(need: string): string {
  return atTop(`resources: {db: ${need}}`);
}

export const chapter: Chapter = {
  name: 'needs',
  title: 'Resources that a workload needs',
  source: 'Schema v1b1, tag 0.4.1: `resources`.',
  rules: [
    same('Resources are a map by name; a name is a label of 2 to 63 characters.', () => {
      accepts(atTop('resources: {}'), atTop('resources: {db-1: {type: postgres}}'));
      refuses('T1107', atTop('resources: {d: {type: postgres}}'), atTop('resources: {DB: {type: postgres}}'));
      refuses('T1105', atTop('resources: [{type: postgres}]'));
    }),
    same('`type` is required: 2 to 63 letters, digits and `-`; which types there are is open.', () => {
      accepts(withNeed('{type: Anything-9}'));
      refuses('T1104', withNeed('{}'), withNeed('{class: large}'));
      refuses('T1107', withNeed('{type: a}'), withNeed('{type: -ab}'), withNeed('{type: a.b}'), withNeed('{type: a_b}'));
    }),
    same('`class` has the form of a type; without it the class is `default`.', () => {
      expect(readOne(withNeed('{type: postgres}')).needs['db']?.class).toBe('default');
      expect(readOne(withNeed('{type: postgres, class: Large}')).needs['db']?.class).toBe('Large');
      refuses('T1107', withNeed('{type: postgres, class: l}'), withNeed('{type: postgres, class: ""}'));
    }),
    same('`id` is 2 to 63 lower-case letters and digits, with `-` and `.` between them.', () => {
      accepts(withNeed('{type: postgres, id: main}'), withNeed('{type: postgres, id: a--b.c0.d}'));
      refuses(
        'T1107',
        ...['a', 'A', '.ab', 'ab.', 'a..b', 'a-.b', 'a_b', 'x'.repeat(64)].map((id) => withNeed(`{type: postgres, id: ${id}}`)),
      );
    }),
    same('`metadata` takes any keys; its `annotations` are text by annotation key.', () => {
      const { metadata } = readOne(withNeed('{type: postgres, metadata: {a: [1], annotations: {example.com/ab: c}}}')).needs['db'] ?? {};
      expect(metadata).toEqual({ a: [1], annotations: { 'example.com/ab': 'c' } });
      refuses('T1105', withNeed('{type: postgres, metadata: {annotations: {ab: 1}}}'));
      refuses('T1107', withNeed('{type: postgres, metadata: {annotations: {"a b": c}}}'));
    }),
    same('`params` takes any keys with values of any depth and type.', () => {
      const { params } = readOne(withNeed('{type: postgres, params: {a: {b: [1, null, {c: true}]}}}')).needs['db'] ?? {};
      expect(params).toEqual({ a: { b: [1, null, { c: true }] } });
      refuses('T1105', withNeed('{type: postgres, params: [a]}'));
    }),
    same('A resource has no further keys.', () => {
      refuses('T1103', withNeed('{type: postgres, properties: {}}'));
    }),
  ],
};
