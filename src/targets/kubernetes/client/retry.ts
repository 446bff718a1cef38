import { classifyError } from '../readiness/classify-error.ts';
import { readStatus } from './status.ts';
import type { Call, Response, Send } from './request.ts';

export interface Pause {
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const attemptsMax = 6;
const pauseMs = { first: 200, factor: 2, last: 5000, asked: 30_000 } as const;

/**
 * Sends a request again where that may help.
 * Rule: what the server asks for is waited; a user's mistake is not sent twice, whatever its status. All requests of ours may be sent twice:
 * an apply says what shall be, a removal names a uid.
 */
export function retrySends(send: Send, { sleep }: Pause): Send {
  return async (call, signal) => {
    let pause: number = pauseMs.first;
    for (let attempt = 1; ; attempt++) {
      const response = await sendOnce(send, call, signal);
      if (attempt === attemptsMax || !mayHelp(response)) return response;
      await sleep(Math.min(pauseMs.asked, response.retryAfterMs ?? pause), signal);
      pause = Math.min(pauseMs.last, pause * pauseMs.factor);
    }
  };
}

/** A connection that breaks is an answer that never came: status 0. */
async function sendOnce(send: Send, call: Call, signal: AbortSignal): Promise<Response> {
  try {
    return await send(call, signal);
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return { status: 0, text: JSON.stringify({ message, reason: 'Unreachable' }) };
  }
}

function mayHelp(response: Response): boolean {
  return response.status === 0 || (response.status >= 400 && classifyError(readStatus(response)).isRetryable);
}
