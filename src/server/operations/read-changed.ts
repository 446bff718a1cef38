import {
  changeImages,
  parseYaml,
  readScore,
  succeed,
  type EnvironmentState,
  type Json,
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
 * Reports: what `readScore` does, T1203–T1205.
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
  const isDeployed = ([key]: readonly [string, string]): boolean => Object.hasOwn(state.workloads, workloadOf(key));
  if (!entries.some(isDeployed)) return { given: images, kept: {} };
  const names = new Set(sources.flatMap(listNames));
  const isKept = (entry: readonly [string, string]): boolean => isDeployed(entry) && !names.has(workloadOf(entry[0]));
  return { given: Object.fromEntries(entries.filter((entry) => !isKept(entry))), kept: Object.fromEntries(entries.filter(isKept)) };
}

function workloadOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

function listNames({ file, text }: ScoreSource): readonly string[] {
  return (parseYaml(file, text).value ?? []).flatMap(({ value }) => {
    const name = readKey(readKey(value, 'metadata'), 'name');
    return typeof name === 'string' ? [name] : [];
  });
}

function readKey(value: Json | undefined, key: string): Json | undefined {
  const isMap = typeof value === 'object' && value !== null && !isList(value);
  return isMap && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
