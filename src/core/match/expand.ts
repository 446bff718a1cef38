import { listReferences, type Reference } from '../expressions/check.ts';
import { diagnose } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Match } from '../model/graph.ts';
import type { CoProvision, ResourceDefinition } from '../model/platform.ts';
import { extendPlace } from '../diagnostics/place.ts';
import { makeUid } from '../model/uid.ts';
import { placeInputs } from '../read/platform/inputs-place.ts';
import { ensureNode, type Draft, type DraftNode } from './graph-parts.ts';
import { matchNeed, matchProfile } from './match-need.ts';

const roundsMax = 64;
const nodesMax = 100_000;

/** Matches every node and follows what its definition brings along, until nothing is new. */
export function expand(draft: Draft): void {
  for (let round = 0; draft.fresh.length > 0; round++) {
    const { fresh } = draft;
    draft.fresh = [];
    if (round >= roundsMax || draft.nodes.size > nodesMax) {
      draft.diagnostics.push(tooLarge(draft, fresh));
      return;
    }
    for (const node of fresh) expandNode(draft, node);
  }
}

function tooLarge(draft: Draft, fresh: readonly DraftNode[]) {
  const [last] = fresh;
  return diagnose('T3005', {
    detail: `After ${roundsMax} rounds or ${nodesMax} nodes there was still something new (${draft.nodes.size} nodes; the last one ${last?.uid}). A definition probably brings along one that brings it along again with another id.`,
    place: last?.place,
  });
}

function expandNode(draft: Draft, node: DraftNode): void {
  if (node.kind === 'derived') return expandDerived(draft, node);
  if (node.kind === 'workload') return matchWorkload(draft, node);
  const match = matchResource(draft, node);
  const definition = match && draft.definitions.get(match.name);
  if (!definition) return;
  node.match = match;
  for (const reference of referencesOf(definition)) addReference(draft, node, node, reference);
  for (const each of definition.coProvision) addCoProvision(draft, node, each);
}

function matchResource(draft: Draft, node: DraftNode): Match | undefined {
  const { platform, context, bound, rebind } = draft.request;
  const { type, class: className, id, place } = node;
  const { value, diagnostics } = matchNeed(platform, context, { type, class: className, id, ...(place && { place }) });
  const boundTo = bound && Object.hasOwn(bound, node.uid) ? bound[node.uid] : undefined;
  const definition = boundTo === undefined ? undefined : draft.definitions.get(boundTo);
  if (!value) {
    draft.diagnostics.push(...diagnostics);
    return undefined;
  }
  if (boundTo === undefined || boundTo === value.name || rebind?.includes(node.uid)) return value;
  // Bound elsewhere: it stays there, and the plan says what matching would do (domain.md §3.7).
  node.rebind = value;
  return definition ? { ...value, name: definition.name, digest: definition.digest, tier: definition.tier } : value;
}

function matchWorkload(draft: Draft, node: DraftNode): void {
  const declared = draft.workloads.get(node.id);
  const { value, diagnostics } = matchProfile(draft.request.platform, draft.request.context, {
    workload: node.id,
    class: declared?.annotations['tutti.dev/profile'],
    ...(node.place && { place: node.place }),
  });
  draft.diagnostics.push(...diagnostics);
  if (value) node.match = value;
}

const referencesByDefinition = new WeakMap<ResourceDefinition, readonly Reference[]>();

function referencesOf(definition: ResourceDefinition): readonly Reference[] {
  const known = referencesByDefinition.get(definition);
  if (known) return known;
  const references = definition.tier === 'provisioner' ? [] : listReferences(definition.inputs, placeInputs(definition));
  referencesByDefinition.set(definition, references);
  return references;
}

/** `node` inherits its class and id to what is left out; `reader` waits for it. */
function addReference(draft: Draft, node: DraftNode, reader: DraftNode, reference: Reference): void {
  if (reference.kind === 'workload') return checkWorkload(draft, reference.name, reference.place);
  if (reference.kind !== 'resource') return;
  const parts = {
    type: reference.type,
    class: reference.class ?? node.class,
    id: reference.id ?? node.id,
  };
  const uid = makeUid(parts);
  ensureNode(draft, { uid, kind: 'resource', ...parts, place: reference.place });
  reader.edges.add(uid);
  node.references.add(uid);
}

function addCoProvision(draft: Draft, node: DraftNode, provision: CoProvision): void {
  const parts = {
    type: provision.type,
    class: provision.class ?? node.class,
    id: provision.id ?? node.id,
  };
  const uid = makeUid(parts);
  const made = ensureNode(draft, { uid, kind: 'resource', ...parts, place: provision.place });
  if (provision.params && made.paramsFrom.kind === 'none') {
    made.params = provision.params;
    made.paramsFrom = { kind: 'expression', parent: node.uid };
  }
  // What its params read is met before it; expressions in them are those of the resource that brings it along.
  for (const reference of listReferences(provision.params ?? {}, extendPlace(provision.place, 'params'))) {
    addReference(draft, node, made, reference);
  }
  if (provision.dependsOnThis) made.edges.add(node.uid);
  if (provision.dependentsWait) draft.waits.push({ on: node.uid, also: uid });
}

/** A service means the workload named by the need's id, else by the need's own name. It makes no edge. */
function expandDerived(draft: Draft, node: DraftNode): void {
  if (node.type !== 'service') return;
  const [owned] = node.needs;
  const workload = owned?.need.id ?? owned?.need.name;
  if (workload !== undefined && owned) checkWorkload(draft, workload, owned.need.place);
}

function checkWorkload(draft: Draft, name: string, place: DraftNode['place']): void {
  if (draft.workloadNames.has(name)) return;
  const detail = `There is no workload "${name}" in this environment (yet).${didYouMean(name, draft.workloadNames)} Its address is filled in all the same.`;
  draft.diagnostics.push(diagnose('T3006', { detail, place }));
}

/** The workload that a service need means. */
export function serviceOf(node: DraftNode): string | undefined {
  const [owned] = node.needs;
  return node.type === 'service' ? (owned?.need.id ?? owned?.need.name) : undefined;
}

/** Everything that depends on a node waits for what it brings along, but that itself. */
export function applyWaits(draft: Draft): void {
  for (const { on, also } of draft.waits) {
    const waiting = [...draft.nodes.values()].filter((node) => node.edges.has(on) && node.uid !== also);
    for (const node of waiting) node.edges.add(also);
  }
}
