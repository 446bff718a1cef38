import {
  changeImages,
  listWorkloadNames,
  readScore,
  succeed,
  type EnvironmentState,
  type Outcome,
  type ReadWorkload,
  type ScoreSource,
} from '../../core/index.ts';
import { listDeployed } from './environment-view.ts';

export interface NamedWorkloads {
  readonly sources?: readonly ScoreSource[];
  readonly images?: Readonly<Record<string, string>>;
}

/**
 * Reads the workloads that a request sets.
 * Rule: an image whose workload has no Score file in the request goes into the one that is deployed.
 * Reports: what `readScore` does, T1203–T1207.
 */
export function readChanged(state: EnvironmentState, { sources = [], images = {} }: NamedWorkloads): Outcome<readonly ReadWorkload[]> {
  const named = splitImages(state, sources, images);
  const read = sources.length > 0 ? readScore(sources, { images: named.given }) : succeed([]);
  const kept = changeImages(listDeployed(state), named.kept);
  const diagnostics = [...read.diagnostics, ...kept.diagnostics];
  if (!read.value || !kept.value) return { diagnostics };
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const given = read.value.map((declared): ReadWorkload => {
    const text = texts.get(declared.origin.file);
    return { declared, ...(text !== undefined && { text }) };
  });
  return succeed([...given, ...kept.value], diagnostics);
}

interface SplitImages {
  readonly given: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
}

/** An image is for a Score file that is given, unless only the deployed workloads have one of that name. */
function splitImages(state: EnvironmentState, sources: readonly ScoreSource[], images: Readonly<Record<string, string>>): SplitImages {
  const entries = Object.entries(images);
  if (sources.length === 0) return { given: {}, kept: images };
  // An image without a name (`*`) is never for a deployed one: no workload can have that name.
  const isDeployed = ([key]: readonly [string, string]): boolean => Object.hasOwn(state.workloads, workloadOf(key));
  if (!entries.some(isDeployed)) return { given: images, kept: {} };
  const names = new Set(sources.flatMap(listWorkloadNames));
  const isKept = (entry: readonly [string, string]): boolean => isDeployed(entry) && !names.has(workloadOf(entry[0]));
  return { given: Object.fromEntries(entries.filter((entry) => !isKept(entry))), kept: Object.fromEntries(entries.filter(isKept)) };
}

function workloadOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}
