import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openapiDocument } from '../../contract/index.ts';
import { diagnose, invariant, quote } from '../../core/index.ts';
import { describeFailure } from '../operations/dispatch.ts';
import { answerRequest } from '../transport/answer-request.ts';
import { respondFailure, type ApiResponse } from '../transport/response.ts';
import { callerOf, pathOf } from './guards.ts';
import type { HttpOptions } from './http-server.ts';
import { describeHome } from './home.ts';
import { sendResponse } from './send.ts';

/** Puts the routes in place; which operation is meant is found by `answerRequest`, as for the transport within the process. */
export function registerRoutes(server: FastifyInstance, options: HttpOptions, stopping: AbortSignal): void {
  const { services, isReady } = options;
  readBodiesAsText(server);
  server.all('/api/v1/*', async (request, reply) => sendResponse(reply, await answerApi(request, reply, { services, stopping })));
  server.get('/api/openapi.json', async (_request, reply) => sendResponse(reply, describeApi(services.version)));
  server.get('/healthz', async (_request, reply) => sendResponse(reply, respondText(200, 'ok\n')));
  server.get('/readyz', async (_request, reply) => {
    const ready = !stopping.aborted && (await isReady().catch(() => false));
    return sendResponse(reply, ready ? respondText(200, 'ready\n') : respondText(503, 'not ready\n'));
  });
  server.get('/', async (_request, reply) => sendResponse(reply, describeHome(services.version)));
  server.setNotFoundHandler(async (request, reply) => sendResponse(reply, describeUnknown(request)));
  server.setErrorHandler(async (error, request, reply) => sendResponse(reply, describeError(error, request, options)));
}

/** Bodies stay text until `answerRequest` reads them: one reader for both transports. */
function readBodiesAsText(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

interface ApiContext {
  readonly services: HttpOptions['services'];
  readonly stopping: AbortSignal;
}

async function answerApi(request: FastifyRequest, reply: FastifyReply, { services, stopping }: ApiContext): Promise<ApiResponse> {
  const caller = callerOf(request);
  invariant(caller, 'a request of the API has passed the token guard');
  const body = decodeBody(request.body);
  if (body.kind === 'broken') return respondFailure([diagnose('T8005', { detail: 'It is not UTF-8.' })]);
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new DOMException('the client is gone', 'AbortError')));
  return answerRequest(
    {
      method: request.method,
      target: request.originalUrl,
      header: (name) => readHeader(request.headers[name]),
      ...(body.kind === 'text' && { body: body.text }),
      signal: AbortSignal.any([gone.signal, stopping]),
    },
    { services, caller },
  );
}

type DecodedBody = { readonly kind: 'none' } | { readonly kind: 'broken' } | { readonly kind: 'text'; readonly text: string };

function decodeBody(body: unknown): DecodedBody {
  if (!Buffer.isBuffer(body)) return { kind: 'none' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(body) };
  } catch {
    return { kind: 'broken' };
  }
}

function readHeader(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function respondText(status: number, body: string): ApiResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

let memo: { readonly version: string; readonly text: string } | undefined;

function describeApi(version: string): ApiResponse {
  if (memo?.version !== version) memo = { version, text: JSON.stringify(openapiDocument(version)) };
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: memo.text };
}

function describeUnknown(request: FastifyRequest): ApiResponse {
  return respondFailure([diagnose('T8003', { detail: `There is nothing at ${quote(pathOf(request))}.` })]);
}

/** What went wrong before an operation was found: the sender's fault by what Fastify says, else a defect of ours. */
function describeError(error: unknown, request: FastifyRequest, { services }: HttpOptions): ApiResponse {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413 || status === 414) return respondFailure([diagnose('T8007', { detail: 'At most 64 MiB are taken.' })]);
  if (status === 415) return respondFailure([diagnose('T8008', { detail: 'Send application/json.' })]);
  if (status >= 400 && status < 500) return respondFailure([diagnose('T8005', { detail: 'The request cannot be read.' })]);
  return respondFailure(describeFailure(`${request.method} ${pathOf(request)}`, { services }, error).diagnostics);
}
