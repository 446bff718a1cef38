import type { Place } from '../diagnostics/diagnostic.ts';
import type { Overrides } from './overrides.ts';
import type { JsonObject } from './value.ts';

/** A Score file as read: upgraded, checked, defaults filled in, placeholders still in place. */
export interface DeclaredWorkload {
  readonly name: string;
  /** The whole `metadata`, with custom keys: what `${metadata.…}` reads. */
  readonly metadata: JsonObject;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, ServicePort>>;
  readonly containers: Readonly<Record<string, Container>>;
  readonly needs: Readonly<Record<string, Need>>;
  readonly origin: { readonly file: string; readonly document: number };
  /** What was laid over the Score file; with its text it tells where a value comes from. */
  readonly overrides?: Overrides;
  /** SHA-256 over the canonical form, hex, without `origin` and `overrides`. */
  readonly digest: string;
}

export interface ServicePort {
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: 'TCP' | 'UDP';
}

export interface Container {
  /** `.` is replaced while reading: a declared container always has an image. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** By target path. */
  readonly files: Readonly<Record<string, ContainerFile>>;
  /** By target path. */
  readonly volumes: Readonly<Record<string, ContainerVolume>>;
  /** Containers that start only after this one has reached the state. */
  readonly before: Readonly<Record<string, { readonly ready: 'started' | 'healthy' | 'complete' }>>;
  readonly limits: ComputeResources;
  readonly requests: ComputeResources;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

export interface ComputeResources {
  readonly memory?: string;
  readonly cpu?: string;
}

/** `source` is gone: its content was read. */
export type ContainerFile = FileText | FileBytes;

interface FileText {
  readonly kind: 'text';
  readonly text: string;
  readonly isExpanded: boolean;
  readonly mode?: string;
}

interface FileBytes {
  readonly kind: 'bytes';
  readonly base64: string;
  readonly mode?: string;
}

export interface ContainerVolume {
  readonly source: string;
  readonly path?: string;
  readonly isReadOnly: boolean;
}

export interface Probe {
  readonly httpGet?: {
    readonly port: number;
    readonly path?: string;
    readonly host?: string;
    readonly scheme?: 'HTTP' | 'HTTPS';
    readonly httpHeaders: readonly { readonly name: string; readonly value: string }[];
  };
  readonly exec?: { readonly command: readonly string[] };
}

/** A request for a resource, made by a workload, a project or an environment type. */
export interface Need {
  readonly name: string;
  readonly type: string;
  readonly class: string;
  readonly id?: string;
  /** Absent and empty differ: a need without params takes those of its fellows. */
  readonly params?: JsonObject;
  readonly metadata: JsonObject;
  readonly place: Place;
}

/** Who makes a need; its `name` scopes the private uid: `workload.name`, `@project.name`, `@type.name`. */
export interface NeedOwner {
  readonly kind: 'workload' | 'project' | 'environmentType';
  readonly name: string;
}
