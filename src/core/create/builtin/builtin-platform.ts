import type { Platform } from '../../model/platform.ts';
import { compareText } from '../../model/compare.ts';
import { digestPlatform } from '../../read/platform/read-platform.ts';
import { preparedPlatform } from './prepared.ts';

let memo: Platform | undefined;

/**
 * The platform that comes with tutti: the last tier, and all there is where no platform is configured.
 * Rule: it was read beforehand (`npm run builtin`), since reading it takes longer than most commands.
 */
export function builtinPlatform(): Platform {
  memo ??= parsePrepared();
  return memo;
}

function parsePrepared(): Platform {
  const parsed: Platform = JSON.parse(preparedPlatform);
  return parsed;
}

/**
 * Puts the built-in platform behind a configured one.
 * Rule: a configured document replaces the built-in one of its kind and name; contracts and targets of the platform
 * team replace the built-in ones altogether where there are any for the same type, or any target at all.
 */
export function mergePlatforms(configured: Platform, builtin: Platform): Platform {
  const parts = {
    resourceTypes: merge(configured.resourceTypes, builtin.resourceTypes),
    definitions: merge(configured.definitions, builtin.definitions),
    profiles: merge(configured.profiles, builtin.profiles),
    environmentTypes: merge(configured.environmentTypes, builtin.environmentTypes),
    projects: merge(configured.projects, builtin.projects),
    targets: configured.targets.length > 0 ? configured.targets : builtin.targets,
    secretStores: merge(configured.secretStores, builtin.secretStores),
    patchTemplates: configured.patchTemplates,
  };
  return { ...parts, digest: digestPlatform(parts) };
}

function merge<T extends { readonly name: string }>(configured: readonly T[], builtin: readonly T[]): readonly T[] {
  const names = new Set(configured.map((each) => each.name));
  const rest = builtin.filter((each) => !names.has(each.name));
  return [...configured, ...rest].toSorted((left, right) => compareText(left.name, right.name));
}
