/** A point in a text. Units: line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file, end exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * A node of a YAML document, by its path. Cheap to carry through every stage; `locate` turns it into a
 * `SourceRange` where the text is at hand, so positions are computed only for what is reported.
 */
export interface Place {
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly document: number;
  readonly path: readonly (string | number)[];
  /** Points at the key of the last path segment instead of its value. */
  readonly on?: 'key' | 'value';
  /** A point within the text that stands there, counted from its own beginning. */
  readonly at?: Position;
}

export type Severity = 'error' | 'warning' | 'info';

export interface Related {
  readonly message: string;
  readonly place?: Place;
  readonly source?: SourceRange;
}

/** One problem, in the form that every surface shows. `summary` is fixed per code; `detail` says what, why and what to do. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly detail: string;
  /** Where, as a path; replaced by `source` at the border. */
  readonly place?: Place;
  readonly source?: SourceRange;
  readonly related: readonly Related[];
}

/** A result together with all that is to be said about it. Without `value` there is at least one error. */
export interface Outcome<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}
