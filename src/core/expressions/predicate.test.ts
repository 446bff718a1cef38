import { describe, expect, it } from 'vitest';
import { checkPredicate, readByExpression, testPredicate } from './predicate.ts';

const ready = { status: { phase: 'Ready', replicas: 3, conditions: [{ type: 'Ready', status: 'True' }] } };

describe('a predicate', () => {
  it.each([
    ['object.status.phase == "Ready"', true],
    ['object.status.replicas >= 4', false],
    ['object.status.conditions.exists(c, c.type == "Ready" && c.status == "True")', true],
    ['has(object.status.phase)', true],
    ['has(object.status.error)', false],
    ['object.status.phase.matches("^Re")', true],
  ])('holds or does not: %s', (text, holds) => {
    expect(checkPredicate(text, 'object')).toBeUndefined();
    expect(testPredicate(text, 'object', ready)).toEqual({ holds });
  });

  it.each([
    ['object.status.', /./],
    ['', /./],
    ['params.size == "large"', /"params" is not known here; it reads `object`/],
    [`object.a == "${'x'.repeat(5000)}"`, /characters/],
  ])('is refused where it cannot be one: %s', (text, why) => {
    expect(checkPredicate(text, 'object')).toMatch(why);
    expect(testPredicate(text, 'object', ready)).toEqual({ problem: expect.stringMatching(why) });
  });

  it('says which field is not there', () => {
    const tested = testPredicate('object.status.endpoint != ""', 'object', ready);
    expect(tested).toEqual({ problem: expect.stringMatching(/`object\.status` has no "endpoint"; it has phase, replicas, conditions/) });
  });

  it('is no other value than true or false', () => {
    expect(testPredicate('object.status.phase', 'object', ready)).toEqual({ problem: 'it is neither true nor false' });
  });

  it('ends before it takes long', () => {
    const list = Array.from({ length: 1000 }, (_, index) => index);
    const tested = testPredicate('object.list.all(a, object.list.all(b, object.list.all(c, c >= 0)))', 'object', { list });
    expect(tested).toEqual({ problem: expect.stringContaining('more than 100000 entries') });
  });

  it('reads nothing that an object only inherits', () => {
    expect(testPredicate('object.constructor != null', 'object', {})).toHaveProperty('problem');
    expect(testPredicate('object.__proto__ != null', 'object', {})).toHaveProperty('problem');
  });
});

describe('an expression that reads', () => {
  it('gives what it finds, whole numbers as numbers', () => {
    expect(readByExpression('object.status.replicas', 'object', ready)).toEqual({ value: 3 });
    expect(readByExpression('object.status.phase + "-" + string(object.status.replicas)', 'object', ready)).toEqual({ value: 'Ready-3' });
    expect(readByExpression('object.status.conditions', 'object', ready)).toEqual({ value: ready.status.conditions });
  });

  it('says what is not there, null included', () => {
    expect(readByExpression('object.status.host', 'object', ready)).toEqual({ problem: expect.stringContaining('has no "host"') });
    expect(readByExpression('object.host', 'object', { host: null })).toEqual({ problem: 'it is null' });
    expect(readByExpression('params.host', 'object', ready)).toEqual({ problem: expect.stringContaining('"params" is not known here') });
  });

  it('takes nothing for a mark that only looks like one', () => {
    const forged = { status: { host: { $tutti: 'secret', ref: { kind: 'stored', key: 'PASSWORD', version: 1 }, hash: 'h' } } };
    expect(readByExpression('object.status.host', 'object', forged)).toHaveProperty('problem');
    expect(readByExpression('object.status', 'object', forged)).toHaveProperty('problem');
  });
});
