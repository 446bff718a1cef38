import type { JsonObject } from '../../../core/index.ts';
import { mapAtOnce } from '../at-once.ts';
import type { Address, Cluster } from '../cluster.ts';
import { mapOf, textOf } from '../fields.ts';
import type { KindRule } from '../readiness/custom-rules.ts';
import { judgeReadiness } from '../readiness/judge-readiness.ts';
import type { Readiness } from '../readiness/parts.ts';
import { nameKind } from './name-kind.ts';

const readsAtOnce = 16;
/** More objects of a kind than this are read by one list. */
const readsMax = 8;

export interface Looking {
  readonly cluster: Cluster;
  /** Of the target, for kinds. */
  readonly rules: readonly KindRule[];
  /** Selects all objects of the environment. */
  readonly labelSelector: string;
  readonly signal: AbortSignal;
  readonly now: () => string;
}

/** An object as it was seen last. */
export interface Seen {
  readonly address: Address;
  readonly readiness: Readiness;
  readonly live?: JsonObject;
}

/** Looks at each object once: many of a kind by a list, few by themselves. */
export async function lookAtAll(looking: Looking, addresses: readonly Address[]): Promise<readonly Seen[]> {
  const groups = [...Map.groupBy(addresses, nameKind).values()];
  const listed = new Map<string, JsonObject>();
  for (const group of groups.filter(({ length }) => length > readsMax)) {
    for (const [name, live] of await listGroup(looking, group)) listed.set(name, live);
  }
  return mapAtOnce(addresses, readsAtOnce, (address) => {
    const live = listed.get(nameObject(address));
    return live ? Promise.resolve(judge(looking, address, live)) : lookAtOne(looking, address);
  });
}

/** Nothing where the kind cannot be listed. */
async function listGroup(
  { cluster, labelSelector, signal }: Looking,
  [first]: readonly Address[],
): Promise<readonly (readonly [string, JsonObject])[]> {
  if (!first) return [];
  const { name: _, ...kind } = first;
  const found = await cluster.listAt(kind, labelSelector, signal);
  if (found.kind === 'refused') return [];
  return found.items.map((live) => [nameObject({ ...kind, name: textOf(mapOf(live['metadata'])['name']) }), live]);
}

function nameObject(address: Address): string {
  return `${nameKind(address)}/${address.name}`;
}

/** Looks at an object. */
export async function lookAtOne(looking: Looking, address: Address): Promise<Seen> {
  const found = await looking.cluster.get(address, looking.signal);
  if (found.kind === 'ok') return judge(looking, address, found.live);
  if (found.kind === 'absent')
    return { address, readiness: { kind: 'gone', reason: 'NotFound', message: 'it was removed by somebody else' } };
  return { address, readiness: { kind: 'progressing', reason: found.refusal.reason, message: found.refusal.message } };
}

/** Looks at what somebody else has read; what is not newer than what was seen already counts for nothing. */
export function lookFrom(looking: Looking, seen: Seen, live: JsonObject | undefined): Seen {
  const isNew = live !== undefined && live !== seen.live && !isOlder(live, seen.live);
  return isNew ? judge(looking, seen.address, live) : seen;
}

/** Judges anew what has not changed: some things fail only after a while. */
export function judgeAgain(looking: Looking, seen: Seen): Seen {
  return seen.live ? judge(looking, seen.address, seen.live) : seen;
}

function isOlder(live: JsonObject, known: JsonObject | undefined): boolean {
  const [version, least] = [versionOf(live), known && versionOf(known)];
  return version !== undefined && least !== undefined && version < least;
}

/** Versions of one kind grow. Source: KEP-5504. */
function versionOf({ metadata }: JsonObject): bigint | undefined {
  const text = textOf(mapOf(metadata)['resourceVersion']);
  return /^\d+$/.test(text) ? BigInt(text) : undefined;
}

/** What is to be made of an object as it was read. */
export function judge({ rules, now }: Looking, address: Address, live: JsonObject): Seen {
  return { address, live, readiness: judgeReadiness(live, { now: now(), rules }) };
}
