import { lastEventHeader, streamEnd, streamProblem, streamType, type ApiFailure } from '../contract/index.ts';
import { describeForeign, parseJson, readFailure } from './answer.ts';
import type { StreamItem } from './client.ts';
import { readEvents } from './event-reader.ts';
import type { FetchResponse } from './fetch.ts';
import { describeUnreachable, sendRequest, type ApiRequest, type Connection } from './request.ts';

const attemptsMax = 6;
const firstDelayMs = 200;

/** How far a stream has come. */
interface Progress {
  lastId: string | undefined;
  /** Attempts since the last event. */
  attempts: number;
  isEnded: boolean;
  failure: ApiFailure | undefined;
}

/**
 * Follows a stream until the server says that it has ended.
 * Rule: a connection that breaks is made again after a while, at most six times without an event between; it goes on after the last event.
 * A failure that the server tells is final.
 */
export async function* followStream<T>(connection: Connection, request: ApiRequest, signal?: AbortSignal): AsyncIterable<StreamItem<T>> {
  const progress: Progress = { lastId: undefined, attempts: 0, isEnded: false, failure: undefined };
  while (progress.attempts < attemptsMax) {
    if (progress.attempts > 0) await wait((connection.retryDelayMs ?? firstDelayMs) * 2 ** (progress.attempts - 1), signal);
    progress.attempts += 1;
    yield* readOnce<T>(connection, withLastId(request, progress.lastId), { progress, signal });
    signal?.throwIfAborted();
    if (progress.isEnded) return;
  }
  yield progress.failure ?? describeUnreachable(connection, new Error('the connection breaks again and again'));
}

interface Reading {
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

async function* readOnce<T>(connection: Connection, request: ApiRequest, { progress, signal }: Reading): AsyncIterable<StreamItem<T>> {
  const sent = await sendRequest(connection, request, signal);
  if (!sent.ok) {
    progress.failure = sent;
    return;
  }
  const refusal = await findRefusal(sent.response);
  if (refusal) {
    progress.isEnded = refusal.status < 500;
    progress.failure = refusal;
    if (progress.isEnded) yield refusal;
    return;
  }
  try {
    yield* readItems<T>(sent.response, progress);
  } catch (error) {
    progress.failure = describeUnreachable(connection, error);
  }
}

async function findRefusal(response: FetchResponse): Promise<ApiFailure | undefined> {
  if (response.status === 200 && response.headers.get('content-type')?.startsWith(streamType)) return undefined;
  return readFailure(response.status, parseJson(await response.text().catch(() => '')));
}

async function* readItems<T>(response: FetchResponse, progress: Progress): AsyncIterable<StreamItem<T>> {
  if (!response.body) return;
  for await (const event of readEvents(response.body)) {
    progress.attempts = 1;
    progress.lastId = event.id ?? progress.lastId;
    progress.isEnded = event.type === streamEnd || event.type === streamProblem;
    if (event.type === streamEnd) return;
    yield event.type === streamProblem ? readFailure(500, parseJson(event.data)) : readItem<T>(event.data);
    if (progress.isEnded) return;
  }
}

/** The data is taken as the contract promises it. */
function readItem<T>(data: string): StreamItem<T> {
  const event = parseJson(data);
  return isEvent<T>(event) ? { ok: true, event } : describeForeign(200);
}

function isEvent<T>(value: unknown): value is T {
  return typeof value === 'object' && value !== null;
}

function withLastId(request: ApiRequest, lastId: string | undefined): ApiRequest {
  return lastId === undefined ? request : { ...request, headers: { ...request.headers, [lastEventHeader]: lastId } };
}

function wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, delayMs);
    signal?.addEventListener('abort', finish, { once: true });
    if (signal?.aborted) finish();
  });
}
