import type { JsonObject } from '../../../core/index.ts';
import type { Change, ClusterChanges, Kind, ListedAt } from '../changes.ts';
import { mapOf, textOf } from '../fields.ts';
import type { Senders } from './create-streams.ts';
import type { Locate } from './locate.ts';
import { readItems, readJson, readStatus, refuseKind } from './status.ts';

/** An object whole, in UTF-16 units. */
const lineMax = 16 * 1024 * 1024;
/** What the server is asked to end a watch after, and what is waited for that. */
const watchSeconds = 45;
const watchMsMax = (watchSeconds + 10) * 1000;

/** Lists and follows kinds. */
export function createChanges(locate: Locate, { send, openLines }: Senders): ClusterChanges {
  return {
    listAt: (kind, labelSelector, signal) => listPages({ locate, send }, { kind, labelSelector, ...whole }, signal),
    listBriefly: (kind, labelSelector, signal) => listPages({ locate, send }, { kind, labelSelector, ...brief }, signal),
    follow: async (kind, { labelSelector, version }, signal) => {
      const path = await locate(kind, signal);
      if (path === undefined) return { kind: 'refused', refusal: refuseKind(kind) };
      const query = [
        'watch=true',
        'allowWatchBookmarks=true',
        `timeoutSeconds=${watchSeconds}`,
        `resourceVersion=${encodeURIComponent(version)}`,
        `labelSelector=${encodeURIComponent(labelSelector)}`,
      ].join('&');
      const limited = AbortSignal.any([signal, AbortSignal.timeout(watchMsMax)]);
      const opened = await openLines(`${path}?${query}`, { lineMax }, limited);
      return opened.kind === 'lines'
        ? { kind: 'items', items: readChanges(opened.lines) }
        : { kind: 'refused', refusal: readStatus(opened.response) };
    },
  };
}

/** What of the objects is asked for, and how many at once. Source: the API concepts of Kubernetes, "Metadata-only fetches". */
const whole = { accept: 'application/json', pageSize: 500 } as const;
const brief = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1', pageSize: 2000 } as const;

interface Listing {
  readonly kind: Kind;
  readonly labelSelector: string;
  readonly accept: string;
  readonly pageSize: number;
}

async function listPages(
  { locate, send }: Pick<Senders, 'send'> & { readonly locate: Locate },
  { kind, labelSelector, accept, pageSize }: Listing,
  signal: AbortSignal,
): Promise<ListedAt> {
  const path = await locate(kind, signal);
  if (path === undefined) return { kind: 'refused', refusal: refuseKind(kind) };
  const items: JsonObject[] = [];
  let page = '';
  for (;;) {
    const more = page === '' ? '' : `&continue=${encodeURIComponent(page)}`;
    const query = `limit=${pageSize}&labelSelector=${encodeURIComponent(labelSelector)}${more}`;
    const response = await send({ method: 'GET', path: `${path}?${query}`, accept }, signal);
    if (response.status !== 200) return { kind: 'refused', refusal: readStatus(response) };
    const list = readJson(response);
    items.push(...readItems(list, kind));
    const metadata = mapOf(list['metadata']);
    page = textOf(metadata['continue']);
    if (page === '') return { kind: 'ok', items, version: textOf(metadata['resourceVersion']) };
  }
}

async function* readChanges(lines: AsyncIterable<string>): AsyncIterable<Change> {
  for await (const line of lines) yield readChange(line);
}

/** What a line of a watch says. Source: `watch.Event` of the Kubernetes API. */
export function readChange(line: string): Change {
  const event = readJson({ text: line });
  const object = mapOf(event['object']);
  const version = textOf(mapOf(object['metadata'])['resourceVersion']);
  if (event['type'] === 'ERROR') return { kind: object['code'] === 410 || object['reason'] === 'Expired' ? 'forgotten' : 'broken' };
  if (version === '') return { kind: 'broken' };
  if (event['type'] === 'BOOKMARK') return { kind: 'mark', version };
  if (event['type'] === 'DELETED') return { kind: 'removed', object, version };
  return event['type'] === 'ADDED' || event['type'] === 'MODIFIED' ? { kind: 'changed', object, version } : { kind: 'broken' };
}
