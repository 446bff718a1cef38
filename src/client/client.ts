import type { ApiAnswer, ApiFailure, CallId, OperationInput, OperationOutput, StreamId } from '../contract/index.ts';
import { readAnswer } from './answer.ts';
import type { Fetch } from './fetch.ts';
import { followStream } from './follow-stream.ts';
import { buildRequest, sendRequest, type Connection } from './request.ts';

export interface ClientOptions {
  /** Where the server is, without `/api`. */
  readonly baseUrl: string;
  readonly token?: string;
  readonly fetch: Fetch;
  /** Before a broken stream is taken up again; doubles with each attempt. */
  readonly retryDelayMs?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** One event of a stream, or, as the last item, why there will be no further one. */
export type StreamItem<T> = { readonly ok: true; readonly event: T } | ApiFailure;

/** Everything that the API can do, typed by its operations. */
export interface Client {
  /** Calls an operation. A failure is a value, also when the server cannot be reached; only the caller's own abort throws. */
  call<Id extends CallId>(id: Id, input: OperationInput<Id>, options?: CallOptions): Promise<ApiAnswer<OperationOutput<Id>>>;
  /** Follows a stream to its end; a connection that breaks is made again, and goes on after the last event. */
  stream<Id extends StreamId>(id: Id, input: OperationInput<Id>, options?: CallOptions): AsyncIterable<StreamItem<OperationOutput<Id>>>;
}

/**
 * Makes a client of the API.
 * Shape: where the server is, a token and a `fetch` in; it keeps nothing between calls.
 * Reports: what the server says; T8012 where it cannot be reached, T8013 where something else answers.
 */
export function createClient(options: ClientOptions): Client {
  const connection: Connection = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') };
  return {
    call: async (id, input, { signal } = {}) => {
      const built = buildRequest(id, new Map(Object.entries(input)));
      if (!built.ok) return built;
      const sent = await sendRequest(connection, built.request, signal);
      return sent.ok ? readAnswer(sent.response) : sent;
    },
    stream: (id, input, { signal } = {}) => {
      const built = buildRequest(id, new Map(Object.entries(input)));
      return built.ok ? followStream(connection, built.request, signal) : yieldOne(built);
    },
  };
}

async function* yieldOne(failure: ApiFailure): AsyncIterable<ApiFailure> {
  yield failure;
}
