import { Agent, request as open, type RequestOptions } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { Json } from '../../../core/index.ts';
import type { Connection, Impersonation } from './connection.ts';

export interface Call {
  readonly method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  readonly path: string;
  readonly body?: Json;
  readonly type?: string;
  /** Text instead of JSON: logs. */
  readonly accept?: string;
}

export interface Response {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs?: number;
}

export type Send = (call: Call, signal: AbortSignal) => Promise<Response>;

const requestMs = 30_000;
const bytesMax = 64 * 1024 * 1024;
const socketsMax = 16;

/** Makes what sends single requests to one API server. */
export function createSender(connection: Connection, impersonation: Impersonation | undefined): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: socketsMax, ...describeTls(connection) });
  const url = new URL(connection.url);
  const { hostname, port } = urlToHttpOptions(url);
  // An API server behind a proxy may be in a folder.
  const folder = url.pathname.replace(/\/$/, '');
  return async (call, signal) => {
    const token = await connection.readToken();
    const headers = makeHeaders(call, token, impersonation);
    return send({ to: { hostname, port, agent, method: call.method, path: folder + call.path }, body: call.body, headers }, signal);
  };
}

/** What a connection says of how it is verified, as Node has it. */
export function describeTls({ ca, cert, key, serverName }: Connection) {
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}

export function makeHeaders({ type, accept }: Call, token: string | undefined, impersonation: Impersonation | undefined) {
  return {
    accept: accept ?? 'application/json',
    'user-agent': 'tutti',
    'content-type': type ?? 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(impersonation && { 'impersonate-user': impersonation.user }),
    ...(impersonation && impersonation.groups.length > 0 && { 'impersonate-group': [...impersonation.groups] }),
  };
}

interface Sending {
  readonly to: RequestOptions;
  readonly body: Json | undefined;
  readonly headers: ReturnType<typeof makeHeaders>;
}

function send({ to, body: value, headers }: Sending, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const body = value === undefined ? '' : JSON.stringify(value);
    // Said always: without its length the body of a DELETE would be taken for the next request.
    const sized = { ...headers, 'content-length': Buffer.byteLength(body) };
    const sent = open({ ...to, headers: sized, signal, timeout: requestMs }, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > bytesMax) sent.destroy(new Error('the API server answered with more than can be taken'));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const seconds = Number(answer.headers['retry-after']);
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, text, ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1000 }) });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`the API server did not answer within ${requestMs / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
