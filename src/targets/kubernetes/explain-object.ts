import type { JsonObject } from '../../core/index.ts';
import { listOf, mapOf, numberOf, textOf } from './fields.ts';
import { addressOfLive } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { adviseOnContainer, type ContainerTrouble } from './readiness/advise-on-container.ts';
import { conditionOf } from './readiness/parts.ts';

const eventsMax = 3;
const podsMax = 2;
const linesMax = 10;
const lineMax = 300;

/**
 * Gathers what the cluster knows of why an object is not ready: what was said of it, of its pods, and what they wrote last.
 * Shape: sentences for people, bounded; none where nothing is known.
 */
export async function explainObject(cluster: Cluster, live: JsonObject, signal: AbortSignal): Promise<readonly string[]> {
  const own = await listWarnings(cluster, live, signal);
  const pods = await listPods(cluster, live, signal);
  const troubled = pods.filter(isTroubled).toSorted((left, right) => (madeAt(left) > madeAt(right) ? -1 : 1));
  const said = await Promise.all(troubled.slice(0, podsMax).map((pod) => explainPod(cluster, pod, signal)));
  return [...own, ...said.flat()];
}

async function listWarnings(cluster: Cluster, live: JsonObject, signal: AbortSignal): Promise<readonly string[]> {
  const events = await cluster.events(addressOfLive(live), textOf(mapOf(live['metadata'])['uid']), signal);
  // Of what is said again and again, in other words each time, the last.
  const warnings = new Map(events.filter((event) => event['type'] === 'Warning').map((event) => [textOf(event['reason']), event]));
  return [...warnings.values()].slice(-eventsMax).map((event) => `${textOf(event['reason'])}: ${cut(textOf(event['message']))}`);
}

/** Pods that an object selects, or the object itself where it is one. */
async function listPods(cluster: Cluster, live: JsonObject, signal: AbortSignal): Promise<readonly JsonObject[]> {
  if (live['kind'] === 'Pod') return [live];
  const labels = mapOf(mapOf(mapOf(live['spec'])['selector'])['matchLabels']);
  const { namespace } = mapOf(live['metadata']);
  if (Object.keys(labels).length === 0 || typeof namespace !== 'string') return [];
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${textOf(value)}`)
    .join(',');
  return cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace }, selector, signal);
}

/** The newest first: they are of the version that is not ready. */
function madeAt(pod: JsonObject): string {
  return textOf(mapOf(pod['metadata'])['creationTimestamp']);
}

/** A pod that should be ready, and is not. */
function isTroubled(pod: JsonObject): boolean {
  const isLeaving = mapOf(pod['metadata'])['deletionTimestamp'] !== undefined;
  return !isLeaving && mapOf(pod['status'])['phase'] !== 'Succeeded' && conditionOf(pod, 'Ready')?.status !== 'True';
}

interface Trouble extends ContainerTrouble {
  readonly container: string;
}

/** Containers that wait, have ended, or run and are not ready. */
function listTroubles(pod: JsonObject): readonly Trouble[] {
  const status = mapOf(pod['status']);
  const initial = listOf(status['initContainerStatuses']).map(mapOf);
  const regular = listOf(status['containerStatuses']).map(mapOf);
  const troubles = [...initial, ...regular].flatMap(readTrouble);
  if (troubles.length > 0) return troubles;
  const unready = regular.filter((container) => container['ready'] !== true && mapOf(container['state'])['running'] !== undefined);
  return unready.map((container) => ({ container: textOf(container['name']), reason: '', message: '', endReason: '' }));
}

function readTrouble(container: JsonObject): readonly Trouble[] {
  const waiting = mapOf(mapOf(container['state'])['waiting']);
  const ended = mapOf(mapOf(container['lastState'])['terminated'] ?? mapOf(container['state'])['terminated']);
  // What waits for an init container, or is only being made, has no trouble of its own.
  const reason = passing.includes(textOf(waiting['reason'])) ? '' : textOf(waiting['reason']);
  const exitCode = numberOf(ended['exitCode']);
  if (reason === '' && (exitCode ?? 0) === 0) return [];
  const message = textOf(waiting['message']) || textOf(ended['message']);
  return [
    {
      container: textOf(container['name']),
      reason: reason || 'ended',
      message,
      endReason: textOf(ended['reason']),
      ...(exitCode !== undefined && { exitCode }),
    },
  ];
}

const passing: readonly string[] = ['PodInitializing', 'ContainerCreating'];

function describeTrouble({ reason, message, exitCode, endReason }: Trouble): string {
  if (reason === '') return 'runs, and is not ready';
  const exit = exitCode === undefined ? '' : `, exit code ${exitCode}${endReason === 'OOMKilled' ? ' (out of memory)' : ''}`;
  return `${reason}${exit}${message === '' ? '' : `: ${cut(message)}`}`;
}

async function explainPod(cluster: Cluster, pod: JsonObject, signal: AbortSignal): Promise<readonly string[]> {
  const address = addressOfLive(pod);
  const warnings = await listWarnings(cluster, pod, signal);
  const troubles = await Promise.all(
    listTroubles(pod).map(async (trouble) => {
      const { container } = trouble;
      const lines = await cluster.lastLines(address, container, signal);
      const shown = lines.slice(-linesMax).map(cut);
      const said = shown.length > 0 ? `Its last lines: ${shown.join(' / ')}` : '';
      return [`Pod ${address.name}, container ${container}: ${describeTrouble(trouble)}.`, adviseOnContainer(trouble), said]
        .filter((part) => part !== '')
        .join(' ');
    }),
  );
  const scheduled = conditionOf(pod, 'PodScheduled');
  const homeless = scheduled?.status === 'False' ? [`Pod ${address.name} has no node: ${cut(scheduled.message)}`] : [];
  return [...homeless, ...troubles, ...warnings];
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > lineMax ? `${line.slice(0, lineMax)}…` : line;
}
