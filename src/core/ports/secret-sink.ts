import type { JsonObject } from '../model/value.ts';

/** Where secrets go that a target only refers to. One is chosen by `SecretStoreDocument.type`. */
export interface SecretSink {
  readonly type: string;
  /** JSON Schema of its inputs, besides `secretStoreRef`, which every type has. */
  readonly inputsSchema: JsonObject;
  /** Writes a version; one that is there already is left as it is. Throws when it cannot be kept. */
  write(request: SecretSinkRequest, entry: SecretSinkEntry): Promise<void>;
}

export interface SecretSinkRequest {
  readonly inputs: JsonObject;
  /** Relative paths start here. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
}

export interface SecretSinkEntry {
  /** Names joined by `/`. */
  readonly key: string;
  readonly version: string;
  readonly value: string;
}
