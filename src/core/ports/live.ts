import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { JsonObject } from '../model/value.ts';

/** Where an object of a target is found. */
export interface LiveAddress {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent: the environment's. */
  readonly namespace?: string;
  readonly name: string;
}

/** What a driver may look at on the target. */
export interface LiveObjects {
  /** An object as it is now, secrets included; nothing where there is none. Reports: T5306 for a namespace that the definition may not look into. */
  read(address: LiveAddress): Promise<Outcome<JsonObject | undefined>>;
}
