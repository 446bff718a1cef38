import { Agent, request as open, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Connection, Impersonation } from './connection.ts';
import { describeTls, makeHeaders, type Response } from './request.ts';

/** An answer that comes line by line, for as long as the server has something to say. */
export type Opened =
  | { readonly kind: 'lines'; readonly lines: AsyncIterable<string> }
  | { readonly kind: 'refused'; readonly response: Response };

export type OpenLines = (path: string, options: LineOptions, signal: AbortSignal) => Promise<Opened>;

export interface LineOptions {
  /** A longer line is cut: one that never ends would fill the memory. In UTF-16 units. */
  readonly lineMax: number;
}

const connectMs = 30_000;
const refusalMax = 64 * 1024;

/** Makes what opens streams of one API server; they have connections of their own, and never keep a request waiting. */
export function createLineOpener(connection: Connection, impersonation: Impersonation | undefined): OpenLines {
  const agent = new Agent({ keepAlive: true, ...describeTls(connection) });
  return async (path, { lineMax }, signal) => {
    const headers = makeHeaders({ method: 'GET', path, accept: '*/*' }, await connection.readToken(), impersonation);
    const answer = await openAnswer(`${connection.url}${path}`, { agent, headers, signal });
    const status = answer.statusCode ?? 0;
    if (status === 200) return { kind: 'lines', lines: splitLines(answer, lineMax) };
    return { kind: 'refused', response: { status, text: await readText(answer) } };
  };
}

function openAnswer(url: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = open(url, options, (answer) => {
      sent.setTimeout(0);
      resolve(answer);
    });
    sent.setTimeout(connectMs, () => sent.destroy(new Error(`the API server did not answer within ${connectMs / 1000} s`)));
    sent.on('error', reject);
    sent.end();
  });
}

async function readText(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > refusalMax) break;
  }
  return text;
}

/** Lines of an answer as they come; the last one too where it has no end. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, lineMax: number): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = cut(lines.pop() ?? '', lineMax);
    for (const line of lines) yield cut(line, lineMax);
  }
  if (rest !== '') yield rest;
}

function cut(line: string, lineMax: number): string {
  const plain = line.endsWith('\r') ? line.slice(0, -1) : line;
  return plain.length > lineMax ? `${plain.slice(0, lineMax)}…` : plain;
}
