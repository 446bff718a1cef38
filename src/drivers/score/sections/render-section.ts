import { diagnose, type Diagnostic, type Json, type JsonObject } from '../../../core/index.ts';
import { parseTemplate, type ParsedTemplate } from '../go-template/parse-template.ts';
import type { TemplateProblem } from '../go-template/problem.ts';
import { renderTemplate } from '../go-template/render-template.ts';
import type { TemplateSurroundings } from '../go-template/run/run.ts';
import type { GoValue } from '../go-template/values/incoming.ts';
import { isMap } from '../merge-patch.ts';
import { parseText } from '../yaml-text.ts';

/** The keys of a provisioner that are templates. */
export const sectionNames = [
  'init',
  'state',
  'shared',
  'outputs',
  'manifests',
  'directories',
  'files',
  'networks',
  'services',
  'volumes',
  'models',
  'info_logs',
] as const;

export type SectionName = (typeof sectionNames)[number];

export interface SectionRun {
  readonly uid: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly surroundings: Omit<TemplateSurroundings, 'randomBytes'>;
  readonly randomBytes: (section: SectionName, name: string, length: number) => Uint8Array;
  readonly diagnostics: Diagnostic[];
}

/** Names that templates may call besides those of Go and Sprig. */
const ownFunctions = ['encodeSecretRef'] as const;

const parsedTemplates = new Map<string, ReturnType<typeof parseTemplate>>();
const parsedMax = 2000;

function parseOnce(text: string): ReturnType<typeof parseTemplate> {
  const known = parsedTemplates.get(text);
  if (known) return known;
  if (parsedTemplates.size >= parsedMax) parsedTemplates.clear();
  const parsed = parseTemplate(text, ownFunctions);
  parsedTemplates.set(text, parsed);
  return parsed;
}

/**
 * Renders one template of a provisioner and reads the YAML that it gives.
 * Shape: null where there is no template or nothing comes out; `undefined` after a problem, which is reported.
 * Reports: T5201, T5202.
 */
export function renderSection(name: SectionName, data: () => GoValue, run: SectionRun): Json | undefined {
  const source = run.inputs[name];
  if (typeof source !== 'string') return null;
  const { text, cut } = trim(source);
  if (text === '') return null;
  const parsed = parseOnce(text);
  if ('problem' in parsed) return reportTemplate(name, shift(parsed.problem, cut), run);
  const rendered = render(name, { template: parsed.value, data: data() }, run);
  if ('problem' in rendered) return reportTemplate(name, shift(rendered.problem, cut), run);
  const read = parseText(rendered.value);
  if ('value' in read) return read.value;
  run.diagnostics.push(reportYaml(name, rendered.value, { ...read, uid: run.uid }));
  return undefined;
}

/** The tools cut white space off a template. */
function trim(source: string): { readonly text: string; readonly cut: string } {
  return { text: source.trim(), cut: source.slice(0, source.length - source.trimStart().length) };
}

/** Says what is wrong with a template by itself. */
export function checkSection(name: SectionName, source: string): readonly Diagnostic[] {
  const { text, cut } = trim(source);
  const parsed = parseOnce(text);
  return 'problem' in parsed ? [describeProblem(name, shift(parsed.problem, cut), '')] : [];
}

interface Prepared {
  readonly template: ParsedTemplate;
  readonly data: GoValue;
}

function render(name: SectionName, { template, data }: Prepared, { surroundings, randomBytes }: SectionRun) {
  return renderTemplate(template, data, { ...surroundings, randomBytes: (position, length) => randomBytes(name, position, length) });
}

/** What was cut off counts for the place. */
function shift(problem: TemplateProblem, cut: string): TemplateProblem {
  const lines = cut.split('\n');
  const indent = lines.at(-1)?.length ?? 0;
  return { ...problem, line: problem.line + lines.length - 1, column: problem.line === 1 ? problem.column + indent : problem.column };
}

function reportTemplate(name: SectionName, problem: TemplateProblem, { uid, diagnostics }: SectionRun): undefined {
  diagnostics.push(describeProblem(name, problem, `${uid}: `));
  return undefined;
}

function describeProblem(name: SectionName, { message, line, column }: TemplateProblem, prefix: string): Diagnostic {
  return diagnose('T5201', {
    detail: `${prefix}line ${line} of the template \`${name}\`: ${asSentence(message)}`,
    place: { file: '', document: 0, path: [name], at: { line, column } },
  });
}

const shownMax = 120;

function reportYaml(name: SectionName, text: string, read: { readonly problem: string; readonly line: number; readonly uid: string }) {
  const { problem, line, uid } = read;
  const shown = (text.split('\n')[line - 1] ?? '').trim().slice(0, shownMax);
  const detail = `${uid}: what the template \`${name}\` renders is no YAML: ${problem}, in line ${line} of what it rendered: ${shown}`;
  return diagnose('T5202', { detail, place: { file: '', document: 0, path: [name] } });
}

/** What a template complains of may be a sentence already. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A section that has to be a map. Reports: T5203. */
export function takeMap(name: SectionName, value: Json | undefined, run: SectionRun): JsonObject {
  if (value === undefined || value === null) return {};
  if (isMap(value)) return value;
  run.diagnostics.push(misshapen(name, 'a map', run));
  return {};
}

/** A section that has to be a list of maps. Reports: T5203. */
export function takeMaps(name: SectionName, value: Json | undefined, run: SectionRun): readonly JsonObject[] {
  const items = takeList(name, value, run);
  if (items.every(isMap)) return items.filter(isMap);
  run.diagnostics.push(misshapen(name, 'a list of maps', run));
  return [];
}

/** A section that has to be a list of texts. Reports: T5203. */
export function takeTexts(name: SectionName, value: Json | undefined, run: SectionRun): readonly string[] {
  const items = takeList(name, value, run);
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

function takeList(name: SectionName, value: Json | undefined, run: SectionRun): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  run.diagnostics.push(misshapen(name, 'a list', run));
  return [];
}

function misshapen(name: SectionName, wanted: string, { uid }: SectionRun): Diagnostic {
  const place = { file: '', document: 0, path: [name] };
  return diagnose('T5203', { detail: `${uid}: the template \`${name}\` has to render ${wanted}.`, place });
}
