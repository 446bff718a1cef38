import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import type { DeploymentContext } from '../model/context.ts';
import type { Match, OwnedNeed, ParamsOrigin } from '../model/graph.ts';
import type { Platform, ResourceDefinition } from '../model/platform.ts';
import type { Uid } from '../model/uid.ts';
import type { JsonObject } from '../model/value.ts';
import type { DeclaredWorkload } from '../model/workload.ts';

/** What a graph is built of. */
export interface GraphRequest {
  /** Configured and built-in documents together. */
  readonly platform: Platform;
  readonly context: DeploymentContext;
  readonly workloads: readonly DeclaredWorkload[];
  /** Names of the definitions that resources are bound to already. */
  readonly bound?: Readonly<Record<Uid, string>>;
  /** Resources that may be bound anew. */
  readonly rebind?: readonly Uid[];
}

/** A node while the graph grows. */
export interface DraftNode {
  readonly uid: Uid;
  readonly kind: 'resource' | 'derived' | 'workload';
  readonly type: string;
  readonly class: string;
  readonly id: string;
  readonly needs: OwnedNeed[];
  params: JsonObject;
  paramsFrom: ParamsOrigin;
  siblings: Readonly<Record<string, Uid>>;
  metadata: JsonObject;
  readonly edges: Set<Uid>;
  readonly references: Set<Uid>;
  match?: Match;
  rebind?: Match;
  /** Of a workload: need name → node. */
  resources: Readonly<Record<string, Uid>>;
  readonly place?: Place;
}

/** The graph while it grows. */
export interface Draft {
  readonly request: GraphRequest;
  readonly nodes: Map<Uid, DraftNode>;
  readonly diagnostics: Diagnostic[];
  readonly definitions: ReadonlyMap<string, ResourceDefinition>;
  readonly workloadNames: ReadonlySet<string>;
  readonly workloads: ReadonlyMap<string, DeclaredWorkload>;
  /** Nodes that are to be matched and expanded yet. */
  fresh: DraftNode[];
  /** `dependentsWait`: what depends on the first shall depend on the second too. */
  readonly waits: { readonly on: Uid; readonly also: Uid }[];
}

export interface NewNode {
  readonly uid: Uid;
  readonly kind: DraftNode['kind'];
  readonly type: string;
  readonly class: string;
  readonly id: string;
  readonly place?: Place | undefined;
}

/** The node of a uid, made where it is not there yet. */
export function ensureNode(draft: Draft, node: NewNode): DraftNode {
  const known = draft.nodes.get(node.uid);
  if (known) return known;
  const made: DraftNode = {
    uid: node.uid,
    kind: node.kind,
    type: node.type,
    class: node.class,
    id: node.id,
    needs: [],
    params: {},
    paramsFrom: { kind: 'none' },
    siblings: {},
    metadata: {},
    edges: new Set(),
    references: new Set(),
    resources: {},
    ...(node.place && { place: node.place }),
  };
  draft.nodes.set(node.uid, made);
  draft.fresh.push(made);
  return made;
}
