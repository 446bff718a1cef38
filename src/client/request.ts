import { failLocally, operations, type ApiFailure, type Operation, type OperationId } from '../contract/index.ts';
import type { Fetch, FetchResponse } from './fetch.ts';

export interface Connection {
  readonly baseUrl: string;
  readonly token?: string;
  readonly fetch: Fetch;
  readonly retryDelayMs?: number;
}

export interface ApiRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Fields = ReadonlyMap<string, unknown>;

export type BuiltRequest = { readonly ok: true; readonly request: ApiRequest } | ApiFailure;

/** Puts the fields of an input where the operation has them: path, query, body. */
export function buildRequest(id: OperationId, fields: Fields): BuiltRequest {
  const operation: Operation = operations[id];
  const path = fillPath(operation, fields);
  if (path === undefined) return failLocally('T8006', 'A name in the address is empty, "." or "..", which cannot name anything.');
  const accept = operation.isStream ? 'text/event-stream' : 'application/json';
  if (!operation.body) return { ok: true, request: { method: operation.method, path, headers: { accept } } };
  const headers = { accept, 'content-type': 'application/json' };
  return { ok: true, request: { method: operation.method, path, headers, body: JSON.stringify(fields.get('body')) } };
}

function fillPath(operation: Operation, fields: Fields): string | undefined {
  const names = Object.keys(operation.params?.shape ?? {});
  // A URL drops such segments, whether encoded or not, and would name something else.
  if (names.some((name) => ['', '.', '..'].includes(toText(fields.get(name))))) return undefined;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(toText(fields.get(name))));
  const query = new URLSearchParams();
  for (const name of Object.keys(operation.query?.shape ?? {})) {
    const value = fields.get(name);
    if (value !== undefined) query.set(name, toText(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Fields of an address are text, numbers or switches. */
function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export type SentRequest = { readonly ok: true; readonly response: FetchResponse } | ApiFailure;

/** Sends a request; a server that cannot be reached is a failure like any other. */
export async function sendRequest(connection: Connection, request: ApiRequest, signal?: AbortSignal): Promise<SentRequest> {
  const { path, method, body } = request;
  const authorization = connection.token === undefined ? {} : { authorization: `Bearer ${connection.token}` };
  const headers = { ...request.headers, ...authorization };
  try {
    const response = await connection.fetch(`${connection.baseUrl}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    return { ok: true, response };
  } catch (error) {
    signal?.throwIfAborted();
    return describeUnreachable(connection, error);
  }
}

/** Why a connection failed, in the words of whoever knows best. */
export function describeUnreachable(connection: Pick<Connection, 'baseUrl'>, error: unknown): ApiFailure {
  return failLocally('T8012', `${connection.baseUrl} does not answer: ${describeCause(error)}.`);
}

function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The error of `fetch` itself says no more than that it failed.
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
