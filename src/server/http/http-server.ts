import fastify, { type FastifyInstance } from 'fastify';
import { guardHost, guardToken, setHeaders, type Authenticate } from './guards.ts';
import { registerRoutes } from './routes.ts';
import type { Services } from '../services.ts';

const bodySizeBytesMax = 64 * 1024 * 1024;
const requestTimeoutMs = 60_000;
const keepAliveTimeoutMs = 5_000;
const closeTimeoutMs = 5_000;
const idleCheckMs = 50;

export interface HttpOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  /** Whether what is kept can be reached. */
  readonly isReady: () => Promise<boolean>;
  /** Names besides addresses and those of the loopback that requests may be meant for. */
  readonly hostNames?: readonly string[];
}

export interface HttpServer {
  /** Begins to listen; gives the address in use. Throws what the system says, `EADDRINUSE` for one. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Takes nothing new, ends streams, waits a while for what is under way, then closes what is left. */
  close(): Promise<void>;
}

/**
 * Makes the HTTP transport of the API.
 * Rule: every route but `/`, `/healthz` and `/readyz` needs a token, and is refused before its body is read; no answer may be read by another origin;
 * all failures are problem documents.
 * Units: bodies up to 64 MiB, 60 s to send a request.
 * Reports: T7208, T8001, T8003, T8007, T8009, T8010, and what the operations report.
 */
export function createHttpServer(options: HttpOptions): HttpServer {
  const stopping = new AbortController();
  const server = fastify({
    bodyLimit: bodySizeBytesMax,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    genReqId: () => options.services.makeId(),
    rewriteUrl: (request) => avoidBadUrl(request.url ?? '/'),
  });
  server.addHook('onRequest', setHeaders);
  server.addHook('onRequest', guardHost(options.hostNames ?? []));
  server.addHook('onRequest', guardToken(options.authenticate));
  registerRoutes(server, options, stopping.signal);
  return {
    listen: (at) => server.listen(at),
    close: () => closeServer(server, stopping),
  };
}

/** The router answers an address that cannot be decoded by itself, past all guards: it is led to where nothing is. */
function avoidBadUrl(url: string): string {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? url);
    return url;
  } catch {
    return '/api/v1/undecodable';
  }
}

async function closeServer(server: FastifyInstance, stopping: AbortController): Promise<void> {
  stopping.abort(new DOMException('the server stops', 'AbortError'));
  const idle = setInterval(() => server.server.closeIdleConnections(), idleCheckMs);
  const deadline = setTimeout(() => server.server.closeAllConnections(), closeTimeoutMs);
  try {
    await server.close();
  } finally {
    clearInterval(idle);
    clearTimeout(deadline);
  }
}
