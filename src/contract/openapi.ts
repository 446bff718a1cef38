import * as z from 'zod';
import type { JsonObject } from '../core/index.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { statusOf, problemSchema, problemType } from './problem.ts';
import { componentNames, diagnostics } from './schemas/common.ts';
import { streamType } from './stream.ts';

/** Named schemas, collected while others are converted. */
type Components = Record<string, unknown>;

const commonErrors = ['T8001', 'T8002', 'T8006', 'T8010', 'T8011'] as const;

/**
 * Describes the API as an OpenAPI 3.1 document, made of the operations.
 * Shape: nothing in, a JSON document out; the same bytes for the same version.
 */
export function openapiDocument(version: string): JsonObject {
  const components: Components = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, operation] of Object.entries(operations)) {
    const methods = (paths[operation.path] ??= {});
    methods[operation.method.toLowerCase()] = describeOperation(id, operation, components);
  }
  return toPlain({
    openapi: '3.1.0',
    info: {
      title: 'tutti',
      version,
      description: 'The API of the tutti platform orchestrator.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Problem: { description: 'The request failed.', content: { [problemType]: { schema: convert(problemSchema, components) } } },
      },
      schemas: sortKeys(components),
    },
  });
}

function describeOperation(id: string, operation: Operation, components: Components): Record<string, unknown> {
  const { summary, body, status, permission, needsStore } = operation;
  return {
    operationId: id,
    tags: [id.slice(0, id.indexOf('.'))],
    summary,
    'x-permission': permission,
    'x-needs-store': needsStore,
    parameters: [...listParameters(operation.params, 'path', components), ...listParameters(operation.query, 'query', components)],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: convert(body, components) } } } }),
    responses: { [status]: describeSuccess(operation, components), ...describeFailures(operation) },
  };
}

function listParameters(schema: z.ZodObject | undefined, where: 'path' | 'query', components: Components): readonly unknown[] {
  return Object.entries(schema?.shape ?? {}).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(each, undefined).success,
    schema: convert(each, components),
  }));
}

function describeSuccess({ isStream, output, summary }: Operation, components: Components): unknown {
  const data = convert(output, components);
  if (isStream) return { description: `${summary}: each event's data is one of these`, content: { [streamType]: { schema: data } } };
  const envelope = {
    type: 'object',
    properties: { data, diagnostics: convert(diagnostics, components) },
    required: ['data', 'diagnostics'],
    additionalProperties: false,
  };
  return { description: 'Done.', content: { 'application/json': { schema: envelope } } };
}

function describeFailures({ errors }: Operation): Record<string, unknown> {
  const statuses = new Set([...commonErrors, ...errors].map(statusOf));
  const failure = { $ref: '#/components/responses/Problem' };
  return Object.fromEntries([...statuses].toSorted((left, right) => left - right).map((status) => [status, failure]));
}

/** A schema as JSON Schema 2020-12; what has a name of its own becomes a reference. */
function convert(schema: z.core.$ZodType, components: Components): unknown {
  const converted = z.toJSONSchema(z.strictObject({ schema }), { metadata: componentNames, unrepresentable: 'any', io: 'output' });
  const { $defs = {}, properties = {} } = refer(converted);
  for (const [id, definition] of Object.entries($defs)) components[id] ??= dropId(definition);
  return properties['schema'];
}

function refer(schema: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema {
  const moved: z.core.JSONSchema.BaseSchema = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
  return moved;
}

function dropId(definition: z.core.JSONSchema._JSONSchema): unknown {
  if (typeof definition === 'boolean') return definition;
  const { id: _id, ...rest } = definition;
  return rest;
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** Plain JSON of it: what is undefined is gone. */
function toPlain(document: object): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(document));
  return plain;
}
