import { diagnose, type Diagnostic, type JsonObject, type Outcome, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf, describeAddress } from './addresses.ts';
import { mapAtOnce } from './at-once.ts';
import type { Address, Cluster } from './cluster.ts';
import { explainObject } from './explain-object.ts';
import { setLabelOf } from './mark.ts';
import { isReadyByBeing } from './readiness/by-being.ts';
import { hasRule, listKindRules, type KindRule } from './readiness/custom-rules.ts';
import { hangBell, type Bell } from './watching/bell.ts';
import { createPodCheck } from './watching/check-pods.ts';
import { judge, judgeAgain, lookAtAll, lookAtOne, lookFrom, type Looking, type Seen } from './watching/look.ts';
import { nameKind } from './watching/name-kind.ts';
import { joinWatch, type Watch } from './watching/share-watches.ts';
import { takeWritten } from './written.ts';

const explainedAtOnce = 16;
const secondsDefault = 300;
/** Where nothing can be watched, looks often at first, since most things are ready at once; then less. */
const pauseMs = { first: 100, factor: 1.5, last: 3000 } as const;
/** Some things fail only after a while, without another word. */
const judgeAgainMs = 5000;

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
 * Rule: each is looked at once, as it was when it had been applied; what is not ready then is followed by one watch for its kind and
 * namespace. What has failed for good ends the waiting; past the deadline everything that is not ready is named, with what is known of why.
 * Reports: T6211, T6212.
 */
export async function awaitObjects(
  cluster: Cluster,
  request: TargetRequest,
  objects: readonly RenderedObject[],
  waiting: Waiting,
): Promise<Outcome<void>> {
  const rules = listKindRules(request.inputs);
  const looking: Looking = { cluster, rules, signal: request.signal, now: waiting.now, labelSelector: setLabelOf(request.context) };
  const deadline = Date.parse(waiting.now()) + timeoutOf(request.inputs) * 1000;
  request.signal.throwIfAborted();
  const seen = await lookFirst(looking, request, listAwaited(objects, rules));
  if (isDecided(seen)) return conclude(looking, seen);
  const watches = joinAll(looking, seen.filter(isOpen), waiting);
  const bell = hangBell([...watches.values()], waiting);
  try {
    return await conclude(looking, await followAll({ looking, watches, bell, now: waiting.now, deadline }, seen.filter(isOpen)));
  } finally {
    bell.takeDown();
    for (const watch of watches.values()) watch.leave();
  }
}

/** What is ready by being there has been: the API server answered so when it was applied. */
function listAwaited(objects: readonly RenderedObject[], rules: readonly KindRule[]): readonly RenderedObject[] {
  return objects.filter(({ key, body }) => !isReadyByBeing(addressOf(key, body)) || hasRule({ key, body }, rules));
}

/** What was just applied is seen in the answer; the rest is read. */
async function lookFirst(looking: Looking, request: TargetRequest, objects: readonly RenderedObject[]): Promise<readonly Seen[]> {
  const known: Seen[] = [];
  const unknown: Address[] = [];
  for (const { key, body } of objects) {
    const live = takeWritten(request, key);
    if (live) known.push(judge(looking, addressOf(key, body), live));
    else unknown.push(addressOf(key, body));
  }
  return [...known, ...(await lookAtAll(looking, unknown))];
}

function isOpen({ readiness }: Seen): boolean {
  return readiness.kind !== 'ready';
}

function isFailed({ readiness }: Seen): boolean {
  return readiness.kind === 'failed' || readiness.kind === 'gone';
}

function isDecided(seen: readonly Seen[]): boolean {
  return seen.some(isFailed) || !seen.some(isOpen);
}

interface FollowAll {
  readonly looking: Looking;
  readonly watches: ReadonlyMap<string, Watch>;
  readonly bell: Bell;
  readonly now: () => string;
  /** In ms since the epoch. */
  readonly deadline: number;
}

/** Follows objects until all are ready, one has failed, or the time is over. */
async function followAll({ looking, watches, bell, now, deadline }: FollowAll, first: readonly Seen[]): Promise<readonly Seen[]> {
  let seen = first;
  let pause: number = pauseMs.first;
  const checkPods = createPodCheck(looking);
  for (;;) {
    looking.signal.throwIfAborted();
    const left = deadline - Date.parse(now());
    // A watch may have missed something: nobody is told that a thing is not ready without having looked.
    if (left <= 0) return lookAtAll(looking, listAddresses(seen));
    const isPolled = seen.some(({ address }) => watches.get(nameKind(address))?.isRefused());
    const isRung = await bell.wait(Math.min(left, isPolled ? pause : judgeAgainMs), looking.signal);
    pause = Math.min(pauseMs.last, pause * pauseMs.factor);
    seen = await Promise.all(seen.map((each) => lookAgain(looking, each, watches)));
    if (!isRung) seen = seen.map((each) => judgeAgain(looking, each));
    seen = isDecided(seen) ? seen : await checkPods(seen);
    if (isDecided(seen)) return seen;
    seen = seen.filter(isOpen);
  }
}

function listAddresses(seen: readonly Seen[]): readonly Address[] {
  return seen.map(({ address }) => address);
}

async function lookAgain(looking: Looking, seen: Seen, watches: FollowAll['watches']): Promise<Seen> {
  const watch = watches.get(nameKind(seen.address));
  if (!watch || watch.isRefused()) return lookAtOne(looking, seen.address);
  const live = watch.read(seen.address.name);
  // A watch that others began may not have come to it yet.
  return live === 'absent' ? lookAtOne(looking, seen.address) : lookFrom(looking, seen, live === 'unknown' ? undefined : live);
}

function joinAll({ cluster, labelSelector }: Looking, seen: readonly Seen[], waiting: Waiting): ReadonlyMap<string, Watch> {
  const kinds = new Map(seen.map(({ address }) => [nameKind(address), address] as const));
  const joined = [...kinds].map(([name, { apiVersion, kind, namespace }]) => {
    const of = { apiVersion, kind, ...(namespace !== undefined && { namespace }) };
    return [name, joinWatch(cluster, of, labelSelector, waiting)] as const;
  });
  return new Map(joined);
}

async function conclude(looking: Looking, seen: readonly Seen[]): Promise<Outcome<void>> {
  const failed = seen.filter(isFailed);
  if (failed.length > 0) return { diagnostics: await report(looking, failed, 'T6211') };
  const open = seen.filter(isOpen);
  return open.length > 0 ? { diagnostics: await report(looking, open, 'T6212') } : { value: undefined, diagnostics: [] };
}

async function report({ cluster, signal }: Looking, seen: readonly Seen[], code: 'T6211' | 'T6212'): Promise<readonly Diagnostic[]> {
  return mapAtOnce(seen, explainedAtOnce, async ({ address, readiness, live }) => {
    const more = live ? await explainObject(cluster, live, signal) : [];
    const detail = [`${describeAddress(address)}: ${readiness.message}`, ...more].join(' ');
    return diagnose(code, { detail });
  });
}
