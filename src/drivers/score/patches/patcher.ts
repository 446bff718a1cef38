import {
  diagnose,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Outcome,
  type Patcher,
  type PatchRequest,
  type PatchResult,
  type PatchTemplate,
} from '../../../core/index.ts';
import { parseTemplate } from '../go-template/parse-template.ts';
import type { TemplateProblem } from '../go-template/problem.ts';
import { renderTemplate } from '../go-template/render-template.ts';
import type { TemplateFunction, TemplateSurroundings } from '../go-template/run/run.ts';
import { structOf } from '../go-template/values/incoming.ts';
import { isMap } from '../merge-patch.ts';
import { drawBytes } from '../random.ts';
import { conceal } from '../secrets/conceal.ts';
import { encodeSecretRef } from '../secrets/encode-reference.ts';
import { hideMarks, openTokenBook, type TokenBook } from '../secrets/tokens.ts';
import { asSentence } from '../sections/render-section.ts';
import { parseText } from '../yaml-text.ts';
import { deleteAt, setAt } from './apply-patch.ts';
import { parsePath } from './path.ts';

/**
 * Applies the patch templates of score-k8s and score-compose.
 * Rule: each template sees what those before it left, and gives a list of patches, which apply one after the other: so a place in a list means
 * the list as the patches before it left it. Secrets are hidden from templates, and are back in their places afterwards.
 * Reports: T5211–T5213.
 */
export const scorePatcher: Patcher = {
  patch: (request) => Promise.resolve(applyTemplates(request)),
  check: (template) => {
    const parsed = parseTemplate(template.text, ownFunctions);
    return 'problem' in parsed ? [describeProblem('T5211', template, asSentence(parsed.problem.message), parsed.problem)] : [];
  },
};

function applyTemplates(request: PatchRequest): Outcome<PatchResult> {
  const run: Run = { request, tokens: openTokenBook(), diagnostics: [] };
  const before = hideMarks(request.document, run.tokens);
  if (before === undefined) return { value: { document: request.document, isChanged: false }, diagnostics: [] };
  let document = before;
  for (const template of request.templates) {
    document = applyTemplate(template, document, run) ?? document;
    if (run.diagnostics.length > 0) return { diagnostics: run.diagnostics };
  }
  if (document === before) return { value: { document: request.document, isChanged: false }, diagnostics: [] };
  const concealment = { texts: new Set<string>(), tokens: run.tokens, seal: neverSeals, references: new Map() };
  return { value: { document: conceal(document, concealment), isChanged: true }, diagnostics: [] };
}

function neverSeals(): never {
  throw new Error('a patch makes no secrets');
}

interface Run {
  readonly request: PatchRequest;
  readonly tokens: TokenBook;
  readonly diagnostics: Diagnostic[];
}

const ownFunctions = ['encodeSecretRef', 'substituteValue'] as const;

function applyTemplate(template: PatchTemplate, document: Json, run: Run): Json | undefined {
  const patches = renderPatches(template, document, run);
  let patched = document;
  for (const [index, each] of (patches ?? []).entries()) {
    const result = applyOne(patched, each);
    if ('problem' in result) {
      const place = { file: template.file, document: 0, path: [] };
      run.diagnostics.push(
        diagnose('T5213', { detail: `Patch ${index + 1} of ${template.file}${describePatch(each)}: ${result.problem}.`, place }),
      );
      return undefined;
    }
    patched = result.value;
  }
  return patched;
}

/** As it was rendered, as far as it says what it wants. */
function describePatch(patch: Json): string {
  if (!isMap(patch)) return '';
  const { op, path } = patch;
  return typeof op === 'string' && typeof path === 'string' ? ` (${op} ${path})` : '';
}

function renderPatches(template: PatchTemplate, document: Json, run: Run): readonly Json[] | undefined {
  const fail = (code: 'T5211' | 'T5212', detail: string, at?: TemplateProblem): undefined => {
    run.diagnostics.push(describeProblem(code, template, detail, at));
    return undefined;
  };
  const parsed = parseTemplate(template.text, ownFunctions);
  if ('problem' in parsed) return fail('T5211', asSentence(parsed.problem.message), parsed.problem);
  const rendered = renderTemplate(parsed.value, makeData(document, run), makeSurroundings(template, run));
  if ('problem' in rendered) return fail('T5211', asSentence(rendered.problem.message), rendered.problem);
  const read = parseText(rendered.value);
  if ('problem' in read) return fail('T5212', `what it renders is no YAML: ${read.problem}, in line ${read.line} of what it rendered.`);
  if (read.value === null) return [];
  return Array.isArray(read.value) ? read.value : fail('T5212', 'it has to render a list of patches.');
}

function describeProblem(code: 'T5211' | 'T5212', { file }: PatchTemplate, detail: string, at?: TemplateProblem): Diagnostic {
  const source = at && { file, start: { line: at.line, column: at.column }, end: { line: at.line, column: at.column + 1 } };
  return { ...diagnose(code, { detail: `${file}: ${detail}` }), ...(source && { source }) };
}

function makeData(document: Json, { request }: Run) {
  const { context, namespace, workloads } = request;
  const root = context.format === 'kubernetes' ? { Manifests: document, Namespace: namespace } : { Compose: document };
  return structOf('Data', { ...root, Workloads: workloads });
}

function makeSurroundings(template: PatchTemplate, run: Run): TemplateSurroundings {
  const { secrets, substitute } = run.request;
  const substituteValue: TemplateFunction = (workload, text) => {
    if (typeof workload !== 'string' || typeof text !== 'string')
      return { problem: 'substituteValue takes the name of a workload and a text' };
    const { value, diagnostics } = substitute(workload, text);
    const hidden = value === undefined ? undefined : hideMarks(value, run.tokens);
    if (hidden === undefined)
      return { problem: diagnostics.map(({ detail }) => detail).join(' ') || 'the value is known only after provisioning' };
    return { value: typeof hidden === 'string' ? hidden : JSON.stringify(hidden) };
  };
  return {
    now: secrets.firstPlanned(),
    randomBytes: (position, length) => drawBytes(secrets.seed('@patches'), `${template.file}:${position}`, length),
    functions: { substituteValue, encodeSecretRef },
  };
}

const patchKeys: readonly string[] = ['op', 'path', 'value', 'description'];

function applyOne(document: Json, patch: Json): { readonly value: Json } | { readonly problem: string } {
  if (!isMap(patch)) return { problem: 'a patch is a map with `op` and `path`' };
  const unknown = Object.keys(patch).filter((key) => !patchKeys.includes(key));
  if (unknown.length > 0) return { problem: `"${unknown[0]}" is no key of a patch; known: ${patchKeys.join(', ')}` };
  const { op, path } = patch;
  if (typeof path !== 'string' && typeof path !== 'number') return { problem: 'a patch says at which `path` it applies' };
  const parsed = parsePath(String(path));
  if ('problem' in parsed) return parsed;
  if (op === 'delete') return { value: deleteAt(document, parsed.steps) };
  if (op !== 'set') return { problem: `the \`op\` of a patch is "set" or "delete", not ${JSON.stringify(op ?? null)}` };
  const set = setAt(document, parsed.steps, valueOf(patch));
  return 'problem' in set ? set : { value: set.value ?? null };
}

function valueOf(patch: JsonObject): Json {
  return patch['value'] ?? null;
}
