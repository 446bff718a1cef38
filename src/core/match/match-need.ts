import type { Diagnostic, Outcome, Place } from '../diagnostics/diagnostic.ts';
import { diagnose, fail, succeed } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { MatchContext } from '../model/context.ts';
import type { Match } from '../model/graph.ts';
import { anyClass, type Platform, type TargetDocument } from '../model/platform.ts';
import { defaultClass, workloadType } from '../model/uid.ts';
import { describeCriterion, findFailures, specificityOf, type Circumstances } from './criteria.ts';
import { findTwins, findWinner, indexPlatform, secretStoreFamily, targetFamily, type Candidate, type Family } from './index-platform.ts';

/** What is matched: one need of a type. */
export interface NeedKey {
  readonly type: string;
  readonly class: string;
  readonly id: string;
  readonly place?: Place;
}

const missesMax = 3;

/**
 * Finds the definition that answers a need (domain.md §3).
 * Shape: at most 64 look-ups a tier, however many definitions there are.
 * Reports: T2001, T2002, T2003.
 */
export function matchNeed(platform: Platform, context: MatchContext, need: NeedKey): Outcome<Match> {
  const family = indexPlatform(platform).families.get(need.type);
  if (!family) return fail(unknownType(platform, need));
  const circumstances = { ...context, resource: need.id };
  const winner = findWinner(family, circumstances, need.class);
  if (winner) return succeed(toMatch(winner));
  return fail(noMatch(family, circumstances, need));
}

/** Finds the profile that renders a workload: a need of the type `workload` whose class is the annotation's. */
export function matchProfile(
  platform: Platform,
  context: MatchContext,
  workload: { readonly workload: string; readonly class?: string | undefined; readonly place?: Place },
): Outcome<Match> {
  return matchNeed(platform, context, {
    type: workloadType,
    class: workload.class ?? defaultClass,
    id: workload.workload,
    ...(workload.place && { place: workload.place }),
  });
}

export interface TargetMatch {
  readonly match: Match;
  readonly target: TargetDocument;
  /** What matching says now, where the environment is bound to another target. */
  readonly rebind?: Match;
}

/**
 * Finds the target of an environment, by project, environment and environment type alone.
 * Rule: an environment stays bound to its target (§3.7).
 * Reports: T2004.
 */
export function matchTarget(
  platform: Platform,
  environment: Pick<MatchContext, 'project' | 'environment' | 'environmentType'>,
  bound?: string,
): Outcome<TargetMatch> {
  const family = indexPlatform(platform).families.get(targetFamily);
  const winner = family && findWinner(family, environment, defaultClass);
  const boundTarget = platform.targets.find((target) => target.name === bound);
  const target = boundTarget ?? platform.targets.find((each) => each.name === winner?.name);
  if (!target || !winner) return fail(noTarget(platform, environment));
  const match = toMatch(winner);
  if (target.name === winner.name) return succeed({ match, target });
  return succeed({ match: { ...match, name: target.name, digest: target.digest }, target, rebind: match });
}

/** The secret store of an environment, where one matches. */
export function matchSecretStore(platform: Platform, context: MatchContext): Match | undefined {
  const family = indexPlatform(platform).families.get(secretStoreFamily);
  const winner = family && findWinner(family, { ...context }, defaultClass);
  return winner && toMatch(winner);
}

/**
 * Finds criteria that no context can tell apart: with them a tie could happen, so the platform is refused (§3.4).
 * Reports: T2005, once for each group, with every place.
 */
export function findDuplicateCriteria(platform: Platform): readonly Diagnostic[] {
  return [...indexPlatform(platform).families.values()].flatMap((family) => findTwins(family).map(describeTwins));
}

function describeTwins(twins: readonly Candidate[]): Diagnostic {
  const [first, ...others] = twins;
  const names = [...new Set(twins.map((each) => each.name))].join(', ');
  const criterion = first ? describeCriterion(first.criterion) : '{}';
  return diagnose('T2005', {
    detail: `${names}: the criterion ${criterion} stands here and elsewhere, so neither can win. Make one of them more specific, or remove it.`,
    place: first?.criterion.place,
    related: others.map((each) => ({ message: `the same criterion in ${each.name}`, place: each.criterion.place })),
  });
}

export function toMatch(candidate: Candidate): Match {
  return {
    name: candidate.name,
    tier: candidate.tier,
    criterion: candidate.criterion,
    digest: candidate.digest,
  };
}

function unknownType(platform: Platform, need: NeedKey): Diagnostic {
  const known = [...indexPlatform(platform).families.keys()].filter((name) => !name.startsWith('@') && name !== workloadType);
  const list = known.length > 0 ? ` Types with a definition: ${known.toSorted().join(', ')}.` : '';
  return diagnose('T2001', {
    detail: `Nothing defines the type "${need.type}".${didYouMean(need.type, known)}${list}`,
    place: need.place,
  });
}

function noMatch(family: Family, circumstances: Circumstances, need: NeedKey): Diagnostic {
  const classes = new Set(family.candidates.map((each) => each.criterion.class));
  if (!classes.has(need.class) && !classes.has(anyClass)) {
    const what = need.type === workloadType ? `the profile "${need.class}"` : `the class "${need.class}" of the type "${need.type}"`;
    const detail = `No definition answers ${what}.${didYouMean(need.class, classes)} Known: ${[...classes].toSorted().join(', ')}.`;
    return diagnose('T2002', { detail, place: need.place });
  }
  const misses = nearestMisses(family, circumstances, need.class);
  const lines = misses.map(({ candidate, why }) => `${candidate.name} ${describeCriterion(candidate.criterion)}: ${why}`);
  return diagnose('T2003', {
    detail: `No definition of "${need.type}" (class ${need.class}, id ${need.id}) applies here. Nearest: ${lines.join('; ')}.`,
    place: need.place,
    related: misses.map(({ candidate, why }) => ({
      message: `${candidate.name} ${why}`,
      place: candidate.criterion.place,
    })),
  });
}

interface Miss {
  readonly candidate: Candidate;
  readonly why: string;
}

/** The criteria with the fewest conditions that fail, the more specific first. */
function nearestMisses(family: Family, circumstances: Circumstances, className: string): readonly Miss[] {
  return family.candidates
    .map((candidate) => ({ candidate, failures: findFailures(candidate.criterion, circumstances, className) }))
    .filter(({ failures }) => failures.length > 0)
    .toSorted(
      (left, right) =>
        left.failures.length - right.failures.length || specificityOf(right.candidate.criterion) - specificityOf(left.candidate.criterion),
    )
    .slice(0, missesMax)
    .map(({ candidate, failures }) => ({ candidate, why: failures.map(describeFailure).join(', ') }));
}

export function describeFailure(failure: ReturnType<typeof findFailures>[number]): string {
  return `wants ${failure.key} ${failure.wants}, is ${failure.is ?? 'not set'}`;
}

function noTarget(platform: Platform, environment: Pick<MatchContext, 'environmentType'>): Diagnostic {
  const known = platform.targets.map((target) => target.name);
  const detail =
    known.length === 0
      ? 'The platform configuration has no Target document.'
      : `None of the targets ${known.join(', ')} matches the environment type "${environment.environmentType}". Add a criterion to one of them.`;
  return diagnose('T2004', { detail, related: platform.targets.map((target) => ({ message: target.name, place: target.place })) });
}
