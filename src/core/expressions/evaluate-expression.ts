import type { Code } from '../diagnostics/catalogue/index.ts';
import { pendSecret } from '../model/pending.ts';
import { isMark, isSecret, isSecretText, isUnknown, isValueObject, type Value, type ValueObject } from '../model/value.ts';
import type { ASTNode } from '@marcbachmann/cel-js';
import { compile, describeFailure, type Program } from './cel.ts';
import { explainFailure } from './explain-failure.ts';
import { encoders, encodeText, type Encoding } from './functions.ts';
import { encodeSecret, joinParts } from './join.ts';
import { asPath, listPaths, type ReadPath } from './paths.ts';
import { printTree } from './print-tree.ts';
import { parseReference, type ExpressionScope } from './scope.ts';
import { findMark, fromCel, isArray, toCel } from './values.ts';

export type Evaluated = { readonly value: Value } | { readonly code: Code; readonly problem: string };

/**
 * Evaluates one expression.
 * Rule: whether the result is unknown or secret is decided from the paths in the syntax tree, before anything is
 * evaluated. An unknown path makes the whole unknown. A secret one may only be passed on, joined or encoded.
 */
export function evaluateExpression(text: string, scope: ExpressionScope): Evaluated {
  const compiled = compile(text);
  if ('problem' in compiled) return { code: 'T3101', problem: compiled.problem };
  const { program } = compiled;
  const facts = factsOf(program);
  const roots = resolveRoots(facts, scope);
  const marks = facts.paths.map((path) => findMarkOn(path, roots)).filter((mark) => mark !== undefined);
  if (marks.length === 0) return runPlain(program, roots);
  const whole = facts.whole && lookUp(facts.whole, roots);
  if (whole?.isWhole) return { value: whole.value };
  const unknown = marks.find(isUnknown);
  if (unknown) return { value: marks.some((mark) => isSecret(mark) || isSecretText(mark)) ? pendSecret(unknown) : unknown };
  return runSecret(program.tree, roots);
}

interface Facts {
  readonly paths: readonly ReadPath[];
  readonly whole: ReadPath | undefined;
}

const factsByProgram = new WeakMap<Program, Facts>();

function factsOf(program: Program): Facts {
  const known = factsByProgram.get(program);
  if (known) return known;
  const facts = { paths: listPaths(program.tree), whole: asPath(program.tree) };
  factsByProgram.set(program, facts);
  return facts;
}

/** The data behind each root that the expression names. */
type Roots = Readonly<Record<string, Value>>;

function resolveRoots({ paths }: Facts, scope: ExpressionScope): Roots {
  const roots: Record<string, Value> = { ...encoders };
  for (const { root } of paths) {
    if (root === 'resources') roots[root] ??= resolveResources(paths, scope);
    else if (root === 'select') roots[root] ??= resolveSelect(paths, scope);
    else if (isPlainRoot(root) && scope[root] !== undefined) roots[root] = scope[root];
  }
  return roots;
}

const plainRoots = ['params', 'resource', 'context', 'target', 'locals', 'generate', 'workload', 'workloads'] as const;

function isPlainRoot(root: string): root is (typeof plainRoots)[number] {
  return plainRoots.some((each) => each === root);
}

function resolveResources(paths: readonly ReadPath[], scope: ExpressionScope): ValueObject {
  const resources: Record<string, Value> = {};
  for (const { root, steps } of paths) {
    const [name] = steps;
    const reference = root === 'resources' && typeof name === 'string' ? parseReference(name) : undefined;
    const outputs = reference && scope.outputsOf?.(reference);
    if (outputs && typeof name === 'string') resources[name] = { outputs };
  }
  return resources;
}

function resolveSelect(paths: readonly ReadPath[], scope: ExpressionScope): ValueObject {
  const consumers: Record<string, Value> = {};
  const dependencies: Record<string, Value> = {};
  for (const { root, steps } of paths) {
    const [list, type] = steps;
    if (root !== 'select' || typeof type !== 'string') continue;
    if (list === 'consumers') consumers[type] = scope.consumers?.(type) ?? [];
    else dependencies[type] = scope.dependencies?.(type) ?? [];
  }
  return { consumers, dependencies };
}

interface LookedUp {
  readonly value: Value;
  /** All steps were taken: the value is what the path names, not a mark on the way. */
  readonly isWhole: boolean;
}

/** Follows a path as far as the first mark. */
function lookUp(path: ReadPath, roots: Roots): LookedUp | undefined {
  let value = own(roots, path.root);
  for (const step of path.steps) {
    if (isMark(value)) return { value, isWhole: false };
    if (value === undefined) return undefined;
    value = isArray(value) ? value[Number(step)] : isValueObject(value) ? own(value, String(step)) : undefined;
  }
  return value === undefined ? undefined : { value, isWhole: true };
}

/** An index that is no literal but reads nothing secret or unknown is evaluated first: then it is known what is read. */
function closePath(path: ReadPath, roots: Roots): ReadPath {
  if (!path.isOpen || path.node.op !== '[]') return path;
  const [, index] = path.node.args;
  if (listPaths(index).some((each) => findMarkOn(each, roots) !== undefined)) return path;
  const evaluated = runPart(index, roots);
  const step = 'value' in evaluated ? evaluated.value : undefined;
  const isStep = typeof step === 'string' || typeof step === 'number';
  return isStep ? { ...path, steps: [...path.steps, step], isOpen: false } : path;
}

function own(object: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function findMarkOn(path: ReadPath, roots: Roots): Value | undefined {
  const found = lookUp(closePath(path, roots), roots);
  if (!found || (path.isShallow && isValueObject(found.value))) return undefined;
  return findMark(found.value);
}

function runPlain(program: Program, roots: Roots): Evaluated {
  const context: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(roots)) context[name] = toCel(value);
  try {
    const result = fromCel(program.run(context));
    return 'problem' in result ? { code: 'T3104', problem: result.problem } : result;
  } catch (error) {
    return { code: 'T3104', problem: explainFailure(describeFailure(error), factsOf(program).paths, roots) };
  }
}

/** Evaluates an expression that a secret takes part in: passing on, `+`, `? :` and encoding, nothing else. */
function runSecret(node: ASTNode, roots: Roots): Evaluated {
  const path = asPath(node);
  const found = path && lookUp(path, roots);
  if (found?.isWhole && isMark(found.value)) return { value: found.value };
  if (!listPaths(node).some((each) => findMarkOn(each, roots) !== undefined)) return runPart(node, roots);
  if (node.op === '+') return joinSecret(node.args, roots);
  if (node.op === '?:') return chooseSecret(node.args, roots);
  const encoding = encodingOf(node);
  if (encoding && node.op === 'rcall') return encodePart(encoding, node.args[2][0], roots);
  return { code: 'T3105', problem: 'it does more with a secret than passing it on, joining it with text or encoding it' };
}

function runPart(node: ASTNode, roots: Roots): Evaluated {
  const compiled = compile(printTree(node));
  return 'problem' in compiled ? { code: 'T3101', problem: compiled.problem } : runPlain(compiled.program, roots);
}

function joinSecret([left, right]: readonly [ASTNode, ASTNode], roots: Roots): Evaluated {
  const first = runSecret(left, roots);
  if ('code' in first) return first;
  const second = runSecret(right, roots);
  if ('code' in second) return second;
  const joined = joinParts([first.value, second.value]);
  return 'problem' in joined ? { code: 'T3106', problem: joined.problem } : joined;
}

function chooseSecret([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode], roots: Roots): Evaluated {
  const decided = runSecret(condition, roots);
  if ('code' in decided) return decided;
  if (typeof decided.value !== 'boolean') return { code: 'T3105', problem: 'a condition cannot depend on a secret' };
  return runSecret(decided.value ? yes : no, roots);
}

function encodingOf(node: ASTNode): Encoding | undefined {
  if (node.op !== 'rcall' || node.args[0] !== 'encode') return undefined;
  const [, receiver] = node.args;
  if (receiver.op !== 'id') return undefined;
  return receiver.args === 'base64' || receiver.args === 'url' ? receiver.args : undefined;
}

function encodePart(encoding: Encoding, node: ASTNode | undefined, roots: Roots): Evaluated {
  if (!node) return { code: 'T3101', problem: 'there is nothing to encode' };
  const inner = runSecret(node, roots);
  if ('code' in inner) return inner;
  if (typeof inner.value === 'string') return { value: encodeText(encoding, inner.value) };
  if (isSecret(inner.value) || isSecretText(inner.value)) return { value: encodeSecret(inner.value, encoding) };
  return { code: 'T3106', problem: 'only text can be encoded' };
}
