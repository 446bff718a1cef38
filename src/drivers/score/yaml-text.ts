import { CORE_SCHEMA, defineScalarTag, load, mergeTag, NOT_RESOLVED, YAMLException } from 'js-yaml';
import type { Json } from '../../core/index.ts';

/** YAML that a template rendered, as data; or what is wrong with it, and in which line of the rendered text. */
export type ParsedText = { readonly value: Json } | { readonly problem: string; readonly line: number };

const integerForm = /^([-+]?)(?:0b([01_]+)|0o?([0-7_]+)|0x([0-9a-fA-F_]+)|([0-9][0-9_]*))$/;

/** Whole numbers as the tools read them: with underscores, and with a leading zero in base 8. */
const goInteger = defineScalarTag<number>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: ['-', '+', ...'0123456789'],
  identify: () => false,
  resolve: (source) => readInteger(source) ?? NOT_RESOLVED,
});

function readInteger(source: string): number | undefined {
  const match = integerForm.exec(source);
  if (!match) return undefined;
  const [, sign, binary, octal, hex, decimal] = match;
  const [digits, base] = pickDigits([binary, 2], [octal, 8], [hex, 16], [decimal, 10]);
  const number = Number.parseInt(digits.replaceAll('_', ''), base);
  return Number.isNaN(number) ? undefined : sign === '-' ? -number : number;
}

function pickDigits(...candidates: readonly (readonly [string | undefined, number])[]): readonly [string, number] {
  for (const [digits, base] of candidates) if (digits !== undefined) return [digits, base];
  return ['', 10];
}

const schema = CORE_SCHEMA.withTags(goInteger, mergeTag);
const limits = { maxAliases: 1000, maxDepth: 100 };

/**
 * Reads what a template rendered: the first document.
 * Rule: never throws; an empty text is null; aliases, depth and reserved keys are limited.
 */
export function parseText(text: string): ParsedText {
  if (text.trim() === '') return { value: null };
  try {
    return { value: toJson(load(text, { schema, ...limits }), { left: nodesMax }) };
  } catch (error) {
    if (error instanceof YAMLException) return { problem: error.reason, line: (error.mark?.line ?? 0) + 1 };
    if (error instanceof UnfitValue) return { problem: error.message, line: 1 };
    throw error;
  }
}

/** Aliases make many of one: what is copied is counted. */
const nodesMax = 500_000;

class UnfitValue extends Error {
  override readonly name = 'UnfitValue';
}

const reservedKeys: ReadonlySet<string> = new Set(['__proto__', '$tutti']);

function toJson(value: unknown, budget: { left: number }): Json {
  if (budget.left-- <= 0) throw new UnfitValue('there is more in it, with all aliases followed, than can be');
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string') return value ?? null;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new UnfitValue('there is a number in it that is not finite');
    return value;
  }
  if (Array.isArray(value)) return value.map((each: unknown) => toJson(each, budget));
  if (typeof value === 'object') return toMap(value, budget);
  throw new UnfitValue('there is something in it that is neither text, number, truth value, list nor map');
}

function toMap(value: object, budget: { left: number }): Json {
  const members: Record<string, Json> = {};
  for (const [key, each] of Object.entries(value)) {
    if (reservedKeys.has(key)) throw new UnfitValue(`the key "${key}" is reserved`);
    members[key] = toJson(each, budget);
  }
  return members;
}
