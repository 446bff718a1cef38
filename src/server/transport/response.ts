import { describeProblem, problemType, streamEnd, streamProblem, streamType } from '../../contract/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import { describeFailure } from '../operations/dispatch.ts';
import type { Services } from '../services.ts';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<string>;
}

export function respondSuccess(status: number, data: unknown, diagnostics: readonly Diagnostic[]): ApiResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ data, diagnostics }) };
}

export function respondFailure(diagnostics: readonly Diagnostic[]): ApiResponse {
  const problem = describeProblem(diagnostics);
  const challenge = problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return { status: problem.status, headers: { 'content-type': problemType, ...challenge }, body: JSON.stringify(problem) };
}

interface NumberedEvent {
  readonly sequence: number;
  readonly type: string;
}

interface StreamContext {
  readonly id: string;
  readonly services: Services;
  readonly signal: AbortSignal;
}

/** Server-sent events; the last one says that none will follow, so that an end is told from a cut. */
export function respondStream(events: AsyncIterable<NumberedEvent>, context: StreamContext): ApiResponse {
  const headers = { 'content-type': `${streamType}; charset=utf-8`, 'x-accel-buffering': 'no' };
  return { status: 200, headers, body: writeEvents(events, context) };
}

async function* writeEvents(events: AsyncIterable<NumberedEvent>, { id, services, signal }: StreamContext): AsyncIterable<string> {
  try {
    for await (const event of events) yield `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    yield `event: ${streamEnd}\ndata: {}\n\n`;
  } catch (error) {
    // Whoever listened is gone, or the server stops: the client goes on elsewhere.
    if (signal.aborted) return;
    const problem = describeProblem(describeFailure(id, { services }, error).diagnostics);
    yield `event: ${streamProblem}\ndata: ${JSON.stringify(problem)}\n\n`;
  }
}
