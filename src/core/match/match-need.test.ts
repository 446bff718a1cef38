import { describe, expect, it } from 'vitest';
import { explainNeed, explainToText } from './explain.ts';
import { findDuplicateCriteria, matchNeed, matchTarget } from './match-need.ts';
import { context, criterion, definition, emptyPlatform, placeOf, platformOf } from './test-support.ts';

const anywhere = definition('pg-any', 'postgres');
const staging = definition('pg-staging', 'postgres', { match: [criterion({ environmentType: 'staging' })] });
const large = definition('pg-large', 'postgres', { match: [criterion({ class: 'large' })] });
const production = definition('pg-production', 'postgres', { match: [criterion({ environmentType: 'production', project: 'shop' })] });

const need = { type: 'postgres', class: 'default', id: 'api.db', place: placeOf('score.yaml') };

describe('a need', () => {
  it('is met by the most specific criterion that holds', () => {
    const platform = platformOf([anywhere, staging, large, production]);
    expect(matchNeed(platform, context, need).value?.name).toBe('pg-staging');
    expect(matchNeed(platform, { ...context, environmentType: 'production' }, need).value?.name).toBe('pg-production');
    expect(matchNeed(platform, { ...context, environmentType: 'development' }, need).value?.name).toBe('pg-any');
  });

  it('never takes a class for a wildcard', () => {
    expect(matchNeed(platformOf([large]), context, need).diagnostics[0]).toMatchObject({ code: 'T2002' });
    expect(matchNeed(platformOf([anywhere, large]), context, { ...need, class: 'large' }).value?.name).toBe('pg-large');
  });

  it('cannot step around what is final by class or id', () => {
    const final = definition('fence', 'postgres', { match: [criterion({ environmentType: 'staging', isFinal: true })] });
    const exact = definition('exact', 'postgres', { match: [criterion({ resource: 'api.db', class: 'large' })] });
    expect(matchNeed(platformOf([final, exact]), context, { ...need, class: 'large' }).value?.name).toBe('fence');
  });

  it('prefers a configured definition to a built-in one that is more specific', () => {
    const builtin = definition('builtin', 'postgres', { tier: 'builtin', match: [criterion({ environment: 'staging' })] });
    expect(matchNeed(platformOf([anywhere, builtin]), context, need).value?.name).toBe('pg-any');
  });

  it('that nothing meets is told the nearest misses and what was meant', () => {
    const [none] = matchNeed(platformOf([production]), context, need).diagnostics;
    expect(none).toMatchObject({ code: 'T2003', place: need.place });
    expect(none?.detail).toContain(
      'pg-production {project: shop, environmentType: production}: wants environmentType production, is staging',
    );
    const [unknown] = matchNeed(platformOf([anywhere]), context, { ...need, type: 'postgers' }).diagnostics;
    expect(unknown?.detail).toContain('Did you mean "postgres"?');
  });
});

describe('an explanation', () => {
  it('gives the key that decided against each other criterion', () => {
    const explanation = explainNeed(platformOf([anywhere, staging, large, production]), context, need);
    expect(explanation.winner?.name).toBe('pg-staging');
    expect(explanation.others.map((other) => [other.name, other.decidedBy, other.reason])).toEqual([
      ['pg-production', 'environmentType', 'wants environmentType production, is staging'],
      ['pg-any', 'environmentType', 'less specific: does not set environmentType, as pg-staging does'],
      ['pg-large', 'class', 'wants class large, is default'],
    ]);
    expect(explainToText(explanation)).toMatchInlineSnapshot(`
      "postgres (class default, id api.db)
        is met by pg-staging {environmentType: staging} [configured]
        not pg-production  {project: shop, environmentType: production}  wants environmentType production, is staging
        not pg-any         {}                                            less specific: does not set environmentType, as pg-staging does
        not pg-large       {class: large}                                wants class large, is default"
    `);
  });
});

describe('duplicated criteria', () => {
  it('are refused with every place', () => {
    const twin = definition('pg-twin', 'postgres');
    const [duplicate, ...others] = findDuplicateCriteria(platformOf([anywhere, twin]));
    expect(others).toEqual([]);
    expect(duplicate).toMatchObject({ code: 'T2005', detail: expect.stringContaining('pg-any, pg-twin') });
    expect(duplicate?.related).toHaveLength(1);
  });

  it('are no duplicates in different tiers, types or classes', () => {
    const builtin = definition('pg-builtin', 'postgres', { tier: 'builtin' });
    const redis = definition('redis', 'redis');
    expect(findDuplicateCriteria(platformOf([anywhere, builtin, redis, large]))).toEqual([]);
  });
});

describe('a target', () => {
  const target = (name: string, environmentType?: string) => ({
    name,
    type: 'directory' as const,
    match: [criterion(environmentType === undefined ? {} : { environmentType })],
    inputs: {},
    place: placeOf(`${name}.yaml`),
    digest: name,
  });

  it('is matched by project, environment and type, and stays bound', () => {
    const platform = { ...emptyPlatform, targets: [target('any'), target('eu', 'staging')] };
    expect(matchTarget(platform, context).value?.target.name).toBe('eu');
    expect(matchTarget(platform, context, 'any').value).toMatchObject({ target: { name: 'any' }, rebind: { name: 'eu' } });
    expect(matchTarget({ ...emptyPlatform, targets: [target('eu', 'production')] }, context).diagnostics[0]?.code).toBe('T2004');
  });
});
