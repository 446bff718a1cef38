import { Agent, request } from 'node:https';

/** How an API server is reached. */
export interface ApiServer {
  readonly url: string;
  /** By it the server knows the tests, unless by a certificate of theirs. */
  readonly token?: string;
  readonly client?: { readonly certificate: string; readonly key: string };
  /** Whose signature the server shows; one that made its own shows that. */
  readonly certificate: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const silenceMsMax = 30_000;

const agents = new Map<string, Agent>();

/** Sends one request. */
export function call(
  { url, token, client, certificate }: ApiServer,
  method: string,
  path: string,
  { body, type = 'application/json' }: { readonly body?: unknown; readonly type?: string } = {},
): Promise<Answer> {
  const agent =
    agents.get(certificate) ??
    new Agent({ ca: certificate, keepAlive: true, ...(client && { cert: client.certificate, key: client.key }) });
  agents.set(certificate, agent);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(text !== undefined && { 'content-type': type }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers, timeout: silenceMsMax }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }));
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered in ${silenceMsMax} ms`)));
    sent.on('error', reject);
    sent.end(text);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
