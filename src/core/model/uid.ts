import type { ObjectKey } from './rendering.ts';

/** Identifies a resource in one environment: `type.class#id`. */
export type Uid = string & { readonly $uid: true };

export interface UidParts {
  readonly type: string;
  /** Default: `default`. */
  readonly class?: string | undefined;
  /** A need's own id, or `workload.name` for a private one. */
  readonly id: string;
}

export const defaultClass = 'default';

/** Makes the uid of its parts; the only constructor of the type besides `parseUid`. */
export function makeUid({ type, class: className, id }: UidParts): Uid {
  return brand(`${type}.${className ?? defaultClass}#${id}`);
}

/** The uid that a need without an id has. */
export function makePrivateUid(need: { type: string; class?: string; owner: string; name: string }): Uid {
  return makeUid({ type: need.type, class: need.class, id: `${need.owner}.${need.name}` });
}

/** The node of a workload in the graph. `workload` is a reserved resource type. */
export function makeWorkloadUid(workload: string): Uid {
  return makeUid({ type: workloadType, id: workload });
}

export const workloadType = 'workload';

/** Takes a uid apart; `undefined` where the text is none. */
export function splitUid(text: string): Required<UidParts> | undefined {
  const match = /^([^.#]+)\.([^.#]+)#(.+)$/.exec(text);
  if (!match) return undefined;
  const [, type = '', className = '', id = ''] = match;
  return { type, class: className, id };
}

/** A uid from text that users typed. */
export function parseUid(text: string): Uid | undefined {
  return splitUid(text) ? brand(text) : undefined;
}

/** For `makeObjectKey` alone, which is the constructor of the type. */
export function brandObjectKey(text: string): ObjectKey {
  // The documented border of this layer: a brand exists for the compiler alone.
  return text as ObjectKey;
}

function brand(text: string): Uid {
  // The documented border of this layer: a brand exists for the compiler alone.
  return text as Uid;
}
