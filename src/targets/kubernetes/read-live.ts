import type { JsonObject, ObjectState, TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { mapAtOnce } from './at-once.ts';
import type { Kind, ListedAt } from './changes.ts';
import type { Answer, Cluster } from './cluster.ts';
import { mapOf, textOf } from './fields.ts';
import { setLabelOf } from './mark.ts';
import { isReadyByBeing } from './readiness/by-being.ts';
import { hasRule, listKindRules } from './readiness/custom-rules.ts';

const listsAtOnce = 8;
const readsAtOnce = 16;
/** Fewer of a kind are read one by one. */
const listedFrom = 4;

/** An object of the inventory as it is now. */
export interface Read {
  readonly state: ObjectState;
  /** Of kinds that are ready by being there, without their contents. */
  readonly live: JsonObject;
  readonly isBrief: boolean;
}

export interface ReadAll {
  readonly found: readonly Read[];
  /** Objects with the environment's label that are not in its inventory. */
  readonly others: readonly JsonObject[];
}

/**
 * Reads the objects of an inventory.
 * Rule: one list for each kind and namespace, of the metadata alone where that says all; what is not in the list (it may have lost its label)
 * is asked for by its name, and so is everything where listing is not allowed.
 */
export async function readLive(cluster: Cluster, request: TargetRequest, states: readonly ObjectState[]): Promise<ReadAll> {
  const groups = [...Map.groupBy(states, (state) => JSON.stringify(kindOf(state))).values()];
  const read = await mapAtOnce(groups, listsAtOnce, (group) => readGroup(cluster, request, group));
  return { found: read.flatMap(({ found }) => found), others: read.flatMap(({ others }) => others) };
}

function kindOf({ key, body }: ObjectState): Kind {
  const { name: _, ...kind } = addressOf(key, body);
  return kind;
}

async function readGroup(cluster: Cluster, request: TargetRequest, states: readonly ObjectState[]): Promise<ReadAll> {
  const { signal } = request;
  signal.throwIfAborted();
  const [first] = states;
  if (!first || states.length < listedFrom) return { found: await readEach(cluster, request, states), others: [] };
  const kind = kindOf(first);
  const rules = listKindRules(request.inputs);
  const isBrief = isReadyByBeing(kind) && !states.some((state) => hasRule(state, rules));
  const label = setLabelOf(request.context);
  const listed: ListedAt = isBrief ? await cluster.listBriefly(kind, label, signal) : await cluster.listAt(kind, label, signal);
  if (listed.kind === 'refused') return { found: await readEach(cluster, request, states), others: [] };
  const byName = new Map(listed.items.map((live) => [nameOf(live), live]));
  const missing: ObjectState[] = [];
  const found: Read[] = [];
  for (const state of states) {
    const { name } = addressOf(state.key, state.body);
    const live = byName.get(name);
    byName.delete(name);
    if (live) found.push({ state, live, isBrief });
    else missing.push(state);
  }
  return { found: [...found, ...(await readEach(cluster, request, missing))], others: [...byName.values()] };
}

function nameOf(live: JsonObject): string {
  return textOf(mapOf(live['metadata'])['name']);
}

async function readEach(cluster: Cluster, { signal }: TargetRequest, states: readonly ObjectState[]): Promise<readonly Read[]> {
  const answers = await mapAtOnce(states, readsAtOnce, (state): Promise<Answer> => {
    signal.throwIfAborted();
    return cluster.get(addressOf(state.key, state.body), signal);
  });
  return states.flatMap((state, index) => {
    const answer = answers[index];
    return answer?.kind === 'ok' ? [{ state, live: answer.live, isBrief: false }] : [];
  });
}

/** The whole of an object of which only the metadata is known. */
export async function readWhole(cluster: Cluster, { state, live, isBrief }: Read, signal: AbortSignal): Promise<JsonObject | undefined> {
  if (!isBrief) return live;
  const answer = await cluster.get(addressOf(state.key, state.body), signal);
  return answer.kind === 'ok' ? answer.live : undefined;
}
