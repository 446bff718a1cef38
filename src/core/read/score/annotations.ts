import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, succeed } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';

type Annotations = Readonly<Record<string, string>>;

/** Annotations that are for score-k8s itself and that it gives to no object. */
const toolPrefix = 'k8s.score.dev/';
const kindKey = `${toolPrefix}kind`;
const serviceNameKey = `${toolPrefix}service-name`;
const profileKey = 'tutti.dev/profile';

/** What score-k8s makes of a workload, and the profile that makes it here; nothing is the default one. */
const profiles: Readonly<Record<string, Annotations>> = { Deployment: {}, StatefulSet: { [profileKey]: 'stateful' } };

/**
 * Reads the annotations of a workload.
 * Rule: those of score-k8s are for the tool and go to no object; its kind becomes a profile, unless a profile is named.
 * Reports: T1213, T1214.
 */
export function readAnnotations(annotations: Annotations | undefined, workload: string, place: Place): Outcome<Annotations> {
  const given = annotations ?? {};
  const kept = Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith(toolPrefix)));
  const kind = given[kindKey] ?? 'Deployment';
  const profile = Object.hasOwn(profiles, kind) ? profiles[kind] : undefined;
  const diagnostics: readonly Diagnostic[] = [
    ...(profile ? [] : [describeKind(kind, extendPlace(place, kindKey))]),
    ...describeServiceName(given[serviceNameKey], workload, extendPlace(place, serviceNameKey)),
  ];
  return succeed({ ...profile, ...kept }, diagnostics);
}

function describeKind(kind: string, place: Place): Diagnostic {
  const kinds = Object.keys(profiles);
  const detail = `${quote(kind)} is no kind that a workload can have: ${kinds.join(' or ')}.${didYouMean(kind, kinds)} For others write a profile and name it with the annotation ${profileKey}.`;
  return diagnose('T1213', { place, detail });
}

function describeServiceName(name: string | undefined, workload: string, place: Place): readonly Diagnostic[] {
  if (name === undefined || name === workload) return [];
  const detail = `The Service has the name of its workload, ${quote(workload)}, so that others find it; ${quote(name)} is not used.`;
  return [diagnose('T1214', { place, detail })];
}
