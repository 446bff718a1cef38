import { listNeedReferences } from '../create/placeholders/need-references.ts';
import { diagnose } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { canonicalJson } from '../model/digest.ts';
import type { DerivedType, OwnedNeed } from '../model/graph.ts';
import { makeUid, makeWorkloadUid, workloadType, type Uid } from '../model/uid.ts';
import type { JsonObject } from '../model/value.ts';
import type { DeclaredWorkload, Need, NeedOwner } from '../model/workload.ts';
import { matchNeed } from './match-need.ts';
import { ensureNode, type Draft, type DraftNode } from './graph-parts.ts';

const derivedTypes: readonly string[] = ['service', 'service-port', 'environment'] satisfies readonly DerivedType[];

export function isDerivedType(type: string): type is DerivedType {
  return derivedTypes.includes(type);
}

/** tutti answers what nobody else does: a provisioner file may say otherwise. */
function isDerived({ request }: Draft, need: Need, id: string): boolean {
  if (!isDerivedType(need.type)) return false;
  return matchNeed(request.platform, request.context, { type: need.type, class: need.class, id }).value === undefined;
}

/** Adds a workload, its needs, and the edges between them. */
export function addWorkload(draft: Draft, workload: DeclaredWorkload): void {
  const owner: NeedOwner = { kind: 'workload', name: workload.name };
  const node = ensureNode(draft, {
    uid: makeWorkloadUid(workload.name),
    kind: 'workload',
    type: workloadType,
    class: 'default',
    id: workload.name,
    place: { ...workload.origin, path: ['metadata', 'name'] },
  });
  node.resources = addNeeds(draft, owner, workload.needs);
  for (const uid of Object.values(node.resources)) node.edges.add(uid);
}

/** Adds the needs of one owner; gives their nodes by the needs' names. */
export function addNeeds(draft: Draft, owner: NeedOwner, needs: Readonly<Record<string, Need>>): Readonly<Record<string, Uid>> {
  const uids: Record<string, Uid> = {};
  for (const [name, need] of Object.entries(needs)) {
    const node = addNeed(draft, owner, need);
    if (node) uids[name] = node.uid;
  }
  for (const [name, need] of Object.entries(needs)) {
    const node = draft.nodes.get(uids[name] ?? makeWorkloadUid(''));
    if (node) uniteNeed(draft, node, { owner, need }, uids);
  }
  return uids;
}

function addNeed(draft: Draft, owner: NeedOwner, need: Need): DraftNode | undefined {
  if (need.type === workloadType) {
    const detail = `The type "${workloadType}" is what tutti calls workloads themselves; use a need of type "service" for the address of one.`;
    draft.diagnostics.push(diagnose('T3001', { detail, place: need.place }));
    return undefined;
  }
  if (!isFreeId(draft, need)) return undefined;
  const id = need.id ?? privateId(owner, need);
  return ensureNode(draft, {
    uid: uidOf(owner, need),
    kind: isDerived(draft, need, id) ? 'derived' : 'resource',
    type: need.type,
    class: need.class,
    id,
    place: need.place,
  });
}

/** An explicit id `web.…` would capture what belongs to the workload `web` alone. */
function isFreeId(draft: Draft, need: Need): boolean {
  const [segment, rest] = need.id?.split('.', 2) ?? [];
  const isCapturing = segment !== undefined && rest !== undefined && draft.workloadNames.has(segment);
  if (isCapturing) {
    const detail = `The id "${need.id}" begins with the name of the workload "${segment}", so it would be that workload's private resource. Choose an id without a dot, or with another beginning.`;
    draft.diagnostics.push(diagnose('T3002', { detail, place: { ...need.place, path: [...need.place.path, 'id'] } }));
  }
  return !isCapturing;
}

function uidOf(owner: NeedOwner, need: Need): Uid {
  return makeUid({ type: need.type, class: need.class, id: need.id ?? privateId(owner, need) });
}

function privateId(owner: NeedOwner, need: Need): string {
  switch (owner.kind) {
    case 'workload':
      return `${owner.name}.${need.name}`;
    case 'project':
      return `@project.${need.name}`;
    default:
      return `@type.${need.name}`;
  }
}

/** Takes a need into its node: params united by key, edges by the placeholders in them. */
function uniteNeed(draft: Draft, node: DraftNode, owned: OwnedNeed, siblings: Readonly<Record<string, Uid>>): void {
  const isFirstWithParams = owned.need.params !== undefined && node.paramsFrom.kind === 'none';
  const others = node.needs.filter((each) => each.need.params !== undefined);
  node.needs.push(owned);
  if (Object.keys(node.metadata).length === 0) node.metadata = owned.need.metadata;
  if (!owned.need.params) return;
  if (isFirstWithParams) {
    node.paramsFrom = owned.owner.kind === 'workload' ? { kind: 'score', workload: owned.owner.name } : { kind: 'owner' };
    node.siblings = siblings;
  }
  node.params = uniteParams(draft, { node, owned, others });
  addParamEdges(draft, node, owned, siblings);
}

function uniteParams(
  draft: Draft,
  union: { readonly node: DraftNode; readonly owned: OwnedNeed; readonly others: readonly OwnedNeed[] },
): JsonObject {
  const { node, owned, others } = union;
  const united = new Map(Object.entries(node.params));
  for (const [key, value] of Object.entries(owned.need.params ?? {})) {
    const known = united.get(key);
    if (known !== undefined && canonicalJson(known) !== canonicalJson(value)) {
      draft.diagnostics.push(conflict(node.uid, key, owned, others));
    }
    united.set(key, value);
  }
  return Object.fromEntries(united);
}

function conflict(uid: Uid, key: string, owned: OwnedNeed, others: readonly OwnedNeed[]) {
  const place = { ...owned.need.place, path: [...owned.need.place.path, 'params', key] };
  return diagnose('T3003', {
    detail: `"${key}" of the shared resource ${uid} has different values in two places. Give both the same value and deploy both files together, or declare the need once in the project.`,
    place,
    related: others
      .filter((each) => Object.hasOwn(each.need.params ?? {}, key))
      .map((each) => ({
        message: `the other value, from ${each.owner.kind} ${each.owner.name}`,
        place: { ...each.need.place, path: [...each.need.place.path, 'params', key] },
      })),
  });
}

function addParamEdges(draft: Draft, node: DraftNode, owned: OwnedNeed, siblings: Readonly<Record<string, Uid>>): void {
  for (const name of listNeedReferences(owned.need.params ?? {})) {
    const uid = Object.hasOwn(siblings, name) ? siblings[name] : undefined;
    if (uid !== undefined) node.edges.add(uid);
    else draft.diagnostics.push(unknownSibling(owned, name, Object.keys(siblings)));
  }
}

function unknownSibling(owned: OwnedNeed, name: string, known: readonly string[]) {
  const { place } = owned.need;
  return diagnose('T3004', {
    detail: `The params of "${owned.need.name}" refer to a resource "${name}", which ${owned.owner.kind} ${owned.owner.name} does not declare.${didYouMean(name, known)}`,
    place: { ...place, path: [...place.path, 'params'] },
  });
}
