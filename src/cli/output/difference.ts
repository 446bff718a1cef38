import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { harmless, type Paint } from './paint.ts';

type Difference = OperationOutput<'deployments.diff'>;
type Action = Difference['objects'][number]['action'];
type Field = Difference['objects'][number]['fields'][number];

const signs = { create: '+', update: '~', delete: '-' } as const satisfies Record<Action, string>;

/** What one deployment has that another has not, as lines by subject. */
export function describeDifference(data: Difference, { paint }: Pick<Output, 'paint'>): string {
  const lines = [
    ...(data.release ? [`~ platform release: ${data.release.before} → ${data.release.after}`] : []),
    ...data.values.map((each) => line(each.action, `value ${each.key}${each.isSecret ? ': ‹secret›' : showChange(each)}`, paint)),
    ...data.workloads.flatMap((each) => [line(each.action, `workload ${each.name}`, paint), ...describeFields(each.fields)]),
    ...data.resources.map((each) => line(each.action, `resource ${each.uid}${showChange(each)}`, paint)),
    ...data.objects.flatMap((each) => [line(each.action, `object ${each.key}`, paint), ...describeFields(each.fields)]),
  ];
  return lines.length === 0 ? `Deployments ${data.from} and ${data.to} deployed the same.` : lines.join('\n');
}

function line(action: Action, text: string, paint: Paint): string {
  const color = { create: paint.good, update: paint.warn, delete: paint.bad }[action];
  return color(`${signs[action]} ${oneLine(text)}`);
}

function describeFields(fields: readonly Field[]): readonly string[] {
  return fields.map(({ path, before, after }) => {
    const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
    return oneLine(`    ${sign} ${path === '' ? '/' : path}${showChange({ before: showJson(before), after: showJson(after) })}`);
  });
}

function showChange({ before, after }: { readonly before?: string | undefined; readonly after?: string | undefined }): string {
  if (before !== undefined && after !== undefined) return `: ${before} → ${after}`;
  const one = before ?? after;
  return one === undefined ? '' : `: ${one}`;
}

function showJson(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function oneLine(text: string): string {
  return harmless(text).replaceAll('\n', '\\n');
}
