import { diagnose, type Diagnostic, type JsonObject, type Outcome, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf, describeAddress } from './addresses.ts';
import { mapAtOnce } from './at-once.ts';
import type { Address, Cluster } from './cluster.ts';
import { explainObject } from './explain-object.ts';
import { listKindRules } from './readiness/custom-rules.ts';
import { judgeReadiness } from './readiness/judge-readiness.ts';
import type { Readiness } from './readiness/parts.ts';

const readsAtOnce = 16;
const secondsDefault = 300;
/** Looks often at first, since most things are ready at once; then less. */
const pauseMs = { first: 100, factor: 1.5, last: 3000 } as const;

/** How long objects may take to be ready, or gone; in seconds. */
export function timeoutOf({ timeoutSeconds }: JsonObject): number {
  return typeof timeoutSeconds === 'number' ? timeoutSeconds : secondsDefault;
}

export interface Waiting {
  readonly now: () => string;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Waits until objects are ready.
 * Rule: what has failed for good ends the waiting; past the deadline everything that is not ready is named, with what is known of why.
 * Reports: T6211, T6212.
 */
export async function awaitObjects(
  cluster: Cluster,
  request: TargetRequest,
  objects: readonly RenderedObject[],
  { now, sleep }: Waiting,
): Promise<Outcome<void>> {
  const deadline = Date.parse(now()) + timeoutOf(request.inputs) * 1000;
  let waiting = objects.map(({ key, body }) => addressOf(key, body));
  let pause: number = pauseMs.first;
  for (;;) {
    request.signal.throwIfAborted();
    const seen = await mapAtOnce(waiting, readsAtOnce, (address) => look(cluster, address, { request, now }));
    const failed = seen.filter(({ readiness }) => readiness.kind === 'failed' || readiness.kind === 'gone');
    if (failed.length > 0) return { diagnostics: await report(cluster, failed, { code: 'T6211', request }) };
    const open = seen.filter(({ readiness }) => readiness.kind !== 'ready');
    if (open.length === 0) return { value: undefined, diagnostics: [] };
    if (Date.parse(now()) >= deadline) return { diagnostics: await report(cluster, open, { code: 'T6212', request }) };
    waiting = open.map(({ address }) => address);
    await sleep(pause, request.signal);
    pause = Math.min(pauseMs.last, pause * pauseMs.factor);
  }
}

interface Seen {
  readonly address: Address;
  readonly readiness: Readiness;
  readonly live?: JsonObject;
}

async function look(
  cluster: Cluster,
  address: Address,
  { request, now }: { readonly request: TargetRequest; readonly now: () => string },
): Promise<Seen> {
  const found = await cluster.get(address, request.signal);
  if (found.kind === 'ok') {
    return { address, live: found.live, readiness: judgeReadiness(found.live, { now: now(), rules: listKindRules(request.inputs) }) };
  }
  const message = found.kind === 'absent' ? 'it was removed by somebody else' : found.refusal.message;
  return { address, readiness: { kind: found.kind === 'absent' ? 'gone' : 'progressing', reason: 'NotFound', message } };
}

async function report(
  cluster: Cluster,
  seen: readonly Seen[],
  { code, request }: { readonly code: 'T6211' | 'T6212'; readonly request: TargetRequest },
): Promise<readonly Diagnostic[]> {
  return mapAtOnce(seen, readsAtOnce, async ({ address, readiness, live }) => {
    const more = live ? await explainObject(cluster, live, request.signal) : [];
    const detail = [`${describeAddress(address)}: ${readiness.message}`, ...more].join(' ');
    return diagnose(code, { detail });
  });
}
