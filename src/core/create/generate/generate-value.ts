import { z } from 'zod';
import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, fail, succeed } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { invariant, unreachable } from '../../diagnostics/invariant.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import { openRandomStream, type RandomStream } from './random-stream.ts';

/** The version that new values are made with. Version 1 gives the same values for ever. */
export const currentAlgorithm = 1;

const isSecret = z.boolean().optional();

const schema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('password'),
    length: z.int().min(8).max(256).default(24),
    alphabet: z.string().min(2).max(256).optional(),
    secret: isSecret,
  }),
  z.strictObject({ kind: z.literal('hex'), length: z.int().min(2).max(512).default(32), secret: isSecret }),
  z.strictObject({ kind: z.literal('base64'), bytes: z.int().min(1).max(512).default(32), secret: isSecret }),
  z.strictObject({ kind: z.literal('uuid'), secret: isSecret }),
  z.strictObject({
    kind: z.literal('integer'),
    min: z.int().default(0),
    max: z.int().default(2 ** 31 - 1),
    secret: isSecret,
  }),
]);

type Specification = z.infer<typeof schema>;

/** More than this the stream does not draw without bias. */
const rangeMax = 2 ** 48;

const kinds = ['password', 'hex', 'base64', 'uuid', 'integer'];
const secretKinds: readonly string[] = ['password', 'hex', 'base64'];
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64Alphabet = `${alphanumeric.slice(0, 52)}0123456789+/`;

/**
 * The value of a seed: a pure function of seed, specification and algorithm (domain.md §2).
 * Shape: seed in hex; text, or a number for `integer`.
 * Reports: T4201.
 */
export function generateValue(seed: string, specification: JsonObject, algorithm: number): Outcome<Json> {
  invariant(algorithm === 1, `the algorithm ${algorithm} is unknown`);
  const problems = checkSpecification(specification, { file: '', document: 0, path: [] });
  const parsed = schema.safeParse(specification);
  if (!parsed.success || problems.length > 0) return fail(...problems);
  const stream = openRandomStream(seed, `tutti ${parsed.data.kind} v1`);
  return succeed(draw(parsed.data, stream));
}

/** Whether the value is a secret: passwords, hex and base64 are, unless the specification says otherwise. */
export function isSecretSpecification(specification: JsonObject): boolean {
  const { secret, kind } = specification;
  if (typeof secret === 'boolean') return secret;
  return typeof kind === 'string' && secretKinds.includes(kind);
}

/** Reports: T4201, at the key that is wrong. */
export function checkSpecification(specification: Json, place: Place): readonly Diagnostic[] {
  const parsed = schema.safeParse(specification);
  if (parsed.success) {
    const problem = findProblem(parsed.data);
    return problem === undefined ? [] : [diagnose('T4201', { detail: problem, place })];
  }
  return parsed.error.issues.flatMap((issue) => describeIssue(issue, specification, place));
}

function findProblem(specification: Specification): string | undefined {
  if (specification.kind === 'integer') {
    const { min, max } = specification;
    if (min > max) return `\`min\` (${min}) is greater than \`max\` (${max}).`;
    return max - min >= rangeMax ? 'There may be at most 2^48 numbers between `min` and `max`.' : undefined;
  }
  if (specification.kind !== 'password' || specification.alphabet === undefined) return undefined;
  const letters = [...specification.alphabet];
  return new Set(letters).size < letters.length ? 'A character comes twice in `alphabet`: it would be drawn twice as often.' : undefined;
}

function describeIssue(issue: z.core.$ZodIssue, specification: Json, place: Place): readonly Diagnostic[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const at: Place = { ...place, path: [...place.path, ...path] };
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownOption(key, specification, place));
  if (path.length > 0 && path[0] !== 'kind') return [diagnose('T4201', { detail: `\`${path.join('.')}\`: ${issue.message}.`, place: at })];
  const given = kindOf(specification);
  const what = given === '' ? 'There is no kind.' : `"${given}" is no kind.`;
  return [diagnose('T4201', { detail: `${what} The kinds are ${kinds.join(', ')}.${didYouMean(given, kinds)}`, place: at })];
}

function unknownOption(key: string, specification: Json, place: Place): Diagnostic {
  const kind = kindOf(specification);
  const option = schema.options.find((each) => each.shape.kind.value === kind);
  const known = Object.keys(option?.shape ?? {}).filter((each) => each !== 'kind');
  const detail = `"${key}" is no option of the kind "${kind}".${didYouMean(key, known)} Options: ${known.join(', ')}.`;
  return diagnose('T4201', { detail, place: { ...place, path: [...place.path, key], on: 'key' } });
}

function kindOf(specification: Json): string {
  if (typeof specification !== 'object' || specification === null || !('kind' in specification)) return '';
  const { kind } = specification;
  return typeof kind === 'string' ? kind : '';
}

function draw(specification: Specification, stream: RandomStream): Json {
  switch (specification.kind) {
    case 'password':
      return pick(stream, [...(specification.alphabet ?? alphanumeric)], specification.length);
    case 'hex':
      return pick(stream, [...'0123456789abcdef'], specification.length);
    case 'base64':
      return drawBase64(stream, specification.bytes);
    case 'uuid':
      return drawUuid(stream);
    case 'integer':
      return specification.min + stream.nextBelow(specification.max - specification.min + 1);
    default:
      return unreachable(specification);
  }
}

function pick(stream: RandomStream, alphabet: readonly string[], length: number): string {
  let text = '';
  for (let each = 0; each < length; each++) text += alphabet[stream.nextBelow(alphabet.length)] ?? '';
  return text;
}

function drawBase64(stream: RandomStream, bytes: number): string {
  let bits = '';
  for (let each = 0; each < bytes; each++) bits += stream.nextByte().toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,6}/g) ?? [];
  const text = groups.map((group) => base64Alphabet[Number.parseInt(group.padEnd(6, '0'), 2)] ?? '').join('');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function drawUuid(stream: RandomStream): string {
  const hex = pick(stream, [...'0123456789abcdef'], 32);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
