import type { Platform, ResourceDefinition } from '../../model/platform.ts';

const definitionsByPlatform = new WeakMap<Platform, ReadonlyMap<string, ResourceDefinition>>();

/** A definition by its name, in constant time. */
export function findDefinition(platform: Platform, name: string): ResourceDefinition | undefined {
  const known = definitionsByPlatform.get(platform) ?? new Map(platform.definitions.map((each) => [each.name, each]));
  definitionsByPlatform.set(platform, known);
  return known.get(name);
}
