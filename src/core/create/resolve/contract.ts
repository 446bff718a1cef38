import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { Platform, ResourceDefinition, ResourceType, Tier } from '../../model/platform.ts';
import { isMark, type Json, type JsonObject, type ValueObject } from '../../model/value.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { validateJson } from '../../read/json-schema.ts';
import { placeInputs } from '../../read/platform/inputs-place.ts';

const typesByPlatform = new WeakMap<Platform, ReadonlyMap<string, ResourceType>>();

/** The contract of a type; none where there is no ResourceType document. */
function findType(platform: Platform, type: string): ResourceType | undefined {
  const known = typesByPlatform.get(platform) ?? new Map(platform.resourceTypes.map((each) => [each.name, each]));
  typesByPlatform.set(platform, known);
  return known.get(type);
}

/** A resource without a contract counts as stateful: deleting it might lose data. */
export function isStateful(platform: Platform, type: string): boolean {
  return findType(platform, type)?.isStateful ?? true;
}

/** What binds a definition: the contract of its type, unless that came with tutti and the definition did not. */
function contractFor(platform: Platform, type: string, tier: Tier): ResourceType | undefined {
  const found = findType(platform, type);
  return found?.isBuiltin && tier === 'provisioner' ? undefined : found;
}

/** The outputs of a type that are secret by contract, whoever gives them. */
export function listSecretOutputs(platform: Platform, type: string): readonly string[] {
  const properties = propertiesOf(findType(platform, type)?.outputs);
  return Object.keys(properties).filter((name) => isWriteOnly(properties[name]));
}

function propertiesOf(schema: JsonObject | undefined): JsonObject {
  const properties = schema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.fromEntries(Object.entries(properties)) : {};
}

function isWriteOnly(property: Json | undefined): boolean {
  return typeof property === 'object' && property !== null && 'writeOnly' in property && property['writeOnly'] === true;
}

/** Reports: T4113, at the need; T4121, at the param. */
export function checkParams(
  node: ResourceNode,
  params: ValueObject,
  { platform, definition }: { readonly platform: Platform; readonly definition: ResourceDefinition },
): readonly Diagnostic[] {
  const place = node.needs.find(({ need }) => need.params)?.need.place ?? node.needs[0]?.need.place ?? { file: '', document: 0, path: [] };
  const at: Place = { ...place, path: [...place.path, 'params'] };
  if (definition.tier === 'provisioner') return checkSupported(node, params, { definition, at });
  const schema = contractFor(platform, node.type, node.match.tier)?.params;
  if (!schema) return [];
  return validateJson(schema, params, at).map((problem) =>
    diagnose('T4113', { detail: `${node.uid}: ${problem.detail}`, place: problem.place }),
  );
}

/** A provisioner that lists the params that it supports takes no others. */
function checkSupported(
  node: ResourceNode,
  params: ValueObject,
  { definition, at }: { readonly definition: ResourceDefinition; readonly at: Place },
): readonly Diagnostic[] {
  const supported = namesOf(definition.inputs['supported_params']);
  if (!supported) return [];
  const unknown = Object.keys(params).filter((name) => !supported.includes(name));
  const list = supported.length > 0 ? `Supported: ${supported.join(', ')}.` : 'It supports none.';
  return unknown.map((name) =>
    diagnose('T4121', {
      detail: `${node.uid}: ${definition.name} does not support the param "${name}".${didYouMean(name, supported)} ${list}`,
      place: { ...extendPlace(at, name), on: 'key' },
    }),
  );
}

function namesOf(list: Json | undefined): readonly string[] | undefined {
  return Array.isArray(list) ? list.flatMap((name: Json) => (typeof name === 'string' ? [name] : [])) : undefined;
}

function checkExpected(definition: ResourceDefinition, outputs: ValueObject): readonly Diagnostic[] {
  const missing = (namesOf(definition.inputs['expected_outputs']) ?? []).filter((name) => !Object.hasOwn(outputs, name));
  if (missing.length === 0) return [];
  const given = Object.keys(outputs).toSorted().join(', ') || 'none';
  const detail = `${definition.name} promises ${missing.map((name) => `"${name}"`).join(', ')} and does not give ${missing.length > 1 ? 'them' : 'it'}; its outputs are: ${given}.`;
  return [diagnose('T4122', { detail, place: placeInputs(definition, 'expected_outputs') })];
}

/**
 * Holds what a definition gives against the contract of its type.
 * Reports: T4111, T4112, at the definition's outputs; T4122 at what a provisioner promises.
 */
export function checkOutputs(definition: ResourceDefinition, outputs: ValueObject, platform: Platform): readonly Diagnostic[] {
  const expected = definition.tier === 'provisioner' ? checkExpected(definition, outputs) : [];
  const schema = contractFor(platform, definition.type, definition.tier)?.outputs;
  if (!schema) return expected;
  const place = placeInputs(definition, 'outputs');
  const broken = validateJson(schema, outputs, place).map((problem) =>
    diagnose('T4111', { detail: `${definition.name}: ${problem.detail}`, place: problem.place }),
  );
  return [...expected, ...broken, ...checkSecretOutputs(definition, outputs, schema)];
}

function checkSecretOutputs(definition: ResourceDefinition, outputs: ValueObject, schema: JsonObject): readonly Diagnostic[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (!isWriteOnly(property) || value === undefined || value === null || isMark(value)) return [];
    const place = placeInputs(definition, 'outputs', name);
    return [diagnose('T4112', { detail: `The output "${name}" of ${definition.name} is secret by contract.`, place })];
  });
}
