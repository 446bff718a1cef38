import type { JsonObject, KnownParts, Patcher } from '../core/index.ts';
import type { ProgramPolicy } from '../drivers/score/index.ts';
import type { DriverLoaders, SecretSinkLoaders, TargetLoaders } from '../engine/index.ts';

/** Drivers by name; each is loaded when it is first needed. */
export function makeDrivers(programs: ProgramPolicy) {
  return {
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
} as const satisfies TargetLoaders;

export const secretSinks = {
  directory: async () => (await import('./directory-sink.ts')).directorySink,
} as const satisfies SecretSinkLoaders;

/** The inputs that each driver and target takes, and what else can be said of them beforehand. */
export async function loadKnownParts(): Promise<KnownParts> {
  const { score } = drivers;
  const [driver, patcher] = await Promise.all([score(), loadPatcher()]);
  return {
    drivers: await schemasOf(drivers),
    targets: await schemasOf(targets),
    checks: { ...(driver.check && { [driver.name]: driver.check }) },
    checkPatchTemplate: patcher.check,
  };
}

async function schemasOf(
  loaders: Readonly<Record<string, () => Promise<{ readonly inputsSchema: JsonObject }>>>,
): Promise<Readonly<Record<string, JsonObject>>> {
  const entries = Object.entries(loaders).map(async ([name, load]) => [name, (await load()).inputsSchema] as const);
  return Object.fromEntries(await Promise.all(entries));
}
