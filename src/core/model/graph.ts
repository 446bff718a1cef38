import type { Criterion, Tier } from './platform.ts';
import type { Uid } from './uid.ts';
import type { JsonObject } from './value.ts';
import type { Need, NeedOwner } from './workload.ts';

/** All needs of one environment, matched and expanded, in the order in which they are met. */
export interface ResourceGraph {
  /** Topological; ties by uid. */
  readonly order: readonly Uid[];
  readonly nodes: Readonly<Record<Uid, GraphNode>>;
  /** SHA-256, hex. */
  readonly digest: string;
}

export type GraphNode = ResourceNode | DerivedNode | WorkloadNode;

interface Node {
  readonly uid: Uid;
  /** Sorted; ordering edges only. */
  readonly dependsOn: readonly Uid[];
}

/** A resource that a definition provides. */
export interface ResourceNode extends Node {
  readonly kind: 'resource';
  readonly type: string;
  readonly class: string;
  readonly id: string;
  /** The needs that it answers, by owner and name; none for a co-provisioned or a referenced one. */
  readonly needs: readonly OwnedNeed[];
  /** United params, placeholders still in place. */
  readonly params: JsonObject;
  /** How the values in `params` are to be resolved. */
  readonly paramsFrom: ParamsOrigin;
  /** Other nodes, by the names that placeholders in `params` know them by. */
  readonly siblings: Readonly<Record<string, Uid>>;
  readonly metadata: JsonObject;
  /** The definition that it is bound to. */
  readonly match: Match;
  /** What matching says now, where that is not what the resource is bound to. */
  readonly rebind?: Match;
  /** Nodes that the definition's expressions read, by `type.class#id`. */
  readonly references: readonly Uid[];
}

export type ParamsOrigin =
  /** Score placeholders: the metadata is that of this workload. */
  | { readonly kind: 'score'; readonly workload: string }
  /** Score placeholders among the needs of a project or an environment type. */
  | { readonly kind: 'owner' }
  /** Expressions, evaluated in the scope of the resource that provisions it along. */
  | { readonly kind: 'expression'; readonly parent: Uid }
  | { readonly kind: 'none' };

export type DerivedType = 'service' | 'service-port' | 'environment';

/** A need that tutti answers itself: the address of a workload, one of its ports, or the environment's values. */
export interface DerivedNode extends Node {
  readonly kind: 'derived';
  readonly type: DerivedType;
  readonly class: string;
  readonly id: string;
  readonly needs: readonly OwnedNeed[];
  /** As those of a resource: a port is asked for by params. */
  readonly params: JsonObject;
  readonly paramsFrom: ParamsOrigin;
  readonly siblings: Readonly<Record<string, Uid>>;
  /** For a service: the workload that is meant; it makes no edge. */
  readonly workload?: string;
}

export interface WorkloadNode extends Node {
  readonly kind: 'workload';
  readonly workload: string;
  /** The match of its profile. */
  readonly match: Match;
  /** Need name → the node that answers it. */
  readonly resources: Readonly<Record<string, Uid>>;
}

export interface OwnedNeed {
  readonly owner: NeedOwner;
  readonly need: Need;
}

/** Which definition (or profile, or target) answers, and by which criterion. */
export interface Match {
  readonly name: string;
  readonly tier: Tier;
  readonly criterion: Criterion;
  /** Digest of the document. */
  readonly digest: string;
}
