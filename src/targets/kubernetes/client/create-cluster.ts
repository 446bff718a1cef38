import type { JsonObject } from '../../../core/index.ts';
import { mapOf, textOf } from '../fields.ts';
import type { Address, Answer, Cluster } from '../cluster.ts';
import { createChanges } from './create-changes.ts';
import { createStreams, type Senders } from './create-streams.ts';
import { createLocator } from './locate.ts';
import type { Response } from './request.ts';
import { readItems, readJson, readStatus, refuseKind } from './status.ts';

const fieldManager = 'tutti';
const lastLinesMax = 20;

/** A cluster behind an API server. */
export function createCluster(location: string, { send, openLines }: Senders): Cluster {
  const locate = createLocator(send);
  const at = async (address: Address, signal: AbortSignal): Promise<string | undefined> => {
    const collection = await locate(address, signal);
    return collection && `${collection}/${encodeURIComponent(address.name)}`;
  };
  const removeWith =
    (propagationPolicy: 'Background' | 'Orphan'): Cluster['remove'] =>
    async (address, uid, signal) => {
      const path = await at(address, signal);
      if (path === undefined) return { kind: 'absent' };
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid }, propagationPolicy };
      const response = await send({ method: 'DELETE', path, body }, signal);
      // Another object of that name is not ours to remove.
      return response.status === 409 ? { kind: 'absent' } : answerOf(response);
    };
  return {
    location,
    ...createStreams(locate, { send, openLines }),
    ...createChanges(locate, { send, openLines }),
    get: async (address, signal) => {
      const path = await at(address, signal);
      return path === undefined ? { kind: 'absent' } : answerOf(await send({ method: 'GET', path }, signal));
    },
    apply: async (body, { isDry, isForced, manager = fieldManager }, signal) => {
      const address = addressOfBody(body);
      const path = await at(address, signal);
      if (path === undefined) return { kind: 'refused', refusal: refuseKind(address) };
      const query = `fieldManager=${manager}&fieldValidation=Strict${isForced ? '&force=true' : ''}${isDry ? '&dryRun=All' : ''}`;
      const response = await send({ method: 'PATCH', path: `${path}?${query}`, body, type: 'application/apply-patch+yaml' }, signal);
      return response.status < 300 ? { kind: 'ok', live: readJson(response) } : { kind: 'refused', refusal: readStatus(response) };
    },
    remove: removeWith('Background'),
    removeAlone: removeWith('Orphan'),
    list: async (of, labelSelector, signal) => {
      const path = await locate(of, signal);
      if (path === undefined) return [];
      return itemsOf(await send({ method: 'GET', path: `${path}?labelSelector=${encodeURIComponent(labelSelector)}` }, signal), of);
    },
    events: async ({ namespace = 'default' }, uid, signal) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events?fieldSelector=${encodeURIComponent(`involvedObject.uid=${uid}`)}`;
      const events = itemsOf(await send({ method: 'GET', path }, signal), { apiVersion: 'v1', kind: 'Event' });
      return events.toSorted((left, right) => (timeOf(left) < timeOf(right) ? -1 : 1));
    },
    lastLines: async ({ namespace = 'default', name }, container, signal) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
      const query = `container=${encodeURIComponent(container)}&tailLines=${lastLinesMax}`;
      const now = await send({ method: 'GET', path: `${path}?${query}`, accept: '*/*' }, signal);
      const lines = linesOf(now);
      return lines.length > 0
        ? lines
        : linesOf(await send({ method: 'GET', path: `${path}?${query}&previous=true`, accept: '*/*' }, signal));
    },
  };
}

function answerOf(response: Response): Answer {
  if (response.status === 404) return { kind: 'absent' };
  return response.status > 0 && response.status < 300
    ? { kind: 'ok', live: readJson(response) }
    : { kind: 'refused', refusal: readStatus(response) };
}

function addressOfBody(body: JsonObject): Address {
  const { name, namespace } = mapOf(body['metadata']);
  const { apiVersion, kind } = body;
  return { apiVersion: textOf(apiVersion), kind: textOf(kind), name: textOf(name), ...(typeof namespace === 'string' && { namespace }) };
}

function itemsOf(response: Response, of: Pick<Address, 'apiVersion' | 'kind'>): readonly JsonObject[] {
  return response.status === 200 ? readItems(readJson(response), of) : [];
}

function timeOf(event: JsonObject): string {
  return textOf(event['lastTimestamp']) || textOf(event['eventTime']) || textOf(mapOf(event['metadata'])['creationTimestamp']);
}

function linesOf({ status, text }: Response): readonly string[] {
  return status === 200 ? text.split('\n').filter((line) => line.trim() !== '') : [];
}
