import type { Severity } from '../diagnostic.ts';

/** What is fixed about a code; `docs/errors.md` is made from it. */
export interface CodeEntry {
  readonly severity: Severity;
  /** Fixed, holds no user text. */
  readonly summary: string;
  readonly cause: string;
  /** An input or a command that brings it about. */
  readonly example: string;
  readonly cure: string;
}
