import { isMark, type Value, type ValueObject } from '../../model/value.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import { isList, mapOf, memberOf, textOf } from '../render/make-object.ts';
import { readLabels } from './make-compose-object.ts';
import { entryOf } from './sections.ts';

const initLabel = 'dev.score.compose.labels.is-init-container';

/**
 * Says which services of resources a workload waits for, and for what of them.
 * Rule: until they are healthy where they can say it, until they have ended where they run once, else until they have started. A service that
 * itself waits for the workload is not waited for.
 */
export function listWaits(objects: readonly RenderedObject[], own: ReadonlySet<string>): ValueObject {
  const services = new Map<string, ValueObject>();
  for (const object of objects) {
    const entry = entryOf(object);
    if (entry?.section === 'services') services.set(entry.name, mapOf(entry.value));
  }
  const waits: Record<string, Value> = {};
  for (const [name, service] of services) {
    if (!leadsTo(name, services, own)) waits[name] = { condition: conditionOf(service) };
  }
  return waits;
}

function leadsTo(name: string, services: ReadonlyMap<string, ValueObject>, own: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (own.has(next)) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...listDependencies(mapOf(services.get(next))));
  }
  return false;
}

function listDependencies(service: ValueObject): readonly string[] {
  const given = service['depends_on'];
  const named = isList(given) ? given.map(textOf) : Object.keys(mapOf(given));
  const mode = textOf(service['network_mode']);
  return mode.startsWith('service:') ? [...named, mode.slice('service:'.length)] : named;
}

function conditionOf(service: ValueObject): string {
  if (isInit(service)) return 'service_completed_successfully';
  return hasHealthcheck(service['healthcheck']) ? 'service_healthy' : 'service_started';
}

function isInit(service: ValueObject): boolean {
  return textOf(memberOf(readLabels(service['labels']), initLabel)) === 'true';
}

/** Compose knows two ways to switch a health check off. */
function hasHealthcheck(healthcheck: Value | undefined): boolean {
  if (healthcheck === undefined || healthcheck === null || isMark(healthcheck)) return false;
  const { test, disable } = mapOf(healthcheck);
  return disable !== true && !(isList(test) && test[0] === 'NONE');
}
