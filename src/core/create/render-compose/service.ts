import type { Place } from '../../diagnostics/diagnostic.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { Container, DeclaredWorkload } from '../../model/workload.ts';
import { compareText } from '../../model/compare.ts';
import { isList, mapOf, memberOf, textOf, valueAt, withValue } from '../render/make-object.ts';
import { below, writeList, writeValue, type ProfileWriter } from '../render/profile-writer.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { writeAmounts } from './amounts.ts';
import { readEnvironment } from './env-file.ts';
import { writeHealthcheck } from './health.ts';
import type { ServiceStorage } from './storage.ts';

export interface ContainerParts {
  readonly name: string;
  readonly container: ResolvedContainer;
  readonly storage: ServiceStorage;
  readonly isInit: boolean;
  /** Of the container in the Score file. */
  readonly place: Place;
}

/** Writes what Score says of a container into what the profile says of every service. */
export function writeService(base: ValueObject, parts: ContainerParts, writer: ProfileWriter): ValueObject {
  const { container, storage, place } = parts;
  const { image, command, args } = container.declared;
  const fields = [
    { key: 'image', field: 'image', value: image },
    { key: 'entrypoint', field: 'command', value: command },
    { key: 'command', field: 'args', value: args },
  ];
  const result: Record<string, Value> = { ...base };
  for (const { key, field, value } of fields) {
    if (value === undefined) continue;
    const at = { ...place, path: [...place.path, field] };
    result[key] = writeValue(writer, base[key], value, { pointer: `/${key}`, place: at });
  }
  const environment = writeEnvironment(base, parts, writer);
  const lists = { configs: storage.configs, secrets: storage.secrets, volumes: storage.volumes };
  for (const [key, entries] of Object.entries(lists)) {
    const list = writeMounts(base, { key, entries, parts }, writer);
    if (list.length > 0) result[key] = list;
  }
  const healthcheck = parts.isInit
    ? base['healthcheck']
    : writeHealthcheck({ container: container.declared, base: base['healthcheck'], place }, writer);
  const written = {
    ...result,
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(healthcheck !== undefined && { healthcheck }),
  };
  return writeResources(written, parts, writer);
}

function writeEnvironment(base: ValueObject, { container, place }: ContainerParts, writer: ProfileWriter): ValueObject {
  const given = Object.fromEntries(readEnvironment(base['environment']));
  const at = { pointer: '/environment', place: { ...place, path: [...place.path, 'variables'] } };
  return mapOf(writeValue(writer, given, container.variables, at));
}

interface Mounts {
  readonly key: string;
  readonly entries: readonly ValueObject[];
  readonly parts: ContainerParts;
}

/** What the base mounts in the short form has no name of its own, and stays as it is. */
function writeMounts(base: ValueObject, { key, entries, parts }: Mounts, writer: ProfileWriter): readonly Value[] {
  const given = base[key];
  const short = isList(given) ? given.filter((each) => typeof each === 'string') : [];
  const long = isList(given) ? given.filter((each) => typeof each !== 'string') : [];
  const { container, place } = parts;
  const writes = entries.map((value) => {
    const target = textOf(value['target']);
    const field = Object.hasOwn(container.declared.files, target) ? 'files' : 'volumes';
    return { value, write: below({ pointer: `/${key}`, place: { ...place, path: [...place.path, field] } }, target) };
  });
  return [...short, ...writeList(writer, long, writes, 'target')];
}

/** Limits and requests, each value by itself: a profile may fix one of them. */
function writeResources(service: ValueObject, { container, place }: ContainerParts, writer: ProfileWriter): ValueObject {
  const { limits, requests } = container.declared;
  const sides = [
    { side: 'limits', given: limits, field: 'limits' },
    { side: 'reservations', given: requests, field: 'requests' },
  ];
  let written = service;
  for (const { side, given, field } of sides) {
    for (const [key, value] of Object.entries(writeAmounts(given))) {
      const path = ['deploy', 'resources', side, key];
      const at = { ...place, path: [...place.path, 'resources', field, key === 'cpus' ? 'cpu' : key] };
      written = withValue(written, path, writeValue(writer, valueAt(written, path), value, { pointer: `/${path.join('/')}`, place: at }));
    }
  }
  return written;
}

/** Annotations of the workload, but for those that speak to tutti. */
export function writeAnnotations(base: ValueObject, declared: DeclaredWorkload, writer: ProfileWriter): ValueObject | undefined {
  const known = mapOf(base['annotations']);
  const at = { pointer: '/annotations', place: { ...declared.origin, path: ['metadata', 'annotations'] } };
  const written: Record<string, Value> = { ...known };
  for (const [key, text] of Object.entries(declared.annotations)) {
    if (!key.startsWith('tutti.dev/')) written[key] = writeValue(writer, memberOf(known, key), text, below(at, key));
  }
  return Object.keys(written).length > 0 ? written : undefined;
}

/** The ports that containers listen on, for who reads the project: none is published. */
export function listExposed({ ports }: DeclaredWorkload): readonly string[] {
  const exposed = Object.values(ports).map(({ targetPort, protocol }) => (protocol === 'UDP' ? `${targetPort}/udp` : String(targetPort)));
  return [...new Set(exposed)].toSorted(compareText);
}

export function hasProbe({ livenessProbe, readinessProbe }: Container): boolean {
  return livenessProbe !== undefined || readinessProbe !== undefined;
}
