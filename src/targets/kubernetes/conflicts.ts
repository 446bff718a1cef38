import type { JsonObject, Value, ValueObject } from '../../core/index.ts';
import type { Refusal } from './cluster.ts';
import { mapOf } from './fields.ts';

/** Whoever sets replicas by way of `scale` is an autoscaler, or a person: that is not for us to undo. */
const scaling = /subresource "scale"/;

/** The field is that of every kind with a `scale` subresource that tutti renders. */
const replicas = '.spec.replicas';

/** A person at a command line: what they set by hand is drift, and shown as a conflict. */
const byHand = /conflict with "kubectl/;

/**
 * Says whether an autoscaler has set the number of replicas: then that is its number to say, and is left out of what we apply.
 * Shape: the answer of the API server.
 */
export function isScaledByOthers({ causes }: Refusal): boolean {
  return causes.some(({ field, message }) => field === replicas && scaling.test(message) && !byHand.test(message));
}

/** Whether nothing of it shall run: it is paused, or was scaled to none. */
export function asksForNone(body: JsonObject): boolean {
  return mapOf(body['spec'])['replicas'] === 0;
}

/** Without the number of replicas; whoever else sets it keeps it. */
export function leaveReplicas(body: JsonObject): JsonObject {
  const { replicas: _, ...spec } = mapOf(body['spec']);
  return { ...body, spec };
}

/**
 * Says whether all fields of a conflict were ours before somebody else wrote them.
 * Rule: what we have set is put back where it drifted away; what others had first is theirs.
 * Shape: the answer of the API server, and the object as it was applied last.
 */
export function wereOurs({ causes }: Refusal, applied: ValueObject | undefined): boolean {
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict');
  if (!applied || conflicts.length === 0 || conflicts.some(({ message }) => scaling.test(message))) return false;
  return conflicts.every(({ field }) => hasField([applied], plainField(field)));
}

/** `.spec.ports[port=80,protocol="TCP"].targetPort` without which item of a list is meant: that plays no part. */
function plainField(field: string): string {
  return field.replaceAll(/\[(?:[^\]"]|"(?:\\.|[^"\\])*")*\]/g, '').replace(/^\./, '');
}

/** Names may have dots in them themselves (`.data.app.conf`): every name that begins the rest is tried. */
function hasField(values: readonly Value[], rest: string): boolean {
  if (rest === '') return values.length > 0;
  return values.flatMap(itemsOf).some((value) => {
    if (!isMap(value)) return false;
    return Object.entries(value).some(([name, member]) => {
      const after = rest.slice(name.length);
      return rest.startsWith(name) && (after === '' || after.startsWith('.')) && hasField([member], after.slice(1));
    });
  });
}

function itemsOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value.flatMap(itemsOf) : [value];
}

function isMap(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
