// diagnostics
export type {
  Diagnostic,
  Outcome,
  Place,
  Position,
  Related,
  Severity,
  SourceRange,
} from './diagnostics/diagnostic.ts';
export type { CodeEntry } from './diagnostics/catalogue/entry.ts';
export { catalogue, type Code } from './diagnostics/catalogue/index.ts';
export { diagnose, fail, hasErrors, settle, succeed, type DiagnosticParts } from './diagnostics/report.ts';
export { invariant, InvariantError, unreachable } from './diagnostics/invariant.ts';
export { didYouMean, suggest } from './diagnostics/suggest.ts';

// model
export type * from './model/context.ts';
export type * from './model/graph.ts';
export type * from './model/plan.ts';
export type * from './model/platform.ts';
export type * from './model/rendering.ts';
export * from './model/state.ts';
export * from './model/uid.ts';
export * from './model/value.ts';
export type * from './model/workload.ts';

// ports
export type * from './ports/clock.ts';
export type * from './ports/driver.ts';
export type * from './ports/generator.ts';
export type * from './ports/store.ts';
export type * from './ports/target.ts';
