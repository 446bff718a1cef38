import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { DeclaredWorkload, ServicePort } from '../../model/workload.ts';
import { isList } from '../render/make-object.ts';
import { writeValue, type ProfileWriter } from '../render/profile-writer.ts';

const annotation = 'tutti.dev/publish';

/**
 * Publishes ports of a workload on the machine, as its annotation says: `8080:http, 9000:9090`.
 * Rule: before the colon the port of the machine, behind it a port of the workload by its name or its number. Without the annotation none is.
 * Reports: T4129.
 */
export function writePublished(base: ValueObject, declared: DeclaredWorkload, writer: ProfileWriter): Value | undefined {
  const text = Object.hasOwn(declared.annotations, annotation) ? declared.annotations[annotation] : undefined;
  if (text === undefined) return base['ports'];
  const place = extendPlace({ ...declared.origin, path: [] }, 'metadata', 'annotations', annotation);
  const published = text.split(',').flatMap((each): readonly ValueObject[] => {
    const port = readPublished(each.trim(), declared);
    if (typeof port !== 'string') return [port];
    writer.diagnostics.push(diagnose('T4129', { detail: port, place }));
    return [];
  });
  const given = base['ports'];
  return writeValue(writer, given, [...(isList(given) ? given : []), ...published], { pointer: '/ports', place });
}

/** The entry, or what is wrong with it. */
function readPublished(text: string, { name, ports }: DeclaredWorkload): ValueObject | string {
  const [, host = '', wanted = ''] = /^(\d{1,5}):([a-z0-9-]+)$/.exec(text) ?? [];
  if (host === '' || Number(host) < 1 || Number(host) > 65_535) return `${quote(text)} is not like 8080:http.`;
  const port = findPort(wanted, ports);
  if (port) return { target: port.targetPort, published: String(Number(host)), protocol: port.protocol.toLowerCase() };
  const known = Object.keys(ports).toSorted();
  return `The workload "${name}" has no port ${quote(wanted)}; its ports: ${known.join(', ') || 'none'}.`;
}

function findPort(wanted: string, ports: Readonly<Record<string, ServicePort>>): ServicePort | undefined {
  const named = Object.hasOwn(ports, wanted) ? ports[wanted] : undefined;
  return named ?? Object.values(ports).find(({ port }) => port === Number(wanted));
}
