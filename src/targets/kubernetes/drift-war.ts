import { diagnose, type Diagnostic, type Json, type JsonObject, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf, describeAddress } from './addresses.ts';
import type { Refusal } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';

/** A field that is set back so often within so long is fought for. */
const war = { times: 3, withinMs: 600_000 } as const;

/** A field that somebody else had written, and that was set right. */
interface Reverted {
  readonly field: string;
  readonly manager: string;
  readonly at: string;
}

/** Decides whether what others wrote into our fields is set right, and keeps account of it. */
export interface TakingBack {
  takesBack(refusal: Refusal): boolean;
  /** Fields set right lately, by this deployment and those before it; to be remembered with the object. */
  remembered(): readonly JsonObject[];
  /** Why the object is left as it is; nothing where it is not. */
  truce(): Diagnostic | undefined;
}

/**
 * Keeps account of an object's fields that are set right.
 * Rule: where nothing but drift is the reason to write, a field that the same manager has written again three times within ten minutes is left
 * to it for the time being, and the manager is named; what somebody has changed in the deployment is written nevertheless.
 * Reports: T6217.
 */
export function keepAccount({ inventory }: Pick<TargetRequest, 'inventory'>, object: RenderedObject, now: string): TakingBack {
  const known = inventory[object.key];
  const since = Date.parse(now) - war.withinMs;
  let reverted = listOf(known?.memory?.['reverted'])
    .map(readReverted)
    .filter(({ at }) => Date.parse(at) > since);
  let contested: Reverted | undefined;
  return {
    takesBack: (refusal) => {
      const fields = listContested(refusal, now);
      contested = known?.hash === object.hash ? fields.find((field) => timesOf(reverted, field) >= war.times) : undefined;
      if (!contested) reverted = [...reverted, ...fields];
      return !contested;
    },
    remembered: () => reverted.map((each) => ({ ...each })),
    truce: () => contested && describeTruce(object, contested),
  };
}

function timesOf(reverted: readonly Reverted[], { field, manager }: Reverted): number {
  return reverted.filter((each) => each.field === field && each.manager === manager).length;
}

function readReverted(value: Json): Reverted {
  const { field, manager, at } = mapOf(value);
  return { field: textOf(field), manager: textOf(manager), at: textOf(at) };
}

function listContested({ causes }: Refusal, at: string): readonly Reverted[] {
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict');
  return conflicts.map(({ field, message }) => ({ field, manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message, at }));
}

function describeTruce({ key, body }: RenderedObject, { field, manager }: Reverted): Diagnostic {
  const what = describeAddress(addressOf(key, body));
  return diagnose('T6217', {
    detail: `${what}: \`${field}\` was set right ${war.times} times within ten minutes, and "${manager}" has written it again. The object is left as it is.`,
  });
}
