import { nameNode } from './name-node.ts';
import {
  compareText,
  diagnose,
  settle,
  showValue,
  type Diagnostic,
  type JsonObject,
  type ObjectState,
  type Outcome,
  type RuntimeRequest,
  type Uid,
} from '../../../core/index.ts';
import { addressOf } from '../addresses.ts';
import { mapAtOnce } from '../at-once.ts';
import type { Address, Cluster } from '../cluster.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import { describeRefusal } from '../refusals.ts';

const readsAtOnce = 8;
const jobLabel = 'batch.kubernetes.io/job-name';

/** A pod of a node. */
export interface NodePod {
  readonly node: Uid;
  readonly live: JsonObject;
}

/** Objects of the inventory that make pods, or are one. */
export function listMakers(request: RuntimeRequest, node?: Uid): readonly ObjectState[] {
  const states = Object.values(request.inventory).filter((state) => node === undefined || state.node === node);
  return states.filter((state) => makerKinds.includes(addressOf(state.key, state.body).kind));
}

const makerKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'];

/**
 * Pods of the nodes of an environment, the oldest first.
 * Rule: what the deployed objects select; of a Job those of its runs, of a CronJob those of the Jobs that it made.
 */
export async function listPods(cluster: Cluster, request: RuntimeRequest, node?: Uid): Promise<Outcome<readonly NodePod[]>> {
  const found = await mapAtOnce(listMakers(request, node), readsAtOnce, (state) => podsOf(cluster, state, request.signal));
  const diagnostics = found.flatMap((outcome) => outcome.diagnostics);
  const pods = found.flatMap(({ value = [] }) => value);
  const unique = new Map(pods.map((pod) => [`${pod.node} ${idOf(pod.live)}`, pod]));
  return settle(
    [...unique.values()].toSorted((left, right) => compareText(madeAt(left.live), madeAt(right.live))),
    diagnostics,
  );
}

function idOf(live: JsonObject): string {
  return textOf(mapOf(live['metadata'])['uid']);
}

function madeAt(live: JsonObject): string {
  const { creationTimestamp, name } = mapOf(live['metadata']);
  return `${textOf(creationTimestamp)} ${textOf(name)}`;
}

async function podsOf(cluster: Cluster, { key, node, body }: ObjectState, signal: AbortSignal): Promise<Outcome<readonly NodePod[]>> {
  const address = addressOf(key, body);
  const spec = mapOf(showValue(body['spec'] ?? {}));
  const selectors = await selectorsOf(cluster, { address, spec }, signal);
  if (selectors.value === undefined) return { diagnostics: selectors.diagnostics };
  if (selectors.value === 'itself') {
    const pod = await cluster.get(address, signal);
    return { value: pod.kind === 'ok' ? [{ node, live: pod.live }] : [], diagnostics: [] };
  }
  const found = await mapAtOnce(selectors.value, readsAtOnce, (selector) => search(cluster, { address, kind: 'Pod', selector }, signal));
  const live = found.flatMap(({ value = [] }) => value);
  return settle(
    live.map((each) => ({ node, live: each })),
    found.flatMap(({ diagnostics }) => diagnostics),
  );
}

interface Maker {
  readonly address: Address;
  readonly spec: JsonObject;
}

async function selectorsOf(
  cluster: Cluster,
  { address, spec }: Maker,
  signal: AbortSignal,
): Promise<Outcome<readonly string[] | 'itself'>> {
  if (address.kind === 'Pod') return { value: 'itself', diagnostics: [] };
  if (address.kind === 'Job') return { value: [`${jobLabel}=${address.name}`], diagnostics: [] };
  if (address.kind === 'CronJob') return selectorsOfRuns(cluster, address, signal);
  const labels = Object.entries(mapOf(mapOf(spec['selector'])['matchLabels']));
  return { value: labels.length === 0 ? [] : [labels.map(([name, value]) => `${name}=${textOf(value)}`).join(',')], diagnostics: [] };
}

async function selectorsOfRuns(cluster: Cluster, address: Address, signal: AbortSignal): Promise<Outcome<readonly string[]>> {
  const jobs = await search(cluster, { address: { ...address, apiVersion: 'batch/v1' }, kind: 'Job', selector: '' }, signal);
  const runs = (jobs.value ?? []).filter((job) => isMadeBy(job, address));
  const names = runs.map((job) => textOf(mapOf(job['metadata'])['name']));
  return settle(
    names.map((name) => `${jobLabel}=${name}`),
    jobs.diagnostics,
  );
}

function isMadeBy(live: JsonObject, { kind, name }: Address): boolean {
  const owners = listOf(mapOf(live['metadata'])['ownerReferences']).map(mapOf);
  return owners.some((owner) => owner['kind'] === kind && owner['name'] === name);
}

interface Search {
  readonly address: Address;
  readonly kind: 'Pod' | 'Job';
  readonly selector: string;
}

async function search(cluster: Cluster, { address, kind, selector }: Search, signal: AbortSignal): Promise<Outcome<readonly JsonObject[]>> {
  const { namespace = 'default' } = address;
  const apiVersion = kind === 'Pod' ? 'v1' : 'batch/v1';
  const found = await cluster.search({ apiVersion, kind, namespace }, selector, signal);
  if (found.kind === 'ok') return { value: found.items, diagnostics: [] };
  return { diagnostics: [describeRefusal({ apiVersion, kind, namespace, name: `of ${address.name}` }, found.refusal)] };
}

/** Says that a node makes nothing that runs. */
export function reportNothing(node: Uid): Diagnostic {
  return diagnose('T6231', { detail: `Nothing of ${nameNode(node)} in this environment makes pods.` });
}
