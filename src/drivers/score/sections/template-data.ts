import type { JsonObject } from '../../../core/index.ts';
import type { ProvisionerContext, WorkloadService } from '../context.ts';
import { structOf, type GoValue } from '../go-template/values/incoming.ts';

/** What templates see as `.`: the fields of both tools. */
export function makeTemplateData(context: ProvisionerContext, { init }: { readonly init: JsonObject }): GoValue {
  return structOf('Data', {
    Uid: context.uid,
    Guid: context.guid,
    Type: context.type,
    Class: context.class,
    Id: context.id,
    Params: context.params,
    Metadata: context.metadata,
    Init: init,
    State: context.state,
    Shared: context.shared,
    SourceWorkload: context.sourceWorkload,
    WorkloadMetadata: context.workloadMetadata,
    WorkloadServices: servicesOf(context.services),
    Namespace: context.namespace,
    ComposeProjectName: context.project,
    MountsDirectory: context.mountsDirectory,
  });
}

const goServices = new WeakMap<object, GoValue>();

function servicesOf(services: ProvisionerContext['services']): GoValue {
  const known = goServices.get(services);
  if (known !== undefined) return known;
  const made = Object.fromEntries(Object.entries(services).map(([name, service]) => [name, serviceOf(service)]));
  goServices.set(services, made);
  return made;
}

function serviceOf({ name, ports }: WorkloadService): GoValue {
  const entries = Object.entries(ports).map(
    ([key, port]) =>
      [key, structOf('ServicePort', { Name: port.name, Port: port.port, TargetPort: port.targetPort, Protocol: port.protocol })] as const,
  );
  return structOf('NetworkService', { ServiceName: name, Ports: Object.fromEntries(entries) });
}
