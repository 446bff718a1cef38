import type { Json, JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import type { Refusal } from '../cluster.ts';
import type { Response } from './request.ts';

const messageMax = 500;

/** JSON of an answer; an empty map where it is none. */
export function readJson({ text }: Pick<Response, 'text'>): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return mapOf(value);
  } catch {
    return {};
  }
}

/** What an answer says is wrong. */
export function readStatus(response: Pick<Response, 'status' | 'text'>): Refusal {
  const status = readJson(response);
  const causes: readonly Json[] = Array.isArray(mapOf(status['details'])['causes']) ? listOf(mapOf(status['details'])['causes']) : [];
  return {
    status: response.status,
    reason: textOf(status['reason']),
    message: shorten(textOf(status['message']) || response.text),
    causes: causes.map(mapOf).map(({ reason, field, message }) => ({
      reason: textOf(reason),
      field: textOf(field),
      message: shorten(textOf(message)),
    })),
  };
}

/** A message that embeds what was sent ends where that begins: it may hold secrets. */
function shorten(message: string): string {
  const line = message
    .replace(/(?:Invalid value: )(?:core\.|batch\.|\{|map\[|\[)[\s\S]*?(?=: [a-z][^{}]*$|$)/u, 'Invalid value')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > messageMax ? `${line.slice(0, messageMax)}…` : line;
}
