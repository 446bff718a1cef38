import type { OperationOutput } from '../../client/index.ts';
import type { EnvironmentName } from '../input/stored.ts';
import type { Output } from './output.ts';
import { harmless } from './paint.ts';
import { showTime } from './time.ts';

type Drift = OperationOutput<'drift.show'>;
type Drifted = Drift['objects'][number];

/** What differs, whose it is, since when, and what can be done about it. */
export function describeDrift(
  { objects, strays, looked }: Drift,
  { project, environment }: EnvironmentName,
  { paint }: Pick<Output, 'paint'>,
): string {
  const left = strays.map(
    (key) => `${paint.warn('unknown')} ${harmless(key)}: says that it is of this environment, and is not in its inventory`,
  );
  if (objects.length === 0) return [`All ${looked} objects are as they were deployed.`, ...left].join('\n');
  const where = `--project ${project} --env ${environment}`;
  const [first] = objects.filter(({ kind }) => kind === 'changed');
  return [
    `${objects.length} of ${looked} objects are not as they were deployed.`,
    ...objects.flatMap((each) => describeObject(each, paint)),
    ...left,
    '',
    `Set it right:       tutti drift --revert ${where}`,
    ...(first ? [`Leave it as it is:  tutti drift --accept '${first.key}' ${where}`] : []),
  ].join('\n');
}

function describeObject({ key, kind, fields }: Drifted, paint: Output['paint']): readonly string[] {
  if (kind === 'missing') return [`${paint.bad('missing')} ${harmless(key)}`];
  if (kind === 'foreign')
    return [`${paint.bad('foreign')} ${harmless(key)}: something of that name is there, and is not this environment's`];
  return [`${paint.warn('changed')} ${harmless(key)}`, ...fields.map((field) => `    ${describeField(field)}`)];
}

function describeField({ path, wanted, live, owner, since }: Drifted['fields'][number]): string {
  const change = `${wanted === undefined ? '(nothing)' : show(wanted)} → ${live === undefined ? '(nothing)' : show(live)}`;
  const who = owner === undefined ? '' : `  by ${harmless(owner)}${since === undefined ? '' : ` since ${showTime(since)}`}`;
  return `${harmless(path)}: ${change}${who}`;
}

function show(value: Drifted['fields'][number]['live']): string {
  return harmless(typeof value === 'string' ? value : JSON.stringify(value));
}
