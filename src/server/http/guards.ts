import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { diagnose, quote, type Diagnostic, type Outcome } from '../../core/index.ts';
import type { Caller } from '../access.ts';
import { sendResponse } from './send.ts';
import { respondFailure } from '../transport/response.ts';

/** Finds who a token belongs to. Reports: T7208. */
export type Authenticate = (token: string) => Promise<Outcome<Caller>>;

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Routes that answer without a token, and therefore without any detail. */
const openPaths: readonly string[] = ['/', '/healthz', '/readyz'];

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What every answer carries, whatever comes of it. */
export const setHeaders: Hook = async (request, reply) => {
  void reply.headers({ ...securityHeaders, 'x-request-id': request.id });
  return undefined;
};

/**
 * Refuses requests that are meant for another host.
 * Rule: addresses and the names of the loopback pass, other names only where they are configured: a page that lets its own name point here
 * (DNS rebinding) comes with a name that nobody has configured.
 */
export function guardHost(hostNames: readonly string[]): Hook {
  const known = new Set(['localhost', ...hostNames.map((name) => name.toLowerCase())]);
  return async (request, reply) => {
    const name = readHostName(request.headers.host ?? '');
    if (known.has(name) || isIP(name) !== 0) return undefined;
    return refuse(reply, diagnose('T8009', { detail: `The Host header says ${quote(request.headers.host ?? '')}.` }));
  };
}

/** The host of a Host header: without port, brackets and a final dot. */
function readHostName(host: string): string {
  const bracketed = /^\[([^\]]*)\](:\d+)?$/.exec(host)?.[1];
  return (bracketed ?? host.replace(/:\d*$/, '')).toLowerCase().replace(/\.$/, '');
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Refuses requests without a valid token, before anything of their body is read. */
export function guardToken(authenticate: Authenticate): Hook {
  return async (request, reply) => {
    if (request.method === 'GET' && openPaths.includes(pathOf(request))) return undefined;
    const token = readToken(request.headers.authorization);
    if (token === undefined) return refuse(reply, diagnose('T8001', { detail: `${request.method} ${quote(pathOf(request))} needs one.` }));
    const caller = await authenticate(token);
    if (!caller.value) return refuse(reply, ...caller.diagnostics);
    callers.set(request, caller.value);
    return undefined;
  };
}

/** Who sent a request that `guardToken` let pass. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

export function pathOf(request: FastifyRequest): string {
  return request.originalUrl.split('?', 1)[0] ?? request.originalUrl;
}

const tokenLengthMax = 1_024;

function readToken(header: string | undefined): string | undefined {
  const token = /^bearer ([\w.~+/=-]+)$/i.exec(header ?? '')?.[1];
  return token !== undefined && token.length <= tokenLengthMax ? token : undefined;
}

function refuse(reply: FastifyReply, ...diagnostics: readonly Diagnostic[]): FastifyReply {
  // The body is not read: the connection cannot be used for another request.
  void reply.header('connection', 'close');
  return sendResponse(reply, respondFailure(diagnostics));
}
