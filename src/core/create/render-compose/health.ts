import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { Container } from '../../model/workload.ts';
import { mapOf } from '../render/make-object.ts';
import { writeValue, type ProfileWriter } from '../render/profile-writer.ts';

/** How often Compose asks; the first minute does not count, so that a slow start is no failure. */
const timing: ValueObject = { interval: '5s', timeout: '5s', retries: 3, start_period: '60s' };

export interface HealthRequest {
  readonly container: Container;
  readonly base: Value | undefined;
  readonly place: Place;
}

/**
 * Writes the probe of a container as a health check.
 * Rule: Compose has one for each service: the readiness probe, else the liveness probe. It runs within the container, so only `exec` can be
 * expressed.
 * Reports: T4123 for each probe that finds no place.
 */
export function writeHealthcheck({ container, base, place }: HealthRequest, writer: ProfileWriter): Value | undefined {
  const probes = (['readinessProbe', 'livenessProbe'] as const).flatMap((name) => {
    const probe = container[name];
    return probe ? [{ name, command: probe.exec?.command }] : [];
  });
  const chosen = probes.find(({ command }) => command !== undefined);
  for (const { name, command } of probes) {
    if (name !== chosen?.name) writer.diagnostics.push(reportUnused(name, { isExec: command !== undefined, place }));
  }
  if (!chosen?.command) return base;
  const test = ['CMD', ...chosen.command];
  const at = { ...place, path: [...place.path, chosen.name, 'exec', 'command'] };
  const given = mapOf(base);
  return { ...timing, ...given, test: writeValue(writer, given['test'], test, { pointer: '/healthcheck/test', place: at }) };
}

function reportUnused(name: string, { isExec, place }: { readonly isExec: boolean; readonly place: Place }): Diagnostic {
  const why = isExec
    ? 'a service of Compose has one health check, and that is the readinessProbe'
    : 'a health check of Compose runs a command within the container: it has no httpGet. Give the probe an `exec` besides, for example with curl or wget if the image has it';
  return diagnose('T4123', { detail: `The ${name} is left out: ${why}.`, place: { ...place, path: [...place.path, name] } });
}
