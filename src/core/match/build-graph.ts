import type { Outcome } from '../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../diagnostics/report.ts';
import { compareText } from '../model/compare.ts';
import { digestOf } from '../model/digest.ts';
import type { GraphNode, ResourceGraph } from '../model/graph.ts';
import type { Uid } from '../model/uid.ts';
import { addNeeds, addWorkload, isDerivedType } from './add-needs.ts';
import { applyWaits, expand, serviceOf } from './expand.ts';
import type { Draft, DraftNode, GraphRequest } from './graph-parts.ts';
import { orderNodes } from './order.ts';

/**
 * Builds the resource graph of an environment (domain.md §4).
 * Rule: nothing depends on the order of workloads, needs or definitions.
 * Shape: workloads and a platform in; nodes, their order and a digest out.
 * Reports: T2001–T2003 for needs that nothing answers, T3001–T3007 for the graph itself; all of them.
 */
export function buildGraph(request: GraphRequest): Outcome<ResourceGraph> {
  const draft = openDraft(request);
  const workloads = request.workloads.toSorted((left, right) => compareText(left.name, right.name));
  for (const workload of workloads) addWorkload(draft, workload);
  addSharedNeeds(draft);
  expand(draft);
  applyWaits(draft);
  return finish(draft);
}

function openDraft(request: GraphRequest): Draft {
  return {
    request,
    nodes: new Map(),
    diagnostics: [],
    definitions: new Map(request.platform.definitions.map((definition) => [definition.name, definition])),
    workloads: new Map(request.workloads.map((workload) => [workload.name, workload])),
    workloadNames: new Set(request.workloads.map((workload) => workload.name)),
    fresh: [],
    waits: [],
  };
}

/** Needs of the project, and those of the environment type, which every workload depends on. */
function addSharedNeeds(draft: Draft): void {
  const { platform, context, workloads } = draft.request;
  const project = platform.projects.find((each) => each.name === context.project);
  if (project) addNeeds(draft, { kind: 'project', name: project.name }, project.needs);
  const type = platform.environmentTypes.find((each) => each.name === context.environmentType);
  if (!type || workloads.length === 0) return;
  const uids = Object.values(addNeeds(draft, { kind: 'environmentType', name: type.name }, type.needs));
  for (const node of draft.nodes.values()) {
    if (node.kind === 'workload') for (const uid of uids) node.edges.add(uid);
  }
}

function finish(draft: Draft): Outcome<ResourceGraph> {
  const edges = new Map<Uid, readonly Uid[]>();
  for (const node of draft.nodes.values()) edges.set(node.uid, [...node.edges].toSorted(compareText));
  const ordered = orderNodes(edges);
  if ('cycle' in ordered) {
    draft.diagnostics.push(describeCycle(draft, ordered.cycle));
    return { diagnostics: draft.diagnostics };
  }
  const nodes: Record<Uid, GraphNode> = {};
  for (const uid of ordered.order) {
    const draftNode = draft.nodes.get(uid);
    const node = draftNode && freezeNode(draftNode, edges.get(uid) ?? []);
    if (node) nodes[uid] = node;
  }
  const digest = digestOf(ordered.order.map((uid) => digestNode(nodes[uid])));
  return settle({ order: ordered.order, nodes, digest }, draft.diagnostics);
}

function freezeNode(draft: DraftNode, dependsOn: readonly Uid[]): GraphNode | undefined {
  const { uid, type, class: className, id, needs } = draft;
  if (draft.kind === 'derived') {
    const workload = serviceOf(draft);
    const { params, paramsFrom, siblings } = draft;
    const derived = isDerivedType(type) ? type : 'environment';
    const base = { kind: 'derived', uid, dependsOn, type: derived, class: className, id, needs, params, paramsFrom, siblings } as const;
    return { ...base, ...(workload !== undefined && { workload }) };
  }
  if (!draft.match) return undefined;
  if (draft.kind === 'workload') {
    return { kind: 'workload', uid, dependsOn, workload: id, match: draft.match, resources: draft.resources };
  }
  return {
    kind: 'resource',
    uid,
    dependsOn,
    type,
    class: className,
    id,
    needs,
    params: draft.params,
    paramsFrom: draft.paramsFrom,
    siblings: draft.siblings,
    metadata: draft.metadata,
    match: draft.match,
    ...(draft.rebind && { rebind: draft.rebind }),
    references: [...draft.references].toSorted(compareText),
  };
}

/** What a node is, without places: the same graph has the same digest wherever its files lie. */
function digestNode(node: GraphNode | undefined): string {
  if (!node) return '';
  const base = { uid: node.uid, kind: node.kind, dependsOn: node.dependsOn };
  if (node.kind === 'derived') return digestOf({ ...base, params: node.params });
  const match = { name: node.match.name, digest: node.match.digest };
  return digestOf(node.kind === 'workload' ? { ...base, match } : { ...base, match, params: node.params, metadata: node.metadata });
}

function describeCycle(draft: Draft, cycle: readonly Uid[]) {
  const [first] = cycle;
  const members = [...cycle, ...(first === undefined ? [] : [first])].join(' → ');
  const places = cycle.flatMap((uid) => {
    const place = draft.nodes.get(uid)?.place;
    return place ? [{ message: uid, place }] : [];
  });
  return diagnose('T3007', {
    detail: `These depend on each other in a circle: ${members}. Remove one of the references.`,
    place: places[0]?.place,
    related: places.slice(1),
  });
}
