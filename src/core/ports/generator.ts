import type { Uid } from '../model/uid.ts';
import type { JsonObject, Json, Secret } from '../model/value.ts';

/**
 * Answers `generate` entries. The shell behind it keeps or derives the seed, computes the value as
 * `generateValue(seed, specification)` and, for a secret one, hands out only its reference and keyed hash.
 * Pure for as long as the seeds stand: the same request gives the same answer.
 */
export type Generate = (request: GenerateRequest) => Json | Secret;

export interface GenerateRequest {
  readonly uid: Uid;
  readonly name: string;
  readonly specification: JsonObject;
}
