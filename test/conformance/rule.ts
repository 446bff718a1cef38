/** How tutti stands to a rule of the specification or of the Score tools. */
export type Stance = 'same' | 'stricter' | 'more' | 'differs';

/** One row of the table in `docs/score.md`, with what proves it. */
export interface Rule {
  /** What the specification says, or the tools do. */
  readonly rule: string;
  readonly stance: Stance;
  /** What tutti does instead, and why; absent where it is the same. */
  readonly reason?: string;
  /** Fails where tutti does not do what the row says. */
  readonly check: () => void | Promise<void>;
}

/** The rules of one part of the specification or the tools. */
export interface Chapter {
  /** Also the name of its file in `rules`, and the beginning of each row's name. */
  readonly name: string;
  readonly title: string;
  /** Where the rules come from. */
  readonly source: string;
  readonly rules: readonly Rule[];
}

type Check = Rule['check'];

/** tutti does what the rule says. */
export function same(rule: string, check: Check): Rule {
  return { rule, stance: 'same', check };
}

/** tutti refuses what the tools let pass. */
export function stricter(rule: string, reason: string, check: Check): Rule {
  return { rule, stance: 'stricter', reason, check };
}

/** tutti does what the rule says, and something beyond it. */
export function more(rule: string, reason: string, check: Check): Rule {
  return { rule, stance: 'more', reason, check };
}

/** tutti does otherwise. */
export function differs(rule: string, reason: string, check: Check): Rule {
  return { rule, stance: 'differs', reason, check };
}
