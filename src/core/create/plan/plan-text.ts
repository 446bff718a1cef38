import { escapeControls } from '../../diagnostics/quote.ts';
import type { Action, Change, FieldChange, Plan } from '../../model/plan.ts';
import type { Json } from '../../model/value.ts';
import { isEffective } from './change.ts';
import { actions, summarisePlan, type ActionCounts } from './summarise-plan.ts';

const signs: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  retain: '!',
  rebind: '>',
  unchanged: ' ',
  unknown: '?',
};

const valueWidthMax = 72;
const fieldCountMax = 40;

/**
 * Writes a plan for people: what changes, grouped by resource and workload, each with its objects and fields.
 * Rule: what stays unchanged is only counted; long values are cut, long lists of fields as well; nothing in it acts on a terminal.
 * Shape: lines of plain text, no line break at the end; the last line counts, or says that nothing changes.
 */
export function planToText(plan: Plan): string {
  const changes = plan.changes.filter(isEffective);
  const summary = summarisePlan(plan);
  if (summary.isEmpty) return `Nothing changes: ${countNoun(summary.total.unchanged, 'thing')} as deployed.`;
  return [
    ...changes.flatMap(describeChange),
    '',
    ...plan.brakes.map(({ reason }) => `Needs a confirmation: ${escapeControls(reason)}.`),
    `Resources: ${describeCounts(summary.resources)}. Workloads: ${describeCounts(summary.workloads)}. Objects: ${describeCounts(summary.objects)}.`,
    `Plan ${plan.digest}`,
  ].join('\n');
}

function describeChange(change: Change): readonly string[] {
  const { subject, action, cause, reason } = change;
  const sign = signs[action];
  if (subject.kind === 'object') return [`    ${sign} ${escapeControls(subject.key)}`, ...describeFields(change, '        ')];
  const name = subject.kind === 'resource' ? `resource ${subject.uid}` : `workload ${subject.name}`;
  return [`${sign} ${escapeControls(name)}: ${action} (${cause}): ${escapeControls(reason)}`, ...describeFields(change, '      ')];
}

function describeFields({ fields }: Change, indent: string): readonly string[] {
  const shown = fields.slice(0, fieldCountMax).map((field) => `${indent}${describeField(field)}`);
  const rest = fields.length - shown.length;
  return rest > 0 ? [...shown, `${indent}… and ${countNoun(rest, 'more field')}`] : shown;
}

function describeField({ path, before, after }: FieldChange): string {
  const name = escapeControls(path === '' ? '/' : path);
  if (before === undefined) return `+ ${name}: ${describeValue(after)}`;
  if (after === undefined) return `- ${name}: ${describeValue(before)}`;
  return `~ ${name}: ${describeValue(before)} → ${describeValue(after)}`;
}

function describeValue(value: Json | undefined): string {
  const text = escapeControls(JSON.stringify(value ?? null));
  return text.length > valueWidthMax ? `${text.slice(0, valueWidthMax - 1)}…` : text;
}

function describeCounts(counts: ActionCounts): string {
  const parts = actions.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${action}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}

function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
