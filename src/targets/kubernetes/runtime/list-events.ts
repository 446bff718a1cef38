import { compareText, type JsonObject, type Outcome, type RuntimeEvent, type RuntimeRequest, type Uid } from '../../../core/index.ts';
import { addressOf } from '../addresses.ts';
import { mapAtOnce } from '../at-once.ts';
import type { Cluster } from '../cluster.ts';
import { mapOf, numberOf, textOf } from '../fields.ts';
import { describeRefusal } from '../refusals.ts';

const readsAtOnce = 8;

/**
 * What the cluster said of the objects of an environment and of what they made, the oldest first.
 * Rule: what a controller makes has its maker's name before its own (`web-7d9c-x2x`), so it is told by that.
 */
export async function listEvents(cluster: Cluster, request: RuntimeRequest): Promise<Outcome<readonly RuntimeEvent[]>> {
  const states = Object.values(request.inventory).map(({ key, node, body }) => ({ node, address: addressOf(key, body) }));
  const namespaces = [...new Set(states.map(({ address }) => address.namespace ?? 'default'))];
  const found = await mapAtOnce(namespaces, readsAtOnce, (namespace) =>
    cluster.search({ apiVersion: 'v1', kind: 'Event', namespace }, '', request.signal),
  );
  const refused = found.flatMap((each) => (each.kind === 'refused' ? [each.refusal] : []));
  const diagnostics = refused.map((refusal) => describeRefusal({ apiVersion: 'v1', kind: 'Event', name: 'of the environment' }, refusal));
  const all = found.flatMap((each) => (each.kind === 'ok' ? each.items : []));
  const events = all.flatMap((event) => {
    const node = findNode(states, mapOf(event['involvedObject']));
    return node === undefined ? [] : [describeEvent(event, node)];
  });
  return {
    ...(refused.length < found.length || found.length === 0 ? { value: events.toSorted((a, b) => compareText(a.at, b.at)) } : {}),
    diagnostics,
  };
}

interface Placed {
  readonly node: Uid;
  readonly address: { readonly kind: string; readonly name: string; readonly namespace?: string };
}

/** Kinds that are made by controllers of those in the inventory. */
const madeKinds: readonly string[] = ['Pod', 'ReplicaSet', 'Job', 'PersistentVolumeClaim', 'EndpointSlice'];

function findNode(states: readonly Placed[], involved: JsonObject): Uid | undefined {
  const [kind, name, namespace] = [textOf(involved['kind']), textOf(involved['name']), textOf(involved['namespace'])];
  const around = states.filter(({ address }) => (address.namespace ?? 'default') === (namespace || 'default'));
  const itself = around.find(({ address }) => address.kind === kind && address.name === name);
  if (itself || !madeKinds.includes(kind)) return itself?.node;
  // Of two makers that fit (`web`, `web-admin`) the longer name is meant.
  const makers = around.filter(({ address }) => name.startsWith(`${address.name}-`));
  return makers.toSorted((left, right) => right.address.name.length - left.address.name.length)[0]?.node;
}

function describeEvent(event: JsonObject, node: Uid): RuntimeEvent {
  const { kind, namespace, name } = mapOf(event['involvedObject']);
  const series = mapOf(event['series']);
  const at = textOf(series['lastObservedTime']) || textOf(event['lastTimestamp']) || textOf(event['eventTime']) || madeAt(event);
  return {
    node,
    object: `${textOf(kind)} ${textOf(namespace) === '' ? '' : `${textOf(namespace)}/`}${textOf(name)}`,
    isWarning: event['type'] === 'Warning',
    reason: textOf(event['reason']),
    message: textOf(event['message']),
    count: numberOf(series['count']) ?? numberOf(event['count']) ?? 1,
    at,
  };
}

function madeAt(event: JsonObject): string {
  return textOf(mapOf(event['metadata'])['creationTimestamp']);
}
