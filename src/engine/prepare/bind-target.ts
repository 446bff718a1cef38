import {
  diagnose,
  evaluate,
  fail,
  invariant,
  makeSlug,
  matchTarget,
  succeed,
  validateJson,
  type DeploymentContext,
  type Format,
  type Json,
  type JsonObject,
  type Outcome,
  type Target,
  type TargetDocument,
  type Value,
} from '../../core/index.ts';
import type { BoundTarget, PrepareDependencies, PrepareInputs } from './prepared.ts';

/** Matches the target of an environment, loads it, and evaluates its inputs. */
export async function bindTarget(dependencies: PrepareDependencies, inputs: PrepareInputs): Promise<Outcome<BoundTarget>> {
  const document = findTarget(inputs);
  if (!document.value) return { diagnostics: document.diagnostics };
  const load = dependencies.targets[document.value.type];
  if (!load) {
    const detail = `Targets of the type "${document.value.type}" are not supported in this version.`;
    return fail(diagnose('T1508', { detail, place: { ...document.value.place, path: ['spec', 'type'] } }));
  }
  const target = await load();
  const context = makeContext(inputs, document.value, target);
  return evaluateInputs(document.value, target, context);
}

function findTarget(inputs: PrepareInputs): Outcome<TargetDocument> {
  const { platform, environment, state, chosen, request } = inputs;
  if (chosen?.target !== undefined) {
    const named = platform.targets.find((target) => target.name === chosen.target);
    const known = platform.targets.map((target) => target.name).join(', ');
    return named
      ? succeed(named)
      : fail(diagnose('T2004', { detail: `There is no target "${chosen.target}". Targets: ${known || 'none'}.` }));
  }
  const mayMove = request.rebind.some((each) => each === '@target');
  const { project, environment: name, type } = environment;
  const bound = mayMove ? undefined : state.target?.name;
  const matched = matchTarget(platform, { project, environment: name, environmentType: type }, bound);
  return matched.value ? succeed(matched.value.target, matched.diagnostics) : { diagnostics: matched.diagnostics };
}

function makeContext(inputs: PrepareInputs, document: TargetDocument, target: Target): DeploymentContext {
  const { project, environment, type, incarnation, labels, identity } = inputs.environment;
  return {
    project,
    environment,
    environmentType: type,
    target: document.name,
    format: inputs.chosen?.format ?? formatOf(document, target),
    incarnation,
    labels,
    slug: makeSlug(`${project}-${environment}`, [project, environment], incarnation),
    ...(identity !== undefined && { identity }),
  };
}

function formatOf(document: TargetDocument, target: Target): Format {
  const wanted = document.inputs['format'];
  const found = target.formats.find((format) => format === wanted) ?? target.formats[0];
  invariant(found, `the target ${target.type} takes a format`);
  return found;
}

function evaluateInputs(document: TargetDocument, target: Target, context: DeploymentContext): Outcome<BoundTarget> {
  const place = { ...document.place, path: ['spec', 'inputs'] };
  const { project, environment, environmentType, target: name, format, slug, labels } = context;
  const scope = { context: { project, environment, environmentType, target: name, format, slug, labels, values: {} } };
  const evaluated = evaluate(document.inputs, scope, place);
  if (evaluated.value === undefined) return { diagnostics: evaluated.diagnostics };
  const problems = validateJson(target.inputsSchema, evaluated.value, place).map((problem) =>
    diagnose('T1509', { detail: `Target "${document.name}": ${problem.detail}`, place: problem.place }),
  );
  if (problems.length > 0) return { diagnostics: problems };
  const inputs = toObject(evaluated.value);
  const namespace = inputs['namespace'];
  return succeed({
    document,
    target,
    context,
    binding: { name: document.name, type: document.type, inputs },
    namespace: typeof namespace === 'string' ? namespace : context.slug,
  });
}

/** Targets see no marks: their scope holds none. */
function toObject(value: Value): JsonObject {
  const parsed: Json = JSON.parse(JSON.stringify(value));
  invariant(isObject(parsed), 'the inputs of a target are a map');
  return parsed;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
