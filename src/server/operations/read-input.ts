import {
  builtinPlatform,
  checkPlatform,
  diagnose,
  didYouMean,
  fail,
  hasErrors,
  matchTarget,
  mergePlatforms,
  readPlatform,
  succeed,
  type Format,
  type MatchContext,
  type Outcome,
  type Platform,
  type TargetDocument,
  type TextFile,
} from '../../core/index.ts';
import type { FileServices } from '../services.ts';

/** The context that a call on files names, as far as it names one. */
export interface NamedContext {
  readonly project?: string;
  readonly environment?: string;
  readonly environmentType?: string;
  readonly target?: string;
  readonly format?: Format;
}

/** Reads and checks platform configuration, and puts the built-in one behind it; without files it is the built-in one alone. */
export async function readWholePlatform(files: readonly TextFile[] | undefined, services: FileServices): Promise<Outcome<Platform>> {
  if (!files) return succeed(builtinPlatform());
  const configured = readPlatform(files);
  if (!configured.value) return { diagnostics: configured.diagnostics };
  const whole = mergePlatforms(configured.value, builtinPlatform());
  const diagnostics = [...configured.diagnostics, ...checkPlatform(whole, await services.knownParts(whole))];
  return hasErrors(diagnostics) ? { diagnostics } : succeed(whole, diagnostics);
}

/**
 * Completes a context that stands for no environment of the store.
 * Rule: the environment is called as its type, the type as the environment where the platform declares such a type; else `development`.
 * Reports: T2004, T8014, T8015.
 */
export function completeContext(platform: Platform, named: NamedContext): Outcome<MatchContext> {
  const types = platform.environmentTypes.map((type) => type.name);
  const namesake = types.find((type) => type === named.environment);
  const environmentType = named.environmentType ?? namesake ?? 'development';
  const unknownType = named.environmentType === undefined ? undefined : checkEnvironmentType(platform, environmentType);
  if (unknownType && hasErrors(unknownType.diagnostics)) return { diagnostics: unknownType.diagnostics };
  const environment = { project: named.project ?? 'default', environment: named.environment ?? environmentType, environmentType };
  const target = chooseTarget(platform, environment, named.target);
  if (!target.value) return { diagnostics: target.diagnostics };
  return succeed({ ...environment, target: target.value.name, format: named.format ?? formatOf(target.value) }, target.diagnostics);
}

function chooseTarget(
  platform: Platform,
  environment: Pick<MatchContext, 'project' | 'environment' | 'environmentType'>,
  name: string | undefined,
): Outcome<TargetDocument> {
  if (name === undefined) {
    const matched = matchTarget(platform, environment);
    return matched.value ? succeed(matched.value.target, matched.diagnostics) : { diagnostics: matched.diagnostics };
  }
  const target = platform.targets.find((each) => each.name === name);
  if (target) return succeed(target);
  const known = platform.targets.map((each) => each.name);
  return fail(
    diagnose('T8015', {
      detail: `The platform has no target "${name}".${didYouMean(name, known)} There is: ${known.join(', ') || 'none'}.`,
    }),
  );
}

/** Says whether the platform declares an environment type; one that declares none takes any. Reports: T8014. */
export function checkEnvironmentType(platform: Platform, type: string): Outcome<true> {
  const known = platform.environmentTypes.map((each) => each.name);
  if (known.length === 0 || known.includes(type)) return succeed(true);
  return fail(
    diagnose('T8014', {
      detail: `The platform declares no environment type "${type}".${didYouMean(type, known)} Declared: ${known.join(', ')}.`,
    }),
  );
}

/** What a target is given: implied by some types, an input of the others. */
export function formatOf({ type, inputs }: Pick<TargetDocument, 'type' | 'inputs'>): Format {
  if (type === 'kubernetes' || type === 'compose') return type;
  return inputs['format'] === 'compose' ? 'compose' : 'kubernetes';
}
