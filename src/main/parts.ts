import type { Driver, JsonObject, KnownParts, Patcher, Platform, Target } from '../core/index.ts';
import { clusterHost } from './cluster-host.ts';
import type { ProgramPolicy } from '../drivers/score/index.ts';
import type { DriverLoaders, SecretSinkLoaders, TargetLoaders } from '../engine/index.ts';

/** Drivers by name; each is loaded when it is first needed. */
export function makeDrivers(programs: ProgramPolicy) {
  return {
    kubernetes: async () => (await import('../drivers/kubernetes/index.ts')).createKubernetesDriver(clusterHost),
    score: async () => (await import('../drivers/score/index.ts')).createScoreDriver(programs),
    static: async () => (await import('../drivers/static/index.ts')).staticDriver,
    template: async () => (await import('../drivers/template/index.ts')).templateDriver,
  } as const satisfies DriverLoaders;
}

/** Drivers that run no programs. */
export const drivers = makeDrivers({ kind: 'refused', cure: 'This process runs none.' });

/** What applies patch templates. */
export const loadPatcher = async (): Promise<Patcher> => (await import('../drivers/score/index.ts')).scorePatcher;

export const targets = {
  directory: async () => (await import('../targets/directory/index.ts')).directoryTarget,
  git: async () => (await import('../targets/git/index.ts')).gitTarget,
  kubernetes: loadKubernetes,
} as const satisfies TargetLoaders;

async function loadKubernetes(): Promise<Target> {
  const { createKubernetesTarget, openCluster } = await import('../targets/kubernetes/index.ts');
  return createKubernetesTarget((inputs) => openCluster(inputs, clusterHost), clusterHost);
}

export const secretSinks = {
  directory: async () => (await import('./directory-sink.ts')).directorySink,
} as const satisfies SecretSinkLoaders;

/**
 * The inputs that drivers and targets take, and what else can be said of them beforehand.
 * Rule: only what the platform uses is loaded; of the rest the names are known.
 */
export async function loadKnownParts(platform: Pick<Platform, 'definitions' | 'targets' | 'patchTemplates'>): Promise<KnownParts> {
  const used = new Set(platform.definitions.map(({ driver }) => driver));
  const types = new Set<string>(platform.targets.map(({ type }) => type));
  const loaded = await loadUsed<Driver>(drivers, used);
  const checks = loaded.flatMap(({ name, part }) => (part?.check ? [[name, part.check] as const] : []));
  const patcher = platform.patchTemplates.length > 0 ? await loadPatcher() : undefined;
  const loadedTargets = await loadUsed<Target>(targets, types);
  const targetChecks = loadedTargets.flatMap(({ name, part }) => (part?.check ? [[name, part.check] as const] : []));
  return {
    drivers: schemasOf(loaded),
    targets: schemasOf(loadedTargets),
    checks: Object.fromEntries(checks),
    targetChecks: Object.fromEntries(targetChecks),
    ...(patcher && { checkPatchTemplate: patcher.check }),
  };
}

interface LoadedPart<T> {
  readonly name: string;
  /** Absent where nothing uses it. */
  readonly part?: T;
}

async function loadUsed<T>(
  loaders: Readonly<Record<string, () => Promise<T>>>,
  used: ReadonlySet<string>,
): Promise<readonly LoadedPart<T>[]> {
  return Promise.all(Object.entries(loaders).map(async ([name, load]) => (used.has(name) ? { name, part: await load() } : { name })));
}

function schemasOf(parts: readonly LoadedPart<{ readonly inputsSchema: JsonObject }>[]): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(parts.map(({ name, part }) => [name, part?.inputsSchema ?? {}]));
}
