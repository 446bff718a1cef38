import type { ValueObject } from '../../model/value.ts';
import { compareText } from '../../model/compare.ts';
import type { ServicePort } from '../../model/workload.ts';
import { fitName } from '../slug.ts';
import { selectorLabels } from './labels.ts';
import type { RenderWorkloadRequest } from './render-workload.ts';

/** The Service that gives the pods of a StatefulSet their names. */
export function nameHeadless(workload: string): string {
  return fitName(`${workload}-headless`, 63);
}

/** The Service of a workload with ports, and the headless one that a StatefulSet needs. */
export function renderService(request: RenderWorkloadRequest, kind: string, metadata: ValueObject): readonly ValueObject[] {
  const { name, ports } = request.resolved.declared;
  const selector = selectorLabels(request.context, name);
  const entries = Object.entries(ports)
    .toSorted(([left], [right]) => compareText(left, right))
    .map(([portName, port]) => renderPort(portName, port));
  const services: ValueObject[] = [];
  if (entries.length > 0) services.push({ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector, ports: entries } });
  if (kind === 'StatefulSet') {
    services.push({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata, name: nameHeadless(name) },
      spec: { clusterIP: 'None', selector, ...(entries.length > 0 && { ports: entries }) },
    });
  }
  return services;
}

function renderPort(name: string, { port, targetPort, protocol }: ServicePort): ValueObject {
  return { name, port, targetPort, protocol };
}
