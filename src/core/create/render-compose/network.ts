import type { Value, ValueObject } from '../../model/value.ts';
import { isList, mapOf, memberOf, textOf } from '../render/make-object.ts';
import type { ProfileWriter } from '../render/profile-writer.ts';
import { nameService, type Around } from './around.ts';
import { writePublished } from './publish.ts';
import { listExposed, type ContainerParts } from './service.ts';

/** What a service cannot say of a network that is another's. */
const ownNetworkKeys = ['networks', 'ports', 'expose', 'hostname', 'dns', 'dns_search', 'extra_hosts', 'links', 'mac_address'];

function without(service: ValueObject, keys: readonly string[]): ValueObject {
  return Object.fromEntries(Object.entries(service).filter(([key]) => !keys.includes(key)));
}

export interface Joining {
  readonly parts: ContainerParts;
  readonly writer: ProfileWriter;
}

/** The primary service has the name of the workload, those beside it its network, and all else stands by itself. */
export function joinNetwork(service: ValueObject, { request, arrangement }: Around, { parts, writer }: Joining): ValueObject {
  const { declared } = request.resolved;
  if (parts.name === arrangement.primary) {
    const expose = listExposed(declared);
    const ports = writePublished(service, declared, writer);
    return {
      ...service,
      hostname: declared.name,
      ...(service['network_mode'] === undefined && { networks: nameOnNetwork(service['networks'], declared.name) }),
      ...(expose.length > 0 && { expose }),
      ...(ports !== undefined && { ports }),
    };
  }
  if (parts.isInit) return without(service, ['ports']);
  return { ...without(service, ownNetworkKeys), network_mode: `service:${nameService(request, arrangement.primary)}` };
}

function nameOnNetwork(given: Value | undefined, alias: string): ValueObject {
  const networks = isList(given) ? Object.fromEntries(given.map((each) => [textOf(each), {}])) : mapOf(given);
  const own = mapOf(memberOf(networks, 'default'));
  const aliases = isList(own['aliases']) ? own['aliases'] : [];
  return { ...networks, default: { ...own, aliases: [...aliases, alias] } };
}
