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
export { excerpt } from './diagnostics/excerpt.ts';
export { escapeControls, quote } from './diagnostics/quote.ts';
export { renderDiagnostic, type Paint } from './diagnostics/render.ts';

// model
export type * from './model/context.ts';
export type * from './model/graph.ts';
export type * from './model/plan.ts';
export type * from './model/platform.ts';
export type * from './model/rendering.ts';
export { canonicalJson, digestOf } from './model/digest.ts';
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

// read
export { locate, type SourceText } from './read/locate.ts';
export { printDocuments, printYaml, type PrintOptions } from './read/print-yaml.ts';
export { decodeText } from './read/text.ts';
export { parseYaml, type YamlDocument } from './read/yaml.ts';
export type { YamlLimits } from './read/yaml-stream.ts';

// create: plan
export type {
  BuildPlanRequest,
  ChangedInputs,
  Desired,
  PlanCommand,
  ResourceDesire,
  WorkloadDesire,
} from './create/plan/request.ts';
