import { anyClass, type Criterion } from '../model/platform.ts';

/** The keys of a criterion that the context answers, the most specific first (domain.md §3.3). */
export const criterionKeys = ['resource', 'environment', 'project', 'environmentType', 'target', 'format'] as const;

export type CriterionKey = (typeof criterionKeys)[number];

/** What criteria are compared with: the deployment context and the need's id. */
export type Circumstances = Readonly<Partial<Record<CriterionKey, string>>>;

/**
 * A number for what a criterion sets: the more specific the higher.
 * Rule: the first key that one sets and the other does not decides, so the keys are the digits of a binary number.
 */
export function specificityOf(criterion: Criterion): number {
  return criterionKeys.reduce((mask, key) => mask * 2 + (criterion[key] === undefined ? 0 : 1), 0);
}

/** The key of the first condition that does not hold, with what it wants and what is. */
export interface FailedCondition {
  readonly key: CriterionKey | 'class';
  readonly wants: string;
  readonly is: string | undefined;
}

export function findFailures(
  criterion: Criterion,
  circumstances: Circumstances,
  className: string | undefined,
): readonly FailedCondition[] {
  const failures: FailedCondition[] = [];
  for (const key of criterionKeys) {
    const wants = criterion[key];
    if (wants !== undefined && wants !== circumstances[key]) failures.push({ key, wants, is: circumstances[key] });
  }
  const isClassCompared = className !== undefined && !criterion.isFinal && criterion.class !== anyClass;
  if (isClassCompared && criterion.class !== className) failures.push({ key: 'class', wants: criterion.class, is: className });
  return failures;
}

/** `{environmentType: staging, class: large}`, as one would write it. */
export function describeCriterion(criterion: Criterion): string {
  const parts: string[] = criterionKeys.flatMap((key) => (criterion[key] === undefined ? [] : [`${key}: ${criterion[key]}`]));
  if (criterion.isFinal) parts.push('final: true');
  else if (criterion.class === anyClass) parts.push('any class');
  else if (criterion.class !== 'default') parts.push(`class: ${criterion.class}`);
  return `{${parts.join(', ')}}`;
}
