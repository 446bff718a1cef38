import type { JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, numberOf, textOf } from '../fields.ts';
import { failed, type Readiness } from './parts.ts';

/** Something else may come right in the meantime: a registry, a Secret that another controller makes. */
const patienceMs = 60_000;
/** By then a program has failed five times within about three minutes. */
const restartsMax = 4;

/** What a container waits for in vain; at once, or after a while. */
const hopeless: Readonly<Record<string, 'at once' | 'after a while' | 'again and again'>> = {
  InvalidImageName: 'at once',
  ErrImagePull: 'after a while',
  ImagePullBackOff: 'after a while',
  CreateContainerConfigError: 'after a while',
  CreateContainerError: 'after a while',
  RunContainerError: 'after a while',
  CrashLoopBackOff: 'again and again',
};

/**
 * Says whether a pod will never be ready, as far as anybody can tell; nothing where it may be.
 * Rule: pods that are leaving are nobody's concern.
 */
export function judgeHopeless(pod: JsonObject, now: string): Readiness | undefined {
  const metadata = mapOf(pod['metadata']);
  if (metadata['deletionTimestamp'] !== undefined) return undefined;
  const ageMs = Date.parse(now) - Date.parse(textOf(metadata['creationTimestamp']));
  const status = mapOf(pod['status']);
  const containers = [...listOf(status['initContainerStatuses']), ...listOf(status['containerStatuses'])].map(mapOf);
  const found = containers.find((container) => isHopeless(container, ageMs));
  if (!found) return undefined;
  const reason = waitsFor(found);
  return failed(
    reason,
    `a pod of this version does not start: the container ${textOf(found['name'])} of ${textOf(metadata['name'])} is in ${reason}.`,
  );
}

function waitsFor(container: JsonObject): string {
  return textOf(mapOf(mapOf(container['state'])['waiting'])['reason']);
}

function isHopeless(container: JsonObject, ageMs: number): boolean {
  const reason = waitsFor(container);
  const when = Object.hasOwn(hopeless, reason) ? hopeless[reason] : undefined;
  if (when === 'again and again') return (numberOf(container['restartCount']) ?? 0) >= restartsMax;
  return when === 'at once' || (when === 'after a while' && ageMs >= patienceMs);
}
