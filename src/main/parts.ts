import type { JsonObject, KnownParts } from '../core/index.ts';
import type { DriverLoaders, SecretSinkLoaders, TargetLoaders } from '../engine/index.ts';

/** Drivers, targets and secret stores by name; each is loaded when it is first needed. */
export const drivers = {
  static: async () => (await import('../drivers/static/index.ts')).staticDriver,
  template: async () => (await import('../drivers/template/index.ts')).templateDriver,
} as const satisfies DriverLoaders;

export const targets = {
  directory: async () => (await import('../targets/directory/index.ts')).directoryTarget,
  git: async () => (await import('../targets/git/index.ts')).gitTarget,
} as const satisfies TargetLoaders;

export const secretSinks = {
  directory: async () => (await import('./directory-sink.ts')).directorySink,
} as const satisfies SecretSinkLoaders;

/** The inputs that each driver and target takes. */
export async function loadKnownParts(): Promise<KnownParts> {
  return { drivers: await schemasOf(drivers), targets: await schemasOf(targets) };
}

async function schemasOf(
  loaders: Readonly<Record<string, () => Promise<{ readonly inputsSchema: JsonObject }>>>,
): Promise<Readonly<Record<string, JsonObject>>> {
  const entries = Object.entries(loaders).map(async ([name, load]) => [name, (await load()).inputsSchema] as const);
  return Object.fromEntries(await Promise.all(entries));
}
