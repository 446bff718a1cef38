import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, succeed } from '../../diagnostics/report.ts';
import type { DerivedNode } from '../../model/graph.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { describeAbsentService, findPort } from './environment-scope.ts';
import { resolveNodeParams, type ResolveContext } from './resolve-resource.ts';

/**
 * Answers a need that tutti meets itself.
 * Rule: `environment` has the environment's values, `service` the address of a workload, `service-port` that of one of its ports, which is named
 * or numbered. An address is known also of a workload that is not there yet, a port that is named is not.
 * Reports: T3210, and what resolving params reports.
 */
export function deriveOutputs(node: DerivedNode, context: ResolveContext): Outcome<ValueObject> {
  switch (node.type) {
    case 'environment':
      return succeed(context.environment.values);
    case 'service':
      return succeed(findService(node.workload ?? node.id, context) ?? describeAbsentService(node.workload ?? node.id));
    default:
      return derivePort(node, context);
  }
}

function findService(name: string, { environment }: ResolveContext): ValueObject | undefined {
  const workload = Object.hasOwn(environment.workloads, name) ? environment.workloads[name] : undefined;
  const service = isValueObject(workload) ? workload['service'] : undefined;
  return isValueObject(service) ? service : undefined;
}

function derivePort(node: DerivedNode, context: ResolveContext): Outcome<ValueObject> {
  const params = resolveNodeParams(node, context);
  if (!params.value) return { diagnostics: params.diagnostics };
  const { workload, port } = params.value;
  const place = placeOfParams(node);
  if (typeof workload !== 'string' || workload === '') return fail(missing(node, 'workload', place));
  if (!isPort(port)) return fail(missing(node, 'port', place));
  const service = findService(workload, context);
  const declared = Object.hasOwn(context.workloads, workload) ? context.workloads[workload] : undefined;
  const number = declared ? findPort(declared, port, context.deployment.format) : asNumber(port);
  if (number !== undefined) return succeed({ hostname: workload, host: workload, port: number }, params.diagnostics);
  return fail(...params.diagnostics, unknownPort(String(port), { workload, service, place: extendPlace(place, 'port') }));
}

function isPort(port: Value | undefined): port is string | number {
  return (typeof port === 'string' && port !== '') || typeof port === 'number';
}

function asNumber(port: string | number): number | undefined {
  const number = Number(port);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined;
}

function placeOfParams({ needs }: DerivedNode): Place {
  const place = needs.find(({ need }) => need.params)?.need.place ?? needs[0]?.need.place;
  return place ? extendPlace(place, 'params') : { file: '', document: 0, path: [] };
}

function missing({ uid }: DerivedNode, param: string, place: Place): Diagnostic {
  const what = param === 'workload' ? 'the name of a workload' : 'the name or the number of one of its ports';
  return diagnose('T3210', { detail: `${uid} lacks the param \`${param}\`: ${what}.`, place });
}

interface Wanted {
  readonly workload: string;
  readonly service: ValueObject | undefined;
  readonly place: Place;
}

function unknownPort(port: string, { workload, service, place }: Wanted): Diagnostic {
  if (!service) {
    const detail = `There is no workload ${quote(workload)} in this environment, so the number of its port ${quote(port)} is not known. Deploy it first or along, or give the number.`;
    return diagnose('T3210', { detail, place });
  }
  const known = Object.keys(isValueObject(service['ports']) ? service['ports'] : {}).toSorted();
  const list = known.length > 0 ? ` Its ports: ${known.join(', ')}.` : ' It has none.';
  return diagnose('T3210', {
    detail: `The workload ${quote(workload)} has no port ${quote(port)}.${didYouMean(port, known)}${list}`,
    place,
  });
}
