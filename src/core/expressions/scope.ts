import type { Value, ValueObject } from '../model/value.ts';

/** What expressions can name (domain.md §2). */
export interface ExpressionScope {
  readonly params?: Value;
  readonly resource?: Value;
  readonly context?: Value;
  readonly target?: Value;
  readonly locals?: Value;
  readonly generate?: Value;
  /** In profiles alone. */
  readonly workload?: Value;
  /** By workload name: `{service: {host, port, ports}}`. */
  readonly workloads?: Value;
  /** Outputs of a resource of the same environment; an omitted class and id are inherited. */
  readonly outputsOf?: (reference: ResourceReference) => ValueObject | undefined;
  /** Nodes that depend on this one, or that it depends on, of a type. */
  readonly consumers?: (type: string) => readonly ValueObject[];
  readonly dependencies?: (type: string) => readonly ValueObject[];
}

/** A resource as definitions name it: `type`, `type.class`, `type#id` or `type.class#id`. */
export interface ResourceReference {
  readonly type: string;
  readonly class?: string;
  readonly id?: string;
}

/** The roots of every expression; profiles have `workload` besides. */
export const scopeRoots = ['params', 'resource', 'context', 'target', 'locals', 'generate', 'workloads', 'resources', 'select'] as const;

export const profileRoots = ['workload', 'context', 'target', 'workloads'] as const;
export const targetRoots = ['context'] as const;

/** What stands directly below roots whose shape never varies; other roots hold what users name. */
export const fixedMembers: Readonly<Record<string, readonly string[]>> = {
  resource: ['type', 'class', 'id', 'uid', 'guid', 'name', 'slug', 'metadata'],
  context: ['project', 'environment', 'environmentType', 'target', 'format', 'labels', 'slug', 'values'],
  workload: ['name', 'annotations', 'metadata'],
};

/** What stands below each entry of `resources` and of `workloads`. */
export const entryMembers: Readonly<Record<string, readonly string[]>> = {
  resources: ['outputs'],
  workloads: ['service'],
};

/** Takes a reference's text apart; `undefined` where it is none. */
export function parseReference(text: string): ResourceReference | undefined {
  const match = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:\.([A-Za-z0-9][A-Za-z0-9-]*))?(?:#(.+))?$/.exec(text);
  const [, type, className, id] = match ?? [];
  if (type === undefined) return undefined;
  return {
    type,
    ...(className !== undefined && { class: className }),
    ...(id !== undefined && { id }),
  };
}
