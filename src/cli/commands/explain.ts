import type { CommandCall, CommandResult } from '../command.ts';
import { loadFileScope } from '../input/file-scope.ts';
import { hasSwitch, optionOf, parameterOf } from '../input/options.ts';
import { hasOverrides } from '../input/overrides.ts';
import { isScoreName, parseNeed } from '../input/need.ts';
import { checkDecided, findEnvironment, findProject, namesEnvironment } from '../input/stored.ts';
import { answerWith } from '../input/with-environment.ts';
import { describeExplanation } from '../output/explanation.ts';
import { reject } from '../result.ts';

interface Asked {
  readonly need: ReturnType<typeof parseNeed> | undefined;
  readonly files: readonly string[];
}

/** Of files where files are named or no environment is; else of the environment in the store. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const asked = readAsked(call);
  if (asked.files.length === 0 && !hasOverrides(call) && namesEnvironment(call)) return explainStored(asked, call);
  return explainFiles(asked, call);
}

/** A first argument that is a file is one: `tutti explain web.score.yaml` asks for all needs of it. */
function readAsked(call: CommandCall): Asked {
  const first = parameterOf(call, 'NEED');
  const rest = call.parameters['FILE'] ?? [];
  if (first === undefined) return { need: undefined, files: rest };
  return isScoreName(first) ? { need: undefined, files: [first, ...rest] } : { need: parseNeed(first), files: rest };
}

async function explainFiles({ need, files }: Asked, call: CommandCall): Promise<CommandResult> {
  const scope = await loadFileScope(files, call);
  if (!scope.value) return reject(scope.diagnostics);
  const body = { ...scope.value, ...(need && { need }), ...(hasSwitch(call, 'all-environments') && { allEnvironments: true }) };
  const client = await call.client('files');
  const answer = await client.call('files.explain', { body }, { signal: call.host.signal });
  return answerWith(answer, (data) => describeExplanation(data, call.output));
}

async function explainStored({ need }: Asked, call: CommandCall): Promise<CommandResult> {
  const decided = checkDecided(call);
  if (decided.length > 0) return reject(decided);
  const place = await findPlace(call);
  if (!place.ok) return place.result;
  const { project, environment } = place.value;
  const body = { ...(environment !== undefined && { environments: [environment] }), ...(need && { need }) };
  const client = await call.client('store');
  const answer = await client.call('projects.explain', { project, body }, { signal: call.host.signal });
  return answerWith(answer, (data) => describeExplanation(data, call.output));
}

/** All environments where that is asked for or no one is named. */
async function findPlace(call: CommandCall) {
  const isNamed = (optionOf(call, 'env') ?? call.host.env['TUTTI_ENV']) !== undefined;
  if (isNamed && !hasSwitch(call, 'all-environments')) return findEnvironment(call);
  const project = await findProject(call);
  return project.ok ? { ok: true as const, value: { project: project.value, environment: undefined } } : project;
}
