import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { basePlace } from '../render/base-place.ts';
import { findLooseSecrets } from '../render/loose-secrets.ts';
import { findRepeated, isList, mapOf, memberOf, textOf } from '../render/make-object.ts';
import type { ProfileWriter } from '../render/profile-writer.ts';
import type { RenderWorkloadRequest } from '../render/render-workload.ts';
import { orderStart, type StartOrder } from '../render/start-order.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { arrangeContainers, listWaitedFor, type Arrangement } from './arrange.ts';
import { hashConfig } from './config-hash.ts';
import { extractEnvFile } from './env-file.ts';
import { refuseNames } from './env-names.ts';
import { escapeDollarsIn } from './escape.ts';
import { hashLabel, labelService, makeComposeObject } from './make-compose-object.ts';
import type { ComposeEntry } from './sections.ts';
import { writePublished } from './publish.ts';
import { hasProbe, listExposed, writeAnnotations, writeService, type ContainerParts } from './service.ts';
import { layOutStorage } from './storage.ts';
import { listWaits } from './waits.ts';

/**
 * Renders a workload for Compose.
 * Rule: one service for each container, called `<workload>-<container>`. The base is what the profile says of each of them. The primary one has the
 * name of the workload on the network, and those that run beside it share its network; who runs before others and ends is by itself.
 */
export function renderCompose(request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter): readonly RenderedObject[] {
  const { declared, containers } = request.resolved;
  const order = orderStart(declared.containers, { ...declared.origin, path: [] }, writer.diagnostics);
  const arrangement = arrangeContainers(declared.containers, order);
  const own = new Set(arrangement.names.map((name) => nameService(request, name)));
  const waits = listWaits(request.resourceObjects, own);
  const entries = arrangement.names.flatMap((name) => {
    const container = containers[name];
    return container ? renderContainer({ request, base, order, arrangement, waits }, { name, container }, writer) : [];
  });
  return entries.map((entry) => makeComposeObject(request.node, entry, request.context));
}

interface Around {
  readonly request: RenderWorkloadRequest;
  readonly base: ValueObject;
  readonly order: StartOrder;
  readonly arrangement: Arrangement;
  /** What services of resources are waited for. */
  readonly waits: ValueObject;
}

interface NamedContainer {
  readonly name: string;
  readonly container: ResolvedContainer;
}

function nameService({ resolved }: RenderWorkloadRequest, container: string): string {
  return `${resolved.declared.name}-${container}`;
}

function renderContainer(around: Around, { name, container }: NamedContainer, writer: ProfileWriter): readonly ComposeEntry[] {
  const { request, order } = around;
  const service = nameService(request, name);
  const storage = layOutStorage(service, container);
  const place: Place = { ...request.resolved.declared.origin, path: ['containers', name] };
  const parts: ContainerParts = { name, container, storage, isInit: order.roles[name] === 'init', place };
  writer.diagnostics.push(...checkContainer(parts));
  const written = completeService(around, parts, writer);
  writer.diagnostics.push(...checkHealth(around, parts, written));
  const { service: open, file, unwritable } = extractEnvFile(service, written, 'literal');
  writer.diagnostics.push(...refuseNames(unwritable, extendPlace(place, 'variables')), ...findLooseSecrets(open, basePlace(request)));
  const read = [...storage.entries, ...(file ? [file] : [])];
  const hash = hashConfig(read);
  const labels = {
    ...labelService(open['labels'], request.context, request.node),
    'app.kubernetes.io/name': request.resolved.declared.name,
    ...(hash !== undefined && { [hashLabel]: hash }),
  };
  return [{ section: 'services', name: service, value: escapeDollarsIn({ ...open, labels }) }, ...read];
}

function completeService(around: Around, parts: ContainerParts, writer: ProfileWriter): ValueObject {
  const { request, base } = around;
  const written = writeService(base, parts, writer);
  const annotations = writeAnnotations(base, request.resolved.declared, writer);
  const dependencies = { ...readDependencies(base['depends_on']), ...around.waits, ...listOwnWaits(around, parts.name) };
  return {
    ...joinNetwork(written, around, { parts, writer }),
    ...(annotations && { annotations }),
    ...(Object.keys(dependencies).length > 0 && { depends_on: dependencies }),
    ...(parts.isInit && { restart: 'no' }),
  };
}

/** What a service cannot say of a network that is another's. */
const ownNetworkKeys = ['networks', 'ports', 'expose', 'hostname', 'dns', 'dns_search', 'extra_hosts', 'links', 'mac_address'];

function without(service: ValueObject, keys: readonly string[]): ValueObject {
  return Object.fromEntries(Object.entries(service).filter(([key]) => !keys.includes(key)));
}

interface Joining {
  readonly parts: ContainerParts;
  readonly writer: ProfileWriter;
}

/** The primary service has the name of the workload, those beside it its network, and all else stands by itself. */
function joinNetwork(service: ValueObject, { request, arrangement }: Around, { parts, writer }: Joining): ValueObject {
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

function readDependencies(given: Value | undefined): ValueObject {
  if (!isList(given)) return mapOf(given);
  return Object.fromEntries(given.map((each) => [textOf(each), { condition: 'service_started' }]));
}

const conditions = { started: 'service_started', healthy: 'service_healthy', complete: 'service_completed_successfully' } as const;

function listOwnWaits({ request }: Around, name: string): ValueObject {
  const { containers } = request.resolved.declared;
  return Object.fromEntries(
    listWaitedFor(name, containers).map((each) => {
      const ready = containers[each]?.before[name]?.ready ?? 'started';
      return [nameService(request, each), { condition: conditions[ready] }];
    }),
  );
}

/** Reports: T4108, T4117, T4118. */
function checkContainer({ name, container, storage, isInit, place }: ContainerParts): readonly Diagnostic[] {
  const { declared, volumes } = container;
  const targets = [...storage.configs, ...storage.secrets, ...storage.volumes].map((mount) => textOf(mount['target']));
  const twins = findRepeated(targets).map((target) =>
    diagnose('T4117', {
      detail: `In "${name}" both a file and a volume stand at ${quote(target)}.`,
      place: extendPlace(place, 'volumes', target),
    }),
  );
  const pathless = Object.entries(volumes).filter(
    ([, { source, path }]) => path !== undefined && source.kind === 'mount' && source.mount['type'] === 'tmpfs',
  );
  const lost = pathless.map(([target]) =>
    diagnose('T4108', { detail: 'A tmpfs begins empty: there is no path in it.', place: extendPlace(place, 'volumes', target, 'path') }),
  );
  const unused = isInit && hasProbe(declared) ? [reportUnusedProbe(name, place)] : [];
  return [...twins, ...lost, ...unused];
}

function reportUnusedProbe(name: string, place: Place): Diagnostic {
  return diagnose('T4118', { detail: `"${name}" completes before others start; its probes are left out.`, place });
}

/** Reports: T4107 where others wait until a container is healthy, and Compose cannot tell. */
function checkHealth({ order }: Around, { name, container, place }: ContainerParts, service: ValueObject): readonly Diagnostic[] {
  const isWaitedFor = order.healthy.has(name) && container.declared.readinessProbe !== undefined;
  if (!isWaitedFor || service['healthcheck'] !== undefined) return [];
  const detail = `"${name}" shall be healthy before another starts, and Compose can only tell by an \`exec\` probe.`;
  return [diagnose('T4107', { detail, place: extendPlace(place, 'before') })];
}
