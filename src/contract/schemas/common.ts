import * as z from 'zod';
import type { Json, JsonObject } from '../../core/index.ts';

/** Names of the schemas that the OpenAPI document lists once, under `components`. */
export const componentNames = z.registry<{ id: string }>();

/** Gives a schema its name in the OpenAPI document. */
export function component<T extends z.ZodType>(id: string, schema: T): T {
  componentNames.add(schema, { id });
  return schema;
}

const textLengthMax = 4_194_304;
const nameLengthMax = 200;

/** Any JSON; the schema that describes it is not ours (a manifest, an output). */
export const json = z.custom<Json>((value) => value !== undefined);
export const jsonObject = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** A name as it is used in requests; whether it fits is said by what it names. */
export const name = z.string().min(1).max(nameLengthMax);
export const text = z.string().max(textLengthMax);
export const shortText = z.string().max(1_000);
export const time = component('Time', z.iso.datetime({ offset: false }));
export const digest = component('Digest', z.string().regex(/^[0-9a-f]{64}$/));
export const count = z.int().min(0);
export const uid = z.string().min(1).max(500);

/** A whole number from 1 that stands in an address, where everything is text. */
export const addressNumber = z.preprocess(readNumber, z.int().min(1).max(2_147_483_647));

/** A whole number from 0 in an address. */
export const addressCount = z.preprocess(readNumber, z.int().min(0));

function readNumber(input: unknown): unknown {
  return typeof input === 'string' && /^\d{1,15}$/.test(input) ? Number(input) : input;
}

export const environmentParams = { project: name, environment: name };

export const textFile = component(
  'TextFile',
  z.strictObject({
    /** As diagnostics shall name it. */
    file: z.string().min(1).max(4_096),
    text,
  }),
);

const position = z.strictObject({ line: z.int().min(1), column: z.int().min(1) });

const source = component('SourceRange', z.strictObject({ file: z.string(), start: position, end: position }));

const place = component(
  'Place',
  z.strictObject({
    file: z.string(),
    document: count,
    path: z.array(z.union([z.string(), z.number()])),
    on: z.enum(['key', 'value']).exactOptional(),
    /** A point within the text that stands there, counted from its own beginning. */
    at: position.exactOptional(),
  }),
);

const related = z.strictObject({
  message: z.string(),
  place: place.exactOptional(),
  source: source.exactOptional(),
});

/** One problem. Positions count from 1; `place` stands where the text was not at hand. */
const diagnostic = component(
  'Diagnostic',
  z.strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    summary: z.string(),
    detail: z.string(),
    place: place.exactOptional(),
    source: source.exactOptional(),
    related: z.array(related),
  }),
);

export const diagnostics = z.array(diagnostic);

/** Nothing to say but that it is done. */
export const nothing = z.strictObject({});
