import type { Format } from '../../model/context.ts';
import type { Json, JsonObject } from '../../model/value.ts';

const apiVersion = 'tutti.dev/v1';

/** What the contract of a built-in type says. */
export interface Contract {
  readonly type: string;
  readonly version: string;
  readonly description: string;
  readonly stateful: boolean;
  /** JSON Schemas of the params, by name: there are no others. */
  readonly params?: Readonly<Record<string, JsonObject>>;
  readonly requiredParams?: readonly string[];
  /** JSON Schemas of the outputs, by name; a definition may give others besides. */
  readonly outputs: Readonly<Record<string, JsonObject>>;
  /** Outputs that not every definition gives. */
  readonly optionalOutputs?: readonly string[];
}

/** The ResourceType document of a contract. */
export function describeType(contract: Contract): JsonObject {
  const { type, version, description, stateful, params = {}, requiredParams = [], outputs, optionalOutputs = [] } = contract;
  const names = Object.keys(outputs).filter((name) => !optionalOutputs.includes(name));
  return {
    apiVersion,
    kind: 'ResourceType',
    metadata: { name: type, version },
    spec: {
      description,
      stateful,
      params: { ...objectSchema(params, requiredParams), additionalProperties: false },
      outputs: objectSchema(outputs, names),
    },
  };
}

function objectSchema(properties: Readonly<Record<string, JsonObject>>, required: readonly string[]): JsonObject {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

/** How a built-in type is met in one format, or in each the same way. */
export interface Recipe {
  readonly type: string;
  readonly format?: Format;
  readonly driver?: 'template' | 'static';
  readonly inputs: Readonly<Record<string, Json>>;
  readonly coProvision?: readonly JsonObject[];
}

/** The ResourceDefinition document of a recipe; resources are bound to its name. */
export function describeDefinition({ type, format, driver = 'template', inputs, coProvision }: Recipe): JsonObject {
  return {
    apiVersion,
    kind: 'ResourceDefinition',
    metadata: { name: format === 'compose' ? `builtin-${type}-compose` : `builtin-${type}` },
    spec: { type, match: [format === undefined ? {} : { format }], driver, inputs, ...(coProvision && { coProvision }) },
  };
}
