import type { Json, JsonObject } from '../../../model/value.ts';

/**
 * A server of a resource's own, described once for both formats: the same image, user, settings and outputs. In expressions `locals.name` is
 * the name under which it answers.
 */
export interface Server {
  readonly type: string;
  /** Stands before the resource's slug; at most 11 characters, so that the pods of a StatefulSet can be labelled. */
  readonly prefix: string;
  /** With the whole version in its tag. */
  readonly image: string;
  /** Whom the image itself lets run the server: its number, and that of its group. */
  readonly user: number;
  readonly group: number;
  readonly port: number;
  readonly generate: JsonObject;
  readonly locals?: JsonObject;
  readonly outputs: Readonly<Record<string, Json>>;
  /** What nobody may read, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that hold a secret: the names of secrets, by those of the variables. */
  readonly secretVariables: Readonly<Record<string, string>>;
  /** Instead of what the image runs. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Absent: what it keeps may be lost. */
  readonly data?: { readonly path: string; readonly subPath?: string };
  /** Folders that it writes to besides; nothing else of the image can be written then. Absent: it writes elsewhere, too. */
  readonly scratch?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly resources: { readonly cpu: string; readonly memory: string; readonly memoryMax: string };
  readonly probes: Probes;
  /** Of a service in Compose: the arguments of `test`. */
  readonly check: readonly string[];
  /** In Compose, where no group is given a new volume. */
  readonly composeUser?: string;
  readonly composeData?: string;
}

/** Probes of Kubernetes. What makes a database, a bucket or a topic stands in the first: it is done once, until it succeeds. */
export interface Probes {
  readonly startup: JsonObject;
  readonly readiness: JsonObject;
  readonly liveness: JsonObject;
}
