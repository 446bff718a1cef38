import type { Uid } from './uid.ts';
import type { ValueObject } from './value.ts';

/** `group/Kind:namespace/name`; group and namespace may be empty. */
export type ObjectKey = string & { readonly $objectKey: true };

/** One object as it shall be on the target. */
export interface RenderedObject {
  readonly key: ObjectKey;
  /** The node of the graph that it belongs to. */
  readonly node: Uid;
  /** May hold marks: targets reveal secrets on writing; unknowns are filled before. */
  readonly body: ValueObject;
  /** SHA-256 of the canonical body, hex; a secret counts by its keyed hash, an unknown by a token. */
  readonly hash: string;
}

/** What a driver answers with. */
export interface ResourceResult {
  readonly outputs: ValueObject;
  /** Objects for the target, as manifests; the core gives them key, namespace and labels. */
  readonly manifests: readonly ValueObject[];
  /** The driver's own memory, handed back on its next call. */
  readonly state: ValueObject;
  /** What it leaves for the drivers after it, in place of what it was given; absent: the same. */
  readonly shared?: ValueObject;
}
