import { expect, inject } from 'vitest';
import { call } from './tools/call.ts';

/** Asks the API server as the tests' own user. */
export async function ask(method: string, path: string, body?: object): Promise<ReturnType<typeof Object>> {
  const answer = await call(inject('apiServer'), method, path, body && { body });
  return Object(answer.body);
}

export async function makeNamespace(name: string): Promise<void> {
  await ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** How long a test waits for the cluster to do what it was asked. */
export const patience = { timeout: 60_000, interval: 200 } as const;

/** Waits until a Deployment has as many ready pods. */
export async function untilReady(path: string, count: number): Promise<void> {
  await expect.poll(async () => (await ask('GET', path)).status?.readyReplicas ?? 0, patience).toBe(count);
}

export function makeDeployment(name: string, replicas: number, pod: object) {
  const labels = { app: name };
  const spec = { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec };
}

/** What a server says to a question that it could answer; whatever stands before it on the way does not count. */
async function readOk(answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`answered with ${answer.status}: ${text}`);
  return text;
}

/** What an address answers over HTTP, once it does. */
export async function untilAnswer(url: string): Promise<string> {
  // A connection of its own each time: one that was made before the address was known on this machine goes elsewhere, and stays there.
  const options = () => ({ headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) });
  const read = async (): Promise<string> => readOk(await fetch(url, options()));
  await expect.poll(() => read().catch(() => undefined), patience).toBeDefined();
  return read();
}

/** Asks again and again until it is told to end; says what it was answered. */
export function askWithoutEnd(url: string): () => Promise<readonly string[]> {
  const answers: string[] = [];
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const headers = { connection: 'close' };
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2000) })
        .then(readOk)
        .catch((error: unknown) => `failed: ${String(error)}`);
      answers.push(answer);
    }
  })();
  return async () => {
    over.abort();
    await asking;
    return answers;
  };
}
