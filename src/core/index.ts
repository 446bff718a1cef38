// diagnostics
export type { Diagnostic, Outcome, Place, Position, Related, Severity, SourceRange } from './diagnostics/diagnostic.ts';
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
export type * from './model/overrides.ts';
export type * from './model/plan.ts';
export * from './model/platform.ts';
export type * from './model/rendering.ts';
export { canonicalJson, digestOf } from './model/digest.ts';
export { hasEnded } from './model/deployment-status.ts';
export { findPending, pendSecret } from './model/pending.ts';
export { isSecretName } from './model/secret-names.ts';
export * from './model/state.ts';
export {
  defaultClass,
  makePrivateUid,
  makeUid,
  makeWorkloadUid,
  parseUid,
  splitUid,
  workloadType,
  type Uid,
  type UidParts,
} from './model/uid.ts';
export * from './model/value.ts';
export type * from './model/workload.ts';

// ports
export type * from './ports/clock.ts';
export type * from './ports/driver.ts';
export type * from './ports/generator.ts';
export type * from './ports/live.ts';
export type * from './ports/patcher.ts';
export type * from './ports/runtime.ts';
export type * from './ports/secret-sink.ts';
export type * from './ports/queue.ts';
export type * from './ports/store.ts';
export type * from './ports/target.ts';

// read
export { locate, type SourceText } from './read/locate.ts';
export { printDocuments, printYaml, type PrintOptions } from './read/print-yaml.ts';
export { changeImages, type ReadWorkload } from './read/score/change-images.ts';
export {
  listFileSources,
  listWorkloadNames,
  placeFileSources,
  readScore,
  type NamedFile,
  type ReadScoreOptions,
  type ScoreSource,
} from './read/score/score.ts';
export { propertiesFile } from './read/overrides/property.ts';
export { readScoreState, type ScoreResourceState, type ScoreState } from './read/score-state/read-score-state.ts';
export { decodeText } from './read/text.ts';
export { parseYaml, type YamlDocument } from './read/yaml.ts';
export type { YamlLimits } from './read/yaml-stream.ts';

// create: plan
export { describeWorkload } from './create/plan/cause.ts';
export { buildPlan } from './create/plan/build-plan.ts';
export { isEffective, nameSubject } from './create/plan/change.ts';
export { comparePlans, compareRemaining, reportStale, type PlanDifference } from './create/plan/compare-plans.ts';
export { checkConfirmation } from './create/plan/confirm-plan.ts';
export { diffValues } from './create/plan/diff-values.ts';
export { listKeptObjects } from './create/plan/kept-objects.ts';
export { planToText } from './create/plan/plan-text.ts';
export type { BuildPlanRequest, ChangedInputs, Desired, PlanCommand, ResourceDesire, WorkloadDesire } from './create/plan/request.ts';
export { concealSecretData, showValue, shownSecret } from './create/plan/show-value.ts';
export { summarisePlan, type ActionCounts, type PlanSummary } from './create/plan/summarise-plan.ts';

// expressions
export { checkExpressions, listReferences, type Reference } from './expressions/check.ts';
export { evaluate } from './expressions/evaluate.ts';
export { checkPredicate, readByExpression, testPredicate, type Tested } from './expressions/predicate.ts';
export { escapeTemplate } from './expressions/template.ts';
export { targetRoots, type ExpressionScope } from './expressions/scope.ts';

// read: platform
export { checkPlatform, placeProblems, type KnownParts } from './read/platform/check-platform.ts';
export { readPlatform, type PlatformFile } from './read/platform/read-platform.ts';
export { validateJson } from './read/json-schema.ts';

// match
export { buildGraph } from './match/build-graph.ts';
export { explainNeed, explainToText, type ExplainedCriterion, type Explanation } from './match/explain.ts';
export type { GraphRequest } from './match/graph-parts.ts';
export { buildsSameGraph, isSameGraph } from './match/same-graph.ts';
export {
  findDuplicateCriteria,
  matchNeed,
  matchProfile,
  matchSecretStore,
  matchTarget,
  type NeedKey,
  type TargetMatch,
} from './match/match-need.ts';
export { listAllDependencies, listConsumers, listDependencies, typeOf } from './match/neighbours.ts';
export { graphToDot, graphToText } from './match/picture.ts';

// create
export { builtinPlatform, mergePlatforms } from './create/builtin/builtin-platform.ts';
export { describeScore } from './create/patching/describe-score.ts';
export { groupByNode, joinDocument, patchNode, splitDocument } from './create/patching/patch-document.ts';
export { resolveText } from './create/placeholders/resolve.ts';
export { checkPlaceholders } from './create/placeholders/check.ts';
export { currentAlgorithm, generateValue, isSecretSpecification } from './create/generate/generate-value.ts';
export { externaliseSecrets, type Externalised, type StoreEntry } from './create/render/external-secrets.ts';
export { checkHooks, hookTimeOf, isIrreversible, type HookTime } from './create/hooks.ts';
export { isPaused, pauseKey, pauseObject } from './create/pause-objects.ts';
export { checkObjects } from './create/render/check-objects.ts';
export { namespaceNode, renderNamespace } from './create/render/namespace.ts';
export { renderManifests, type RenderManifestsRequest } from './create/render/render-manifests.ts';
export { renderWorkload, type RenderWorkloadRequest } from './create/render/render-workload.ts';
export { escapeForEnvFile } from './create/render-compose/escape.ts';
export { inlineProject, type InlineProject } from './create/render-compose/inline-project.ts';
export { deriveOutputs } from './create/resolve/derive-outputs.ts';
export { checkOutputs, isStateful, listSecretOutputs } from './create/resolve/contract.ts';
export {
  describeAbsentService,
  describeService,
  keepScope,
  scopeEnvironment,
  type EnvironmentScope,
} from './create/resolve/environment-scope.ts';
export {
  digestInputs,
  placeholderScope,
  resolveResource,
  type ResolveContext,
  type ResolvedResource,
} from './create/resolve/resolve-resource.ts';
export { resolveWorkload, type ResolvedWorkload } from './create/resolve/resolve-workload.ts';
export { fitName, makeGuid, makeSlug } from './create/slug.ts';
export { canonicalValue, digestValue } from './create/for-digest.ts';
export { describeObject, makeObjectKey, splitObjectKey } from './model/object-key.ts';
export { compareText } from './model/compare.ts';

// create: layout
export {
  chooseFiles,
  compareFile,
  extendIndex,
  listFilesOf,
  listPaths,
  shortenIndex,
  type FileChanges,
  type PrintedFile,
} from './create/layout/file-changes.ts';
export { describeOwner, indexName, isSameOwner, makeOwner, parseIndex, printIndex, type FileIndex } from './create/layout/file-index.ts';
export { composeFile, composeFolders, filesFolder, manifestsFolder, variablesFile } from './create/layout/file-path.ts';
export { checkPlaces, fileModes, holdsSecret, layOutObjects, type FileContent, type PlacedFile } from './create/layout/lay-out.ts';
export { printFile, revealMarks, type RevealMark } from './create/layout/print-file.ts';
export { keyOfLiveObject, openFound, readLiveObject, type FoundFile } from './create/layout/live-object.ts';
