import type { Json, JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import type { Address, Refusal } from '../cluster.ts';
import type { Response } from './request.ts';

type Kind = Pick<Address, 'apiVersion' | 'kind'>;

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

/** Members of a list: they do not say themselves what they are. */
export function readItems(list: JsonObject, { apiVersion, kind }: Kind): readonly JsonObject[] {
  return listOf(list['items']).map((item) => ({ ...mapOf(item), apiVersion, kind }));
}

/** As the API server would say it of a kind that nobody has defined. */
export function refuseKind({ apiVersion, kind }: Kind): Refusal {
  return { status: 404, reason: 'NotFound', message: `the cluster has no kind "${kind}" in ${apiVersion}`, causes: [] };
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
