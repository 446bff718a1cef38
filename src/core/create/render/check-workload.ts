import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { compareText } from '../../model/compare.ts';
import type { ValueObject } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import { findRepeated, mapOf, textOf, valueAt } from './make-object.ts';
import type { RenderWorkloadRequest } from './render-workload.ts';
import type { Storage } from './storage.ts';

/** Reports: T4101 for a base that is no object, or that names itself. */
export function checkBase(base: ValueObject, { profile, context }: RenderWorkloadRequest): readonly Diagnostic[] {
  const place: Place = { ...profile.place, path: ['spec', context.format, 'base'] };
  const missing = ['apiVersion', 'kind'].filter((key) => textOf(base[key]) === '');
  const own = ['name', 'namespace'].filter((key) => mapOf(base['metadata'])[key] !== undefined);
  return [
    ...missing.map((key) => diagnose('T4101', { detail: `The base of the profile "${profile.name}" lacks \`${key}\`.`, place })),
    ...own.map((key) =>
      diagnose('T4101', {
        detail: `The base of the profile "${profile.name}" sets \`metadata.${key}\`, which comes from the workload and its environment.`,
        place: { ...place, path: [...place.path, 'metadata', key] },
      }),
    ),
  ];
}

/** What a kind asks of the workload. Reports: T4108, T4115–T4117. */
export function checkKindFields(base: ValueObject, request: RenderWorkloadRequest, storage: Storage): readonly Diagnostic[] {
  const { declared } = request.resolved;
  const kind = textOf(base['kind']);
  return [
    ...checkSchedule(base, request),
    ...checkService(declared, kind),
    ...checkClaims(declared, kind, storage),
    ...checkMounts(declared, storage),
  ];
}

const scheduleForm = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[-0-9A-Za-z*,/?#]+( +[-0-9A-Za-z*,/?#]+){4})$/;

function checkSchedule(base: ValueObject, { resolved, profile }: RenderWorkloadRequest): readonly Diagnostic[] {
  if (textOf(base['kind']) !== 'CronJob') return [];
  const schedule = textOf(valueAt(base, ['spec', 'schedule']));
  if (scheduleForm.test(schedule)) return [];
  const { name, origin, annotations } = resolved.declared;
  const given = schedule === '' ? 'has no schedule' : `has the schedule ${quote(schedule)}`;
  const path = 'tutti.dev/schedule' in annotations ? ['metadata', 'annotations', 'tutti.dev/schedule'] : ['metadata'];
  return [diagnose('T4115', { detail: `The workload "${name}", of the profile "${profile.name}", ${given}.`, place: { ...origin, path } })];
}

function checkService({ name, ports, origin }: DeclaredWorkload, kind: string): readonly Diagnostic[] {
  const names = Object.keys(ports).toSorted(compareText);
  const isServed = names.length > 0 || kind === 'StatefulSet';
  const diagnostics: Diagnostic[] = [];
  if (isServed && !/^[a-z]/.test(name)) {
    const detail = `The workload "${name}" needs a Service, and the name of a Service begins with a letter.`;
    diagnostics.push(diagnose('T4116', { detail, place: { ...origin, path: ['metadata', 'name'] } }));
  }
  const seen = new Map<string, string>();
  for (const each of names) {
    const what = `${ports[each]?.protocol} ${ports[each]?.port}`;
    const twin = seen.get(what);
    if (twin !== undefined) {
      const detail = `The ports "${twin}" and "${each}" are both ${what}.`;
      diagnostics.push(diagnose('T4116', { detail, place: { ...origin, path: ['service', 'ports', each] } }));
    }
    seen.set(what, each);
  }
  return diagnostics;
}

function checkClaims({ name, origin, containers }: DeclaredWorkload, kind: string, storage: Storage): readonly Diagnostic[] {
  if (kind === 'StatefulSet' || storage.claimTemplates.length === 0) return [];
  const place: Place = { ...origin, path: ['containers', Object.keys(containers).toSorted(compareText)[0] ?? ''] };
  const detail = `A volume of "${name}" is claimed by each replica for itself, which only a StatefulSet can do; this is a ${kind}. Set the annotation \`tutti.dev/profile: stateful\`.`;
  return [diagnose('T4108', { detail, place })];
}

function checkMounts({ origin, containers }: DeclaredWorkload, storage: Storage): readonly Diagnostic[] {
  return Object.keys(containers).flatMap((container) => {
    const targets = (storage.mounts[container] ?? []).map((mount) => textOf(mount['mountPath']));
    return findRepeated(targets).map((target) =>
      diagnose('T4117', {
        detail: `In "${container}" both a file and a volume stand at ${quote(target)}.`,
        place: { ...origin, path: ['containers', container, 'volumes', target] },
      }),
    );
  });
}
