import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { findDuplicateCriteria } from '../../match/match-need.ts';
import { makeUid } from '../../model/uid.ts';
import type { Criterion, PatchTemplate, Platform, ResourceDefinition, TargetDocument } from '../../model/platform.ts';
import type { Json, JsonObject, Value } from '../../model/value.ts';
import { validateJson } from '../json-schema.ts';
import { placeInputs } from './inputs-place.ts';

/** What the platform is held against: the inputs that each driver and target takes, as JSON Schemas by name. */
export interface KnownParts {
  readonly drivers: Readonly<Record<string, JsonObject>>;
  readonly targets: Readonly<Record<string, JsonObject>>;
  /** What drivers have to say of inputs besides, by name. */
  readonly checks?: Readonly<Record<string, (inputs: JsonObject) => readonly Diagnostic[]>>;
  /** What targets have to say of inputs besides, by type. */
  readonly targetChecks?: Readonly<Record<string, (inputs: JsonObject) => readonly Diagnostic[]>>;
  readonly checkPatchTemplate?: (template: PatchTemplate) => readonly Diagnostic[];
}

/**
 * Checks a platform as a whole.
 * Rule: what an expression will be is not known, so it passes wherever a value is asked for.
 * Reports: T1508–T1511, T2005; all of them.
 */
export function checkPlatform(platform: Platform, parts: KnownParts): readonly Diagnostic[] {
  return [
    ...platform.definitions.flatMap((each) => checkDriver(each, parts)),
    ...platform.patchTemplates.flatMap((each) => parts.checkPatchTemplate?.(each) ?? []),
    ...platform.targets.flatMap((each) => checkTargetInputs(each, parts)),
    ...checkContracts(platform),
    ...checkEnvironmentTypes(platform),
    ...findDuplicateCriteria(platform),
  ];
}

function checkDriver(definition: ResourceDefinition, { drivers, checks }: KnownParts): readonly Diagnostic[] {
  const schema = Object.hasOwn(drivers, definition.driver) ? drivers[definition.driver] : undefined;
  if (!schema) {
    const known = Object.keys(drivers).toSorted();
    const detail = `There is no driver "${definition.driver}".${didYouMean(definition.driver, known)} Drivers: ${known.join(', ')}.`;
    return [diagnose('T1508', { detail, place: extendPlace(definition.place, 'spec', 'driver') })];
  }
  // Their shape was checked when they were read; they have no expressions, so what they say is what the driver gets.
  if (definition.tier === 'provisioner') return placeProblems(checks?.[definition.driver]?.(definition.inputs) ?? [], definition);
  const { generate: _, locals: __, ...inputs } = definition.inputs;
  const problems = checkInputs(schema, inputs, definition.place, `the driver "${definition.driver}"`);
  const said = problems.length > 0 ? [] : (checks?.[definition.driver]?.(inputs) ?? []);
  return [...problems, ...placeProblems(said, definition)];
}

/** A driver knows where in its inputs something is wrong, but not where these stand. */
export function placeProblems(
  diagnostics: readonly Diagnostic[],
  definition: Pick<ResourceDefinition, 'place' | 'tier'>,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { place } = diagnostic;
    if (diagnostic.source || (place && place.file !== '')) return diagnostic;
    const at = placeInputs(definition, ...(place?.path ?? []));
    return { ...diagnostic, place: { ...at, ...(place?.at && { at: place.at }) } };
  });
}

function checkTargetInputs(target: TargetDocument, { targets, targetChecks }: KnownParts): readonly Diagnostic[] {
  const schema = targets[target.type];
  if (!schema) {
    const detail = `Targets of the type "${target.type}" are not supported in this version. Supported: ${Object.keys(targets).toSorted().join(', ')}.`;
    return [diagnose('T1508', { detail, place: extendPlace(target.place, 'spec', 'type') })];
  }
  const problems = checkInputs(schema, target.inputs, target.place, `targets of the type "${target.type}"`);
  const said = problems.length > 0 ? [] : (targetChecks?.[target.type]?.(target.inputs) ?? []);
  return [...problems, ...said.map((each) => placeProblem(each, target))];
}

/** A target knows where in its inputs something is wrong, but not where these stand. */
function placeProblem(problem: Diagnostic, { place }: TargetDocument): Diagnostic {
  return { ...problem, place: extendPlace(place, 'spec', 'inputs', ...(problem.place?.path ?? [])) };
}

function checkInputs(schema: JsonObject, inputs: JsonObject, place: Place, what: string): readonly Diagnostic[] {
  return validateJson(schema, hideExpressions(inputs), extendPlace(place, 'spec', 'inputs')).map((problem) =>
    diagnose('T1509', { detail: `Inputs of ${what}: ${problem.detail}`, place: problem.place }),
  );
}

const somewhere = makeUid({ type: 'expression', id: 'unevaluated' });

/** Scalars with expressions as unknowns. */
function hideExpressions(value: Json): Value {
  if (typeof value === 'string') return value.includes('${') ? { $tutti: 'unknown', uid: somewhere, path: '' } : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(hideExpressions);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hideExpressions(each)]));
}

function checkContracts(platform: Platform): readonly Diagnostic[] {
  const known = new Set(platform.resourceTypes.map((type) => type.name));
  const missing = new Map<string, ResourceDefinition>();
  for (const definition of platform.definitions) {
    if (!known.has(definition.type) && !missing.has(definition.type)) missing.set(definition.type, definition);
  }
  return [...missing.values()].map((definition) =>
    diagnose('T1510', {
      detail: `There is no ResourceType document for "${definition.type}".${didYouMean(definition.type, known)}`,
      place: extendPlace(definition.place, 'spec', 'type'),
    }),
  );
}

function checkEnvironmentTypes(platform: Platform): readonly Diagnostic[] {
  const known = platform.environmentTypes.map((type) => type.name);
  if (known.length === 0) return [];
  const documents = [...platform.definitions, ...platform.profiles, ...platform.targets, ...platform.secretStores];
  return documents.flatMap((document) => document.match).flatMap((criterion) => checkTypeName(criterion, known));
}

function checkTypeName({ environmentType, place }: Criterion, known: readonly string[]): readonly Diagnostic[] {
  if (environmentType === undefined || known.includes(environmentType)) return [];
  const detail = `There is no EnvironmentType document "${environmentType}".${didYouMean(environmentType, known)} Declared: ${known.join(', ')}.`;
  return [diagnose('T1511', { detail, place: extendPlace(place, 'environmentType') })];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
