import type { Address } from '../cluster.ts';
import { mapOf, textOf } from '../fields.ts';
import type { ClusterStreams, LogRequest, Streamed, WatchEvent } from '../streams.ts';
import type { Locate } from './locate.ts';
import type { Send } from './request.ts';
import { readItems, readJson, readStatus, refuseKind } from './status.ts';
import type { OpenLines } from './stream.ts';

export interface Senders {
  readonly send: Send;
  readonly openLines: OpenLines;
}

/** In UTF-16 units: a line of a program, and an object whole. */
const lineMax = { log: 16 * 1024, watch: 16 * 1024 * 1024 } as const;
/** What the server keeps a watch open for; a little less than a connection that nobody uses is kept on the way. */
const watchSeconds = 240;

export function createStreams(locate: Locate, { send, openLines }: Senders): ClusterStreams {
  return {
    search: async (of, labelSelector, signal) => {
      const path = await locate(of, signal);
      if (path === undefined) return { kind: 'ok', items: [] };
      const response = await send({ method: 'GET', path: `${path}?${select(labelSelector)}` }, signal);
      if (response.status !== 200) return { kind: 'refused', refusal: readStatus(response) };
      return { kind: 'ok', items: readItems(readJson(response), of) };
    },
    logs: (pod, query, signal) => readLines(openLines(pathOfLogs(pod, query), { lineMax: lineMax.log }, signal)),
    watch: async (of, labelSelector, signal) => {
      const path = await locate(of, signal);
      if (path === undefined) return { kind: 'refused', refusal: refuseKind(of) };
      const query = `watch=true&allowWatchBookmarks=false&timeoutSeconds=${watchSeconds}&${select(labelSelector)}`;
      const opened = await readLines(openLines(`${path}?${query}`, { lineMax: lineMax.watch }, signal));
      return opened.kind === 'items' ? { kind: 'items', items: readEvents(opened.items) } : opened;
    },
  };
}

function select(labelSelector: string): string {
  return `labelSelector=${encodeURIComponent(labelSelector)}`;
}

function pathOfLogs({ namespace = 'default', name }: Address, query: LogRequest): string {
  const parts = [
    `container=${encodeURIComponent(query.container)}`,
    'timestamps=true',
    ...(query.isFollowed ? ['follow=true'] : []),
    ...(query.isPrevious ? ['previous=true'] : []),
    ...(query.lines === undefined ? [] : [`tailLines=${query.lines}`]),
    ...(query.sinceSeconds === undefined ? [] : [`sinceSeconds=${query.sinceSeconds}`]),
  ];
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log?${parts.join('&')}`;
}

async function readLines(opening: ReturnType<OpenLines>): Promise<Streamed<string>> {
  const opened = await opening;
  return opened.kind === 'lines' ? { kind: 'items', items: opened.lines } : { kind: 'refused', refusal: readStatus(opened.response) };
}

/** An error within a watch (the server has forgotten what was before) ends it: whoever watches begins anew. */
async function* readEvents(lines: AsyncIterable<string>): AsyncIterable<WatchEvent> {
  for await (const line of lines) {
    const event = readJson({ text: line });
    const type = textOf(event['type']);
    if (type === 'ERROR') return;
    if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') yield { type, object: mapOf(event['object']) };
  }
}
