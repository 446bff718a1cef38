import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { ProfileFormat } from '../../model/platform.ts';
import { isMark, type Value, type ValueObject } from '../../model/value.ts';
import { isList, mapOf, textOf } from './make-object.ts';

/** Writes what Score says into what a profile gives, as far as the profile allows. */
export interface ProfileWriter {
  readonly profile: string;
  readonly format: ProfileFormat;
  readonly diagnostics: Diagnostic[];
}

/**
 * Puts Score's fields of one container into the profile's.
 * Rule: what the base does not set is free; over what `default` or `open` names Score wins; anything else that the base
 * sets is fixed, as is what `fixed` names.
 * Shape: `pointer` names the container in the base, with `*` for its index.
 * Reports: T4105.
 */
export function writeContainer(
  writer: ProfileWriter,
  write: { readonly base: ValueObject; readonly fields: ValueObject; readonly pointer: string; readonly place: Place },
): ValueObject {
  const result: Record<string, Value> = { ...write.base };
  for (const [key, value] of Object.entries(write.fields)) {
    const pointer = `${write.pointer}/${key}`;
    const known = write.base[key];
    if (isRefused(writer.format, pointer, known !== undefined)) {
      writer.diagnostics.push(refuse(writer, pointer, key, write.place));
      continue;
    }
    result[key] = isPlainMap(known) && isPlainMap(value) ? { ...mapOf(known), ...mapOf(value) } : value;
  }
  return result;
}

function isRefused(format: ProfileFormat, pointer: string, isSet: boolean): boolean {
  const covers = (list: readonly string[]): boolean =>
    list.some((each) => pointer === each || pointer.startsWith(`${each}/`));
  const reaches = (list: readonly string[]): boolean => list.some((each) => each.startsWith(`${pointer}/`));
  if (covers(format.fixed)) return true;
  if (covers(format.default) || covers(format.open)) return false;
  if (reaches(format.fixed)) return true;
  return isSet && !reaches([...format.default, ...format.open]);
}

function refuse(writer: ProfileWriter, pointer: string, key: string, place: Place): Diagnostic {
  const field = scoreFields[key] ?? key;
  return diagnose('T4105', {
    detail: `The profile "${writer.profile}" keeps \`${pointer}\` fixed, and the Score file sets \`${field}\`.`,
    place: { ...place, path: [...place.path, field] },
  });
}

/** What the fields of a Kubernetes container are called in Score. */
const scoreFields: Readonly<Record<string, string>> = {
  command: 'command',
  args: 'args',
  env: 'variables',
  volumeMounts: 'volumes',
};

function isPlainMap(value: Value | undefined): boolean {
  return typeof value === 'object' && value !== null && !isList(value) && !isMark(value);
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
