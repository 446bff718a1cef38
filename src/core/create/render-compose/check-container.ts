import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { ValueObject } from '../../model/value.ts';
import { findRepeated, textOf } from '../render/make-object.ts';
import type { StartOrder } from '../render/start-order.ts';
import { hasProbe, type ContainerParts } from './service.ts';

/** Says what of a container Compose cannot do. Reports: T4108, T4117, T4118. */
export function checkContainer({ name, container, storage, isInit, place }: ContainerParts): readonly Diagnostic[] {
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
export function checkHealth(order: StartOrder, { name, container, place }: ContainerParts, service: ValueObject): readonly Diagnostic[] {
  const isWaitedFor = order.healthy.has(name) && container.declared.readinessProbe !== undefined;
  if (!isWaitedFor || service['healthcheck'] !== undefined) return [];
  const detail = `"${name}" shall be healthy before another starts, and Compose can only tell by an \`exec\` probe.`;
  return [diagnose('T4107', { detail, place: extendPlace(place, 'before') })];
}
