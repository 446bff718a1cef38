import { hasErrors, type Diagnostic, type Uid, type ValueObject } from '../../core/index.ts';
import type { Run } from './carry-out.ts';
import { planFurther, type Course } from './plan-further.ts';

/** Takes up what resources turned out to be, while several are carried out at once. */
export interface Learning {
  /** Says what speaks against going on with what the resource turned out to be. */
  learn(uid: Uid, state: ValueObject): Promise<readonly Diagnostic[]>;
}

/**
 * Plans further with one resource after the other, and takes each new course.
 * Rule: one at a time, and once for all that were completed meanwhile; what cannot be planned with is left out, for the sake of the others.
 */
export function openLearning(begun: Run, take: (course: Course) => void, plan: typeof planFurther = planFurther): Learning {
  const completed = new Map<Uid, ValueObject>();
  const learnt = new Set<Uid>();
  let last: Promise<unknown> = Promise.resolve();

  const learnNow = async (uid: Uid): Promise<readonly Diagnostic[]> => {
    if (learnt.has(uid)) return [];
    const known = new Map(completed);
    const course = await plan(begun, known);
    if (!course.value || hasErrors(course.diagnostics)) {
      completed.delete(uid);
      return course.diagnostics;
    }
    take(course.value);
    for (const each of known.keys()) learnt.add(each);
    return [];
  };

  return {
    learn: (uid, state) => {
      completed.set(uid, state);
      const turn = last.then(() => learnNow(uid));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
