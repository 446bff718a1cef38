import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { ProfileFormat } from '../../model/platform.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { isList, mapOf, memberOf, textOf } from './make-object.ts';

/** Writes what Score says into what a profile gives, as far as the profile allows. */
export interface ProfileWriter {
  readonly profile: string;
  readonly format: ProfileFormat;
  readonly diagnostics: Diagnostic[];
}

/** One field on its way into the base: where it goes, and where the Score file says it. */
export interface Write {
  /** JSON pointer into the base; `*` stands for the index of any container. */
  readonly pointer: string;
  readonly place: Place;
}

/**
 * Puts a value of the Score file at a place of the base.
 * Rule: maps are united key by key. What the base does not set is free; what it sets is fixed, unless `default` or `open`
 * cover it. Of the pointers that cover a field the longest decides; of two equal ones `fixed` does.
 * Shape: what stands there afterwards; the base's own where the profile refuses.
 * Reports: T4105.
 */
export function writeValue(writer: ProfileWriter, base: Value | undefined, value: Value, write: Write): Value {
  if (isValueObject(value) && (base === undefined || isValueObject(base))) {
    return writeMembers(writer, mapOf(base), value, write);
  }
  if (!isRefused(writer.format, write.pointer, base !== undefined)) return value;
  writer.diagnostics.push(refuse(writer, write));
  return base ?? null;
}

function writeMembers(writer: ProfileWriter, base: ValueObject, value: ValueObject, write: Write): ValueObject {
  const result: Record<string, Value> = { ...base };
  for (const [key, each] of Object.entries(value)) {
    result[key] = writeValue(writer, memberOf(base, key), each, below(write, key));
  }
  return result;
}

/**
 * Puts entries of a list at a place of the base, where each has a name of its own: variables, mounts.
 * Rule: as for maps, by that name. The base's come first: Kubernetes lets later variables refer to earlier ones.
 */
export function writeList(
  writer: ProfileWriter,
  base: Value | undefined,
  entries: readonly { readonly value: ValueObject; readonly write: Write }[],
  nameKey: string,
): readonly Value[] {
  const result = new Map((isList(base) ? base : []).map((each) => [textOf(mapOf(each)[nameKey]), each]));
  const own = new Set(result.keys());
  for (const { value, write } of entries) {
    const name = textOf(value[nameKey]);
    if (isRefused(writer.format, write.pointer, own.has(name))) writer.diagnostics.push(refuse(writer, write));
    else result.set(name, value);
  }
  return [...result.values()];
}

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** Puts a probe at a place of the base: how it asks comes from one side alone, how often from the base. */
export function writeProbe(writer: ProfileWriter, base: Value | undefined, probe: ValueObject, write: Write): Value {
  const handlers = Object.keys(mapOf(base)).filter((key) => probeHandlers.includes(key));
  if (isRefused(writer.format, write.pointer, handlers.length > 0)) {
    writer.diagnostics.push(refuse(writer, write));
    return base ?? null;
  }
  const timing = Object.entries(mapOf(base)).filter(([key]) => !probeHandlers.includes(key));
  return { ...Object.fromEntries(timing), ...probe };
}

/** A step further down: of the pointer, and of the place in the Score file. */
export function below({ pointer, place }: Write, key: string): Write {
  return { pointer: `${pointer}/${escapeStep(key)}`, place: { ...place, path: [...place.path, key] } };
}

export function escapeStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isRefused(format: ProfileFormat, pointer: string, isSet: boolean): boolean {
  const free = Math.max(coverage(format.default, pointer), coverage(format.open, pointer));
  const fixed = coverage(format.fixed, pointer);
  if (fixed < 0 && free < 0) return isSet;
  return fixed >= free;
}

/** The length of the longest pointer of a list that a pointer lies at or below; −1 where there is none. */
function coverage(pointers: readonly string[], pointer: string): number {
  const covering = pointers.filter((each) => pointer === each || pointer.startsWith(`${each}/`));
  return Math.max(-1, ...covering.map((each) => each.length));
}

function refuse({ profile, format }: ProfileWriter, { pointer, place }: Write): Diagnostic {
  const isNamed = coverage(format.fixed, pointer) >= 0;
  const why = isNamed ? 'keeps it fixed' : 'sets it, and neither `default` nor `open` covers it';
  const field = place.path.join('.');
  return diagnose('T4105', {
    detail: `The Score file sets \`${field}\`, which is \`${pointer}\`; the profile "${profile}" ${why}.`,
    place,
  });
}

/** What the base says of every container: the one that is called `*`. */
export function containerTemplate(podSpec: ValueObject): ValueObject {
  const containers = podSpec['containers'];
  const template = isList(containers) ? containers.find((each) => textOf(mapOf(each)['name']) === '*') : undefined;
  const { name: _, ...rest } = mapOf(template);
  return rest;
}

/** Containers that the profile adds by itself: all but `*`. */
export function extraContainers(podSpec: ValueObject, list: 'containers' | 'initContainers'): readonly Value[] {
  const containers = podSpec[list];
  return isList(containers) ? containers.filter((each) => textOf(mapOf(each)['name']) !== '*') : [];
}
