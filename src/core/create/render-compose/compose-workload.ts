import type { Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ValueObject } from '../../model/value.ts';
import { basePlace } from '../render/base-place.ts';
import { findLooseSecrets } from '../render/loose-secrets.ts';
import type { ProfileWriter } from '../render/profile-writer.ts';
import type { RenderWorkloadRequest } from '../render/render-workload.ts';
import { orderStart } from '../render/start-order.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { nameService, type Around } from './around.ts';
import { arrangeContainers } from './arrange.ts';
import { checkContainer, checkHealth } from './check-container.ts';
import { hashConfig } from './config-hash.ts';
import { listDependsOn } from './dependencies.ts';
import { extractEnvFile } from './env-file.ts';
import { refuseNames } from './env-names.ts';
import { escapeDollarsIn } from './escape.ts';
import { hashLabel, labelService, makeComposeObject } from './make-compose-object.ts';
import { joinNetwork } from './network.ts';
import type { ComposeEntry } from './sections.ts';
import { writeAnnotations, writeService, type ContainerParts } from './service.ts';
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

interface NamedContainer {
  readonly name: string;
  readonly container: ResolvedContainer;
}

function renderContainer(around: Around, { name, container }: NamedContainer, writer: ProfileWriter): readonly ComposeEntry[] {
  const { request, order } = around;
  const service = nameService(request, name);
  const storage = layOutStorage(service, container);
  const place: Place = { ...request.resolved.declared.origin, path: ['containers', name] };
  const parts: ContainerParts = { name, container, storage, isInit: order.roles[name] === 'init', place };
  writer.diagnostics.push(...checkContainer(parts));
  const written = completeService(around, parts, writer);
  writer.diagnostics.push(...checkHealth(order, parts, written));
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
  const dependencies = listDependsOn(around, parts.name);
  return {
    ...joinNetwork(written, around, { parts, writer }),
    ...(annotations && { annotations }),
    ...(Object.keys(dependencies).length > 0 && { depends_on: dependencies }),
    ...(parts.isInit && { restart: 'no' }),
  };
}
