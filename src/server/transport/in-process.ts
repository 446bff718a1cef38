import type { Caller } from '../access.ts';
import type { Services } from '../services.ts';
import { answerRequest } from './answer-request.ts';

export interface InProcessInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface InProcessResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export type InProcessFetch = (url: string, init: InProcessInit) => Promise<InProcessResponse>;

/**
 * Makes a `fetch` for the client that stays in the process.
 * Rule: access and validation are those of HTTP, and data takes the way through JSON, so that the answers are the same; there is no token, since whoever
 * runs the process has what is kept at hand anyway.
 */
export function createInProcessFetch(options: { readonly services: Services; readonly caller: Caller }): InProcessFetch {
  return async (url, init) => {
    init.signal?.throwIfAborted();
    const response = await answerRequest(
      {
        method: init.method,
        target: readTarget(url),
        header: (name) => (Object.hasOwn(init.headers, name) ? init.headers[name] : undefined),
        ...(init.body !== undefined && { body: init.body }),
        signal: init.signal ?? neverAborted,
      },
      options,
    );
    const { status, headers, body } = response;
    return {
      status,
      headers: { get: (name) => (Object.hasOwn(headers, name) ? (headers[name] ?? null) : null) },
      text: () => gatherText(body),
      body: typeof body === 'string' ? null : encodeChunks(body),
    };
  };
}

const neverAborted = new AbortController().signal;

/** Path and query of an address; the rest names this process. */
function readTarget(url: string): string {
  return url.replace(/^[a-z-]+:\/\/[^/]*/, '');
}

async function gatherText(body: string | AsyncIterable<string>): Promise<string> {
  if (typeof body === 'string') return body;
  let text = '';
  for await (const chunk of body) text += chunk;
  return text;
}

async function* encodeChunks(chunks: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(chunk);
}
