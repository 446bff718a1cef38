import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criterion, ResourceDefinition } from '../model/platform.ts';
import { criterionKeys } from './criteria.ts';
import { findDuplicateCriteria, matchNeed } from './match-need.ts';
import { context, criterion, definition, platformOf } from './test-support.ts';

const conditions = fc.record(
  {
    resource: fc.constantFrom('api.db', 'other'),
    environment: fc.constantFrom('staging', 'production'),
    project: fc.constantFrom('shop', 'bank'),
    environmentType: fc.constantFrom('staging', 'production'),
    target: fc.constantFrom('fleet', 'laptop'),
    format: fc.constantFrom('kubernetes' as const, 'compose' as const),
  },
  { requiredKeys: [] },
);

const criteria = fc.oneof(
  fc.tuple(conditions, fc.constantFrom('default', 'large')).map(([each, className]) => criterion({ ...each, class: className })),
  conditions.map(({ resource: _, ...each }) => criterion({ ...each, isFinal: true })),
);

const definitions = fc
  .array(fc.tuple(fc.array(criteria, { minLength: 1, maxLength: 3 }), fc.constantFrom('configured' as const, 'builtin' as const)), {
    maxLength: 8,
  })
  .map((list) => list.map(([match, tier], index) => definition(`d${index}`, 'postgres', { match, tier })));

const need = { type: 'postgres', class: 'default', id: 'api.db' };

/** domain.md §3, word by word. */
function matchNaively(all: readonly ResourceDefinition[]): string | undefined {
  const circumstances: Readonly<Record<string, string>> = { ...context, labels: '', incarnation: '', resource: need.id };
  const holds = (each: Criterion): boolean =>
    criterionKeys.every((key) => each[key] === undefined || each[key] === circumstances[key]) &&
    (each.isFinal || each.class === need.class);
  const candidates = all.flatMap((each) => each.match.filter(holds).map((match) => ({ each, match })));
  const isBefore = (left: Criterion, right: Criterion): boolean => {
    const key = criterionKeys.find((name) => (left[name] === undefined) !== (right[name] === undefined));
    return key !== undefined && left[key] !== undefined;
  };
  const finals = candidates.filter(({ match }) => match.isFinal);
  const configured = candidates.filter(({ each, match }) => !match.isFinal && each.tier === 'configured');
  const builtin = candidates.filter(({ each, match }) => !match.isFinal && each.tier === 'builtin');
  const [tier = []] = [finals, configured, builtin].filter((list) => list.length > 0);
  return tier.find((one) => tier.every((other) => one === other || !isBefore(other.match, one.match)))?.each.name;
}

describe('matching', () => {
  it('says what the rules say, however it is indexed', () => {
    fc.assert(
      fc.property(definitions, (all) => {
        const platform = platformOf(all);
        fc.pre(findDuplicateCriteria(platform).length === 0);
        expect(matchNeed(platform, context, need).value?.name).toBe(matchNaively(all));
      }),
      { numRuns: 500 },
    );
  });

  it('ignores the order of the definitions', () => {
    fc.assert(
      fc.property(definitions, fc.nat(), (all, turn) => {
        const turned = [...all.slice(turn % (all.length || 1)), ...all.slice(0, turn % (all.length || 1))].toReversed();
        fc.pre(findDuplicateCriteria(platformOf(all)).length === 0);
        expect(matchNeed(platformOf(turned), context, need)).toEqual(matchNeed(platformOf(all), context, need));
      }),
    );
  });
});
