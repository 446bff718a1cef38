import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/quote.ts';
import { diagnose } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Json } from '../model/value.ts';
import type { ASTNode } from '@marcbachmann/cel-js';
import { compile } from './cel.ts';
import { listPaths, type ReadPath } from './paths.ts';
import { entryMembers, fixedMembers, parseReference, type ResourceReference } from './scope.ts';
import { isTemplate, shorten, splitTemplate } from './template.ts';
import { visit } from './walk-tree.ts';

/** What a definition refers to, found in the syntax trees of its expressions. */
export type Reference =
  | ({ readonly kind: 'resource'; readonly place: Place } & ResourceReference)
  | { readonly kind: 'workload'; readonly name: string; readonly place: Place }
  | { readonly kind: 'consumers' | 'dependencies'; readonly type: string; readonly place: Place };

/** Names that are always there and hold no data. */
const encoderRoots: readonly string[] = ['base64', 'url', 'cel'];

/** Names that stand below a root in this structure alone, as `locals` and `generate` of a definition. */
export type Members = Readonly<Record<string, readonly string[]>>;

/**
 * Checks every expression of a structure without evaluating any.
 * Reports: T3101, T3102, T3103, each at the scalar (or key) that it stands in.
 */
export function checkExpressions(value: Json, place: Place, roots: readonly string[], members: Members = {}): readonly Diagnostic[] {
  const names: Names = { roots, members: { ...fixedMembers, ...members } };
  return listScalars(value, place).flatMap((scalar) => checkScalar(scalar, names));
}

interface Names {
  readonly roots: readonly string[];
  readonly members: Members;
}

/** The references of all expressions of a structure that can be parsed, in the order of their places. */
export function listReferences(value: Json, place: Place): readonly Reference[] {
  return listScalars(value, place).flatMap((scalar) =>
    treesOf(scalar.text).flatMap((tree) => listPaths(tree).flatMap((path) => referenceOf(path, scalar.place) ?? [])),
  );
}

/** Everything that the expressions of a structure read; expressions that cannot be parsed read nothing. */
export function listReads(value: Json): readonly ReadPath[] {
  const scalars = listScalars(value, { file: '', document: 0, path: [] });
  return scalars.flatMap(({ text }) => treesOf(text).flatMap(listPaths));
}

interface Scalar {
  readonly text: string;
  readonly place: Place;
}

function listScalars(value: Json, place: Place): readonly Scalar[] {
  const scalars: Scalar[] = [];
  collectScalars(value, place, scalars);
  return scalars;
}

function collectScalars(value: Json, place: Place, scalars: Scalar[]): void {
  if (typeof value === 'string') {
    if (isTemplate(value)) scalars.push({ text: value, place });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const below: Place = { ...place, path: [...place.path, Array.isArray(value) ? Number(key) : key] };
    if (isTemplate(key)) scalars.push({ text: key, place: { ...below, on: 'key' } });
    collectScalars(each, below, scalars);
  }
}

function treesOf(text: string): readonly ASTNode[] {
  const template = splitTemplate(text);
  if (template.kind === 'broken') return [];
  return template.parts.flatMap((part) => {
    const compiled = part.kind === 'expression' ? compile(part.text) : undefined;
    return compiled && 'program' in compiled ? [compiled.program.tree] : [];
  });
}

function checkScalar({ text, place }: Scalar, names: Names): readonly Diagnostic[] {
  const template = splitTemplate(text);
  if (template.kind === 'broken') return [diagnose('T3101', { detail: `In ${quote(text)} ${template.reason}.`, place })];
  return template.parts.flatMap((part) => (part.kind === 'expression' ? checkExpression(part.text, place, names) : []));
}

function checkExpression(text: string, place: Place, names: Names): readonly Diagnostic[] {
  const compiled = compile(text);
  if ('problem' in compiled) {
    return [diagnose('T3101', { detail: `The expression \`${shorten(text)}\`: ${compiled.problem}.`, place })];
  }
  const { tree } = compiled.program;
  return [...listPaths(tree).flatMap((path) => checkPath(path, place, names)), ...checkSelects(tree, place)];
}

function checkPath(path: ReadPath, place: Place, { roots, members }: Names): readonly Diagnostic[] {
  const { root } = path;
  if (encoderRoots.includes(root)) return [];
  if (!roots.includes(root)) {
    const detail = `${quote(root)} is not known here.${didYouMean(root, roots)} In scope: ${roots.join(', ')}.`;
    return [diagnose('T3102', { detail, place })];
  }
  if (Object.hasOwn(entryMembers, root)) return checkEntry(path, place);
  return checkMember({ name: path.steps[0], known: members[root], where: `below \`${root}\``, place });
}

/** `resources["…"]` and `workloads["…"]`: which one is meant is written out. */
function checkEntry({ root, steps }: ReadPath, place: Place): readonly Diagnostic[] {
  const [name, member] = steps;
  if (typeof name !== 'string') return [notLiteral(root, place)];
  if (root === 'resources' && !parseReference(name)) {
    const detail = `${quote(name)} names no resource: write "type", "type.class", "type#id" or "type.class#id".`;
    return [diagnose('T3103', { detail, place })];
  }
  return checkMember({ name: member, known: entryMembers[root], where: `below \`${root}[${quote(name)}]\``, place });
}

interface Asked {
  readonly name: string | number | undefined;
  readonly known: readonly string[] | undefined;
  readonly where: string;
  readonly place: Place;
}

function checkMember({ name, known, where, place }: Asked): readonly Diagnostic[] {
  if (name === undefined || !known || known.includes(String(name))) return [];
  return [unknownName({ name: String(name), known, where, place })];
}

function unknownName({ name, known, where, place }: Asked & { name: string; known: readonly string[] }): Diagnostic {
  const list = known.length === 0 ? 'There is nothing.' : `Known: ${known.join(', ')}.`;
  return diagnose('T3102', { detail: `${quote(name)} is not known ${where}.${didYouMean(name, known)} ${list}`, place });
}

function checkSelects(tree: ASTNode, place: Place): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const asked = new Set<ASTNode>();
  visit(tree, (node) => {
    if (node.op === 'id' && node.args === 'select' && !asked.has(node)) diagnostics.push(notLiteral('select', place));
    if (node.op !== 'rcall') return;
    const [name, receiver, [type]] = node.args;
    if (receiver.op !== 'id' || receiver.args !== 'select') return;
    asked.add(receiver);
    const isKnown = selections.includes(name);
    if (!isKnown) diagnostics.push(unknownName({ name, known: selections, where: 'below `select`', place }));
    else if (type?.op !== 'value' || typeof type.args !== 'string') diagnostics.push(notLiteral(`select.${name}`, place));
  });
  return diagnostics;
}

const selections: readonly string[] = ['consumers', 'dependencies'];

function notLiteral(root: string, place: Place): Diagnostic {
  return diagnose('T3103', { detail: `What \`${root}\` means has to be written out as text in quotes.`, place });
}

function referenceOf(path: ReadPath, place: Place): Reference | undefined {
  const [first, second] = path.steps;
  if (path.root === 'resources' && typeof first === 'string') {
    const reference = parseReference(first);
    return reference && { kind: 'resource', ...reference, place };
  }
  if (path.root === 'workloads' && typeof first === 'string') return { kind: 'workload', name: first, place };
  if (path.root !== 'select' || typeof second !== 'string') return undefined;
  return { kind: first === 'consumers' ? 'consumers' : 'dependencies', type: second, place };
}
