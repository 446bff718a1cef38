import type { JsonObject } from '../../core/index.ts';
import { listOf, mapOf, textOf } from './fields.ts';
import { addressOfLive } from './addresses.ts';
import type { Cluster } from './cluster.ts';

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
  const troubled = pods.filter((pod) => listTroubles(pod).length > 0).slice(0, podsMax);
  const said = await Promise.all(troubled.map((pod) => explainPod(cluster, pod, signal)));
  return [...own, ...said.flat()];
}

async function listWarnings(cluster: Cluster, live: JsonObject, signal: AbortSignal): Promise<readonly string[]> {
  const events = await cluster.events(addressOfLive(live), textOf(mapOf(live['metadata'])['uid']), signal);
  const warnings = events.filter((event) => event['type'] === 'Warning').slice(-eventsMax);
  return warnings.map((event) => `${textOf(event['reason'])}: ${cut(textOf(event['message']))}`);
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

interface Trouble {
  readonly container: string;
  readonly text: string;
}

/** Containers that wait or have ended for a reason. */
function listTroubles(pod: JsonObject): readonly Trouble[] {
  const status = mapOf(pod['status']);
  const statuses = [...listOf(status['initContainerStatuses']), ...listOf(status['containerStatuses'])].map(mapOf);
  return statuses.flatMap((container): readonly Trouble[] => {
    const waiting = mapOf(mapOf(container['state'])['waiting']);
    const ended = mapOf(mapOf(container['lastState'])['terminated'] ?? mapOf(container['state'])['terminated']);
    const reason = textOf(waiting['reason']);
    const code = ended['exitCode'];
    if (reason === '' && (typeof code !== 'number' || code === 0)) return [];
    const exit = typeof code === 'number' ? `, exit code ${code}${textOf(ended['reason']) === 'OOMKilled' ? ' (out of memory)' : ''}` : '';
    const message = textOf(waiting['message']);
    return [{ container: textOf(container['name']), text: `${reason || 'ended'}${exit}${message === '' ? '' : `: ${cut(message)}`}` }];
  });
}

async function explainPod(cluster: Cluster, pod: JsonObject, signal: AbortSignal): Promise<readonly string[]> {
  const address = addressOfLive(pod);
  const warnings = await listWarnings(cluster, pod, signal);
  const troubles = await Promise.all(
    listTroubles(pod).map(async ({ container, text }) => {
      const lines = await cluster.lastLines(address, container, signal);
      const shown = lines.slice(-linesMax).map(cut);
      return `Pod ${address.name}, container ${container}: ${text}.${shown.length > 0 ? ` Its last lines: ${shown.join(' / ')}` : ''}`;
    }),
  );
  return [...troubles, ...warnings];
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > lineMax ? `${line.slice(0, lineMax)}…` : line;
}
