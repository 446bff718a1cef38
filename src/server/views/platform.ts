import type { OperationOutput } from '../../contract/index.ts';
import type { Platform } from '../../core/index.ts';

/** What a platform configuration holds, by kind. */
export function showPlatform(platform: Platform): OperationOutput<'releases.validate'> {
  return {
    digest: platform.digest,
    resourceTypes: listNames(platform.resourceTypes),
    definitions: platform.definitions.map(({ name, type, driver, tier }) => ({ name, type, driver, tier })),
    profiles: listNames(platform.profiles),
    environmentTypes: listNames(platform.environmentTypes),
    projects: listNames(platform.projects),
    targets: platform.targets.map(({ name, type }) => ({ name, type })),
    secretStores: listNames(platform.secretStores),
  };
}

function listNames(documents: readonly { readonly name: string }[]): readonly string[] {
  return documents.map((each) => each.name);
}
