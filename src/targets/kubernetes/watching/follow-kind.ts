import type { JsonObject } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import type { Change, Kind } from '../changes.ts';
import type { Cluster } from '../cluster.ts';
import { mapOf, textOf } from '../fields.ts';

/** Before a list or a watch that failed is begun anew. */
const pauseMs = { first: 200, factor: 2, last: 10_000 } as const;

/** What is known of the objects of a kind. */
export interface Followed {
  /** By name; nothing is known before the first list. */
  readonly live: Map<string, JsonObject>;
  isListed: boolean;
  /** The account may not list or watch the kind: nothing will be known. */
  isRefused: boolean;
}

export interface Following {
  readonly kind: Kind;
  readonly labelSelector: string;
  readonly followed: Followed;
  readonly onChange: () => void;
}

/**
 * Keeps what is known of a kind true until it is told to end: one list, then a watch from there.
 * Rule: a watch that ends goes on where it was; where the server has forgotten what was since then, the kind is listed anew; what fails is
 * tried again, ever more slowly; what is forbidden is not.
 */
export async function followKind(
  cluster: Cluster,
  following: Following,
  { sleep }: Pick<Waiting, 'sleep'>,
  signal: AbortSignal,
): Promise<void> {
  let version: string | undefined;
  let pause: number = pauseMs.first;
  while (!signal.aborted && !following.followed.isRefused) {
    const step = await followOnce(cluster, following, version, signal).catch((): Step => ({ version, isNew: false }));
    version = step.version;
    if (signal.aborted || following.followed.isRefused) return;
    pause = step.isNew ? pauseMs.first : Math.min(pauseMs.last, pause * pauseMs.factor);
    await sleep(pause, signal).catch(() => undefined);
  }
}

interface Step {
  /** From which the next watch goes on; nothing: from a new list. */
  readonly version: string | undefined;
  /** Something was learnt: the connection is well. */
  readonly isNew: boolean;
}

async function followOnce(cluster: Cluster, following: Following, known: string | undefined, signal: AbortSignal): Promise<Step> {
  const { kind, labelSelector } = following;
  const version = known ?? (await listKind(cluster, following, signal));
  if (version === undefined) return { version, isNew: false };
  const opened = await cluster.follow(kind, { labelSelector, version }, signal);
  if (opened.kind === 'items') return readAll(following, opened.items, version);
  if (isForbidden(opened.refusal.status)) refuse(following);
  return { version: opened.refusal.status === 410 ? undefined : version, isNew: known === undefined };
}

async function listKind(cluster: Cluster, following: Following, signal: AbortSignal): Promise<string | undefined> {
  const { followed, onChange } = following;
  const listed = await cluster.listAt(following.kind, following.labelSelector, signal);
  if (listed.kind === 'refused') {
    if (isForbidden(listed.refusal.status)) refuse(following);
    return undefined;
  }
  followed.live.clear();
  for (const object of listed.items) followed.live.set(nameOf(object), object);
  followed.isListed = true;
  onChange();
  return listed.version;
}

/** The account may not, or the API server has no watch of this kind. */
function isForbidden(status: number): boolean {
  return status === 403 || status === 404 || status === 405;
}

function refuse({ followed, onChange }: Following): void {
  followed.isRefused = true;
  onChange();
}

async function readAll(following: Following, changes: AsyncIterable<Change>, from: string): Promise<Step> {
  let step: Step = { version: from, isNew: false };
  try {
    for await (const change of changes) {
      if (change.kind === 'forgotten') return { version: undefined, isNew: false };
      if (change.kind === 'broken') return step;
      step = { version: change.version, isNew: true };
      take(following, change);
    }
  } catch {
    // The connection was lost: what was learnt is true still.
  }
  return step;
}

function take({ followed, onChange }: Following, change: Extract<Change, { readonly version: string }>): void {
  if (change.kind === 'mark') return;
  const name = nameOf(change.object);
  if (change.kind === 'removed') followed.live.delete(name);
  else followed.live.set(name, change.object);
  onChange();
}

function nameOf(object: JsonObject): string {
  return textOf(mapOf(object['metadata'])['name']);
}
