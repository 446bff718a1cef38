import type { JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, numberOf, textOf } from '../fields.ts';

export interface Readiness {
  readonly kind: 'ready' | 'progressing' | 'failed' | 'terminating' | 'gone';
  /** One word, as the API has it. */
  readonly reason: string;
  /** One sentence for people. */
  readonly message: string;
}

export interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function ready(message = 'it is ready.'): Readiness {
  return { kind: 'ready', reason: 'Ready', message };
}

export function progressing(reason: string, message: string): Readiness {
  return { kind: 'progressing', reason: reason || 'Progressing', message: message || `it is not ready${inBrackets(reason)}.` };
}

export function failed(reason: string, message: string): Readiness {
  return { kind: 'failed', reason: reason || 'Failed', message: message || `it has failed${inBrackets(reason)}.` };
}

/** Of what says nothing of itself but a word. */
function inBrackets(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

/** A condition of the status by its type. Rule: one that says that it is of an earlier generation says nothing of this one. */
export function conditionOf(live: JsonObject, type: string): Condition | undefined {
  const conditions = listOf(mapOf(live['status'])['conditions']).map(mapOf);
  const found = conditions.find((each) => each['type'] === type);
  if (!found) return undefined;
  const [observed, generation] = [numberOf(found['observedGeneration']), numberOf(mapOf(live['metadata'])['generation'])];
  if (observed !== undefined && generation !== undefined && observed < generation) return unobserved;
  return { status: textOf(found['status']), reason: textOf(found['reason']), message: textOf(found['message']) };
}

/** What a controller has said before it saw the latest change. */
const unobserved: Condition = {
  status: 'Unknown',
  reason: 'LatestGenerationNotObserved',
  message: 'its controller has not seen the latest change yet.',
};

const conditionsMax = 5;
const messageMax = 200;

/** What an object says of itself, as one sentence; nothing where it says nothing. */
export function describeConditions(live: JsonObject): readonly string[] {
  const conditions = listOf(mapOf(live['status'])['conditions']).map(mapOf).slice(0, conditionsMax);
  const said = conditions.map((each) => {
    const more = [textOf(each['reason']), textOf(each['message']).slice(0, messageMax)].filter((text) => text !== '').join(': ');
    return `${textOf(each['type'])} is ${textOf(each['status'])}${more === '' ? '' : ` (${more})`}`;
  });
  return said.length === 0 ? [] : [`Its conditions: ${said.join('; ')}.`];
}
