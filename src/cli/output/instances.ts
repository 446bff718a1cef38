import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { showHealth } from './health.ts';
import { formatTable } from './table.ts';
import { showTime } from './time.ts';

type Runtime = OperationOutput<'runtime.list'>;
type Instance = Runtime['instances'][number];

const eventsMax = 20;

/** What runs, and the last that was said of it: warnings before all. */
export function describeInstances({ instances, events }: Runtime, { paint }: Pick<Output, 'paint'>): string {
  const rows = instances.map((each) => [
    showNode(each.node),
    each.name,
    showHealth(each.health),
    showReady(each),
    String(each.containers.reduce((sum, { restarts }) => sum + restarts, 0)),
    each.startedAt === undefined ? '' : showTime(each.startedAt),
    each.health === 'healthy' ? '' : each.message,
  ]);
  const table =
    rows.length === 0 ? 'Nothing runs.' : formatTable(['OF', 'INSTANCE', 'HEALTH', 'READY', 'RESTARTS', 'SINCE', 'WHY'], rows, { paint });
  const said = listWarnings({ instances, events }).map((each) => [
    showTime(each.at),
    each.object,
    each.reason,
    each.count > 1 ? `${each.count}×` : '',
    each.message,
  ]);
  return said.length === 0 ? table : `${table}\n\n${formatTable(['AT', 'WARNING ABOUT', 'REASON', '', 'MESSAGE'], said, { paint })}`;
}

/**
 * What is to be worried about now.
 * Rule: of warnings about the same for the same reason the last, whatever its words; none about instances that are gone.
 */
function listWarnings({ instances, events }: Runtime): Runtime['events'] {
  const names = new Set(instances.map(({ name }) => name));
  const latest = new Map<string, Runtime['events'][number]>();
  for (const each of events) {
    const [kind, name = ''] = each.object.split(' ');
    const isGone = kind === 'Pod' && !names.has(name.slice(name.indexOf('/') + 1));
    if (!each.isWarning || isGone) continue;
    const key = JSON.stringify([each.object, each.reason]);
    latest.delete(key);
    latest.set(key, each);
  }
  return [...latest.values()].slice(-eventsMax);
}

/** `web` of a workload, the uid of a resource. */
function showNode(node: string): string {
  return node.startsWith('workload.default#') ? node.slice('workload.default#'.length) : node;
}

function showReady({ containers }: Instance): string {
  return `${containers.filter(({ isReady }) => isReady).length}/${containers.length}`;
}
