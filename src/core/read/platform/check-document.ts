import { checkSpecification } from '../../create/generate/generate-value.ts';
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { checkExpressions, type Members } from '../../expressions/check.ts';
import { profileRoots, scopeRoots, targetRoots } from '../../expressions/scope.ts';
import type { ResourceDefinition, SecretStoreDocument, TargetDocument, WorkloadProfile } from '../../model/platform.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import { checkSchema } from '../json-schema.ts';
import type { RawCriterion } from './schema.ts';

const reservedTypes: readonly string[] = ['workload', 'service', 'environment'];

/** What the shape of a definition cannot say. Reports: T1505, T1506, T3101–T3103, T4201. */
export function checkDefinition(definition: ResourceDefinition, match: readonly RawCriterion[] | undefined): readonly Diagnostic[] {
  const { place, inputs, type } = definition;
  const names = namesOf(inputs);
  const provisions = definition.coProvision.flatMap((each) =>
    checkExpressions(each.params ?? {}, extendPlace(each.place, 'params'), scopeRoots, names),
  );
  return [
    ...checkReserved(type, place),
    ...checkFinals(match, place),
    ...checkExpressions(inputs, extendPlace(place, 'spec', 'inputs'), scopeRoots, names),
    ...checkGenerate(inputs, extendPlace(place, 'spec', 'inputs', 'generate')),
    ...provisions,
  ];
}

/** What can be said of a definition whose shape is wrong: its expressions and generated values are looked at all the same. */
export function checkBrokenDefinition(value: Json, place: Place): readonly Diagnostic[] {
  const spec = memberOf(value, 'spec');
  const inputs = memberOf(spec, 'inputs');
  const type = memberOf(spec, 'type');
  return [
    ...(typeof type === 'string' ? checkReserved(type, place) : []),
    ...(inputs === undefined ? [] : checkExpressions(inputs, extendPlace(place, 'spec', 'inputs'), scopeRoots, namesOf(inputs))),
    ...(isMap(inputs) ? checkGenerate(inputs, extendPlace(place, 'spec', 'inputs', 'generate')) : []),
  ];
}

/** What a definition itself names; where that has no names, nothing is said of it here. */
function namesOf(inputs: Json): Members {
  const locals = memberOf(inputs, 'locals') ?? {};
  const generate = memberOf(inputs, 'generate') ?? {};
  return { ...(isMap(locals) && { locals: Object.keys(locals) }), ...(isMap(generate) && { generate: Object.keys(generate) }) };
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkReserved(type: string, place: Place): readonly Diagnostic[] {
  if (!reservedTypes.includes(type)) return [];
  return [diagnose('T1505', { detail: `tutti itself answers needs of the type "${type}".`, place: extendPlace(place, 'spec', 'type') })];
}

/** Reports: T1506, T3101–T3103. */
export function checkProfile(profile: WorkloadProfile, match: readonly RawCriterion[] | undefined): readonly Diagnostic[] {
  const bases = Object.entries(profile.formats).flatMap(([format, { base }]) =>
    checkExpressions(base, extendPlace(profile.place, 'spec', format, 'base'), profileRoots),
  );
  return [...checkFinals(match, profile.place), ...bases];
}

/** Reports: T3101–T3103. */
export function checkTarget(document: TargetDocument | SecretStoreDocument): readonly Diagnostic[] {
  return checkExpressions(document.inputs, extendPlace(document.place, 'spec', 'inputs'), targetRoots);
}

/** Reports: T1507. */
export function checkResourceType(
  spec: { readonly params?: JsonObject | undefined; readonly outputs?: JsonObject | undefined },
  place: Place,
): readonly Diagnostic[] {
  return [
    ...(spec.params ? checkSchema(spec.params, extendPlace(place, 'spec', 'params')) : []),
    ...(spec.outputs ? checkSchema(spec.outputs, extendPlace(place, 'spec', 'outputs')) : []),
  ];
}

/** A final criterion holds for every class and id, so it may name neither (domain.md §3.6). */
function checkFinals(match: readonly RawCriterion[] | undefined, place: Place): readonly Diagnostic[] {
  return (match ?? []).flatMap((criterion, index) => {
    if (!criterion.final) return [];
    const keys = (['class', 'resource'] as const).filter((key) => criterion[key] !== undefined);
    return keys.map((key) =>
      diagnose('T1506', { detail: `A final criterion sets \`${key}\`.`, place: extendPlace(place, 'spec', 'match', index, key) }),
    );
  });
}

function checkGenerate(inputs: JsonObject, place: Place): readonly Diagnostic[] {
  const entries = inputs['generate'];
  if (entries === undefined) return [];
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) {
    return [diagnose('T4201', { detail: '`generate` is a map from names to what shall be generated.', place })];
  }
  return Object.entries(entries).flatMap(([name, specification]) => checkSpecification(specification, extendPlace(place, name)));
}
