import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ApiResponse } from '../transport/response.ts';

const heartbeatMs = 15_000;

/** Sends an answer; a stream as it comes. */
export function sendResponse(reply: FastifyReply, { status, headers, body }: ApiResponse): FastifyReply {
  return (
    reply
      .code(status)
      .headers({ ...headers })
      // As bytes, so that the type stays as it is written.
      .send(typeof body === 'string' ? Buffer.from(body) : Readable.from(withHeartbeat(body), { objectMode: false }))
  );
}

/** Puts comments between events that are far apart, so that nothing on the way takes the connection for dead. */
async function* withHeartbeat(chunks: AsyncIterable<string>): AsyncIterable<string> {
  const iterator = chunks[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const result = await withinTime(next);
      if (result === 'late') {
        yield ': still here\n\n';
        continue;
      }
      if (result.done === true) return;
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

async function withinTime<T>(promise: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), heartbeatMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
