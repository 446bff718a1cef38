import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { Platform, ResourceDefinition, ResourceType } from '../../model/platform.ts';
import { isMark, type JsonObject, type ValueObject } from '../../model/value.ts';
import { validateJson } from '../../read/json-schema.ts';

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

/** Reports: T4113, at the need. */
export function checkParams(node: ResourceNode, params: ValueObject, platform: Platform): readonly Diagnostic[] {
  const schema = findType(platform, node.type)?.params;
  if (!schema) return [];
  const place = node.needs[0]?.need.place ?? { file: '', document: 0, path: [] };
  const at: Place = { ...place, path: [...place.path, 'params'] };
  return validateJson(schema, params, at).map((problem) =>
    diagnose('T4113', { detail: `${node.uid}: ${problem.detail}`, place: problem.place }),
  );
}

/**
 * Holds what a definition gives against the contract of its type.
 * Reports: T4111, T4112, at the definition's outputs.
 */
export function checkOutputs(definition: ResourceDefinition, outputs: ValueObject, platform: Platform): readonly Diagnostic[] {
  const schema = findType(platform, definition.type)?.outputs;
  if (!schema) return [];
  const place: Place = { ...definition.place, path: ['spec', 'inputs', 'outputs'] };
  const broken = validateJson(schema, outputs, place).map((problem) =>
    diagnose('T4111', { detail: `${definition.name}: ${problem.detail}`, place: problem.place }),
  );
  return [...broken, ...checkSecretOutputs(definition, outputs, schema)];
}

function checkSecretOutputs(definition: ResourceDefinition, outputs: ValueObject, schema: JsonObject): readonly Diagnostic[] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const isWriteOnly = typeof property === 'object' && property !== null && 'writeOnly' in property && property['writeOnly'] === true;
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (!isWriteOnly || value === undefined || value === null || isMark(value)) return [];
    const place: Place = { ...definition.place, path: ['spec', 'inputs', 'outputs', name] };
    return [diagnose('T4112', { detail: `The output "${name}" of ${definition.name} is secret by contract.`, place })];
  });
}
