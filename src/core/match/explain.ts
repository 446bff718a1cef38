import type { MatchContext } from '../model/context.ts';
import type { Match } from '../model/graph.ts';
import type { Criterion, Platform, Tier } from '../model/platform.ts';
import { criterionKeys, describeCriterion, findFailures } from './criteria.ts';
import { findWinner, indexPlatform, type Candidate } from './index-platform.ts';
import { describeFailure, toMatch, type NeedKey } from './match-need.ts';

/** Why a need is met as it is: the winner, and what decided against each other criterion. */
export interface Explanation {
  readonly need: { readonly type: string; readonly class: string; readonly id: string };
  readonly winner?: Match;
  readonly others: readonly ExplainedCriterion[];
}

export interface ExplainedCriterion {
  readonly name: string;
  readonly tier: Tier;
  readonly criterion: Criterion;
  /** The key that decided against it, or `final` or `tier`. */
  readonly decidedBy: string;
  readonly reason: string;
}

/** Answers why: the winner, and every other criterion of the type with the key that decided against it. */
export function explainNeed(platform: Platform, context: MatchContext, need: NeedKey): Explanation {
  const family = indexPlatform(platform).families.get(need.type);
  const circumstances = { ...context, resource: need.id };
  const winner = family && findWinner(family, circumstances, need.class);
  const others = (family?.candidates ?? []).filter((candidate) => candidate !== winner);
  return {
    need: { type: need.type, class: need.class, id: need.id },
    ...(winner && { winner: toMatch(winner) }),
    others: others.map((candidate) => ({
      name: candidate.name,
      tier: candidate.tier,
      criterion: candidate.criterion,
      ...decide(candidate, winner, findFailures(candidate.criterion, circumstances, need.class)),
    })),
  };
}

type Decision = Pick<ExplainedCriterion, 'decidedBy' | 'reason'>;

function decide(candidate: Candidate, winner: Candidate | undefined, failures: ReturnType<typeof findFailures>): Decision {
  const [failure] = failures;
  if (failure) return { decidedBy: failure.key, reason: failures.map(describeFailure).join(', ') };
  if (!winner) return { decidedBy: 'none', reason: 'holds' };
  if (winner.criterion.isFinal && !candidate.criterion.isFinal) {
    return { decidedBy: 'final', reason: `${winner.name} is final` };
  }
  if (winner.tier !== candidate.tier) {
    return { decidedBy: 'tier', reason: `the tier "${winner.tier}" comes before "${candidate.tier}"` };
  }
  if (winner.tier === 'provisioner') return { decidedBy: 'order', reason: `${winner.name} stands before it` };
  const key = criterionKeys.find((each) => (winner.criterion[each] === undefined) !== (candidate.criterion[each] === undefined));
  return { decidedBy: key ?? 'name', reason: `less specific: does not set ${key ?? 'more'}, as ${winner.name} does` };
}

/** A table of an explanation as plain text. */
export function explainToText(explanation: Explanation): string {
  const { need, winner } = explanation;
  const head = `${need.type} (class ${need.class}, id ${need.id})`;
  const answer = winner
    ? `${head}\n  is met by ${winner.name} ${describeCriterion(winner.criterion)} [${winner.tier}]`
    : `${head}\n  is not met by anything`;
  const rows = explanation.others.map((other) => [other.name, describeCriterion(other.criterion), other.reason]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(
    ([name = '', criterion = '', reason = '']) => `  not ${name.padEnd(widths[0] ?? 0)}  ${criterion.padEnd(widths[1] ?? 0)}  ${reason}`,
  );
  return [answer, ...lines].join('\n');
}
