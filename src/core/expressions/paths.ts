import type { ASTNode } from '@marcbachmann/cel-js';
import { macros } from './check-tree.ts';
import { childrenOf } from './walk-tree.ts';

export type Step = string | number;

/** What an expression reads: a root name and the literal steps from it. */
export interface ReadPath {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly node: ASTNode;
  /** An index that is no literal follows: anything below may be read. */
  readonly isOpen: boolean;
  /** Only which keys there are is asked (`"a" in params`, `has(params.a)`), not what they hold. */
  readonly isShallow?: true;
}

/** Lists everything that an expression reads, from its syntax tree; names bound by macros are left out. */
export function listPaths(tree: ASTNode): readonly ReadPath[] {
  const paths: ReadPath[] = [];
  collect(tree, new Set(), paths);
  return paths;
}

/** The path that a whole expression is, when it is nothing else. */
export function asPath(node: ASTNode): ReadPath | undefined {
  return chainOf(node, node);
}

function collect(node: ASTNode, bound: ReadonlySet<string>, paths: ReadPath[]): void {
  const shallow = shallowChain(node);
  if (shallow) {
    if (!bound.has(shallow.root)) paths.push(shallow);
    if (node.op === 'in') collect(node.args[0], bound, paths);
    return;
  }
  const chain = chainOf(node, node) ?? openChain(node);
  if (chain) {
    if (!bound.has(chain.root)) paths.push(chain);
    if (chain.isOpen && node.op === '[]') collect(node.args[1], bound, paths);
    if (!chain.isOpen || node.op === '[]') return;
  }
  const within = boundWithin(node, bound);
  for (const child of childrenOf(node)) collect(child, within, paths);
}

function shallowChain(node: ASTNode): ReadPath | undefined {
  if (node.op === 'in') {
    const map = chainOf(node.args[1], node.args[1]);
    return map && { ...map, isShallow: true };
  }
  if (node.op !== 'call' || node.args[0] !== 'has') return undefined;
  const [asked] = node.args[1];
  const chain = asked && chainOf(asked, asked);
  return chain && { ...chain, steps: chain.steps.slice(0, -1), isShallow: true };
}

function boundWithin(node: ASTNode, bound: ReadonlySet<string>): ReadonlySet<string> {
  if (node.op === 'rcall' && node.args[0] === 'bind') return bindName(node.args[2][0], bound, 'cel');
  if (node.op !== 'rcall' || !macros.has(node.args[0])) return bound;
  return bindName(node.args[2][0], bound);
}

function bindName(variable: ASTNode | undefined, bound: ReadonlySet<string>, ...more: readonly string[]): ReadonlySet<string> {
  return variable?.op === 'id' ? new Set([...bound, variable.args, ...more]) : bound;
}

/** `a.b["c"][0]`, and `select.consumers("type")[0].name`. */
function chainOf(node: ASTNode, whole: ASTNode): ReadPath | undefined {
  switch (node.op) {
    case 'id':
      return { root: node.args, steps: [], node: whole, isOpen: false };
    case '.':
      return extend(chainOf(node.args[0], whole), node.args[1]);
    case '[]': {
      const index = literalOf(node.args[1]);
      return index === undefined ? undefined : extend(chainOf(node.args[0], whole), index);
    }
    case 'rcall':
      return selectChain(node, whole);
    default:
      return undefined;
  }
}

function selectChain(node: ASTNode & { op: 'rcall' }, whole: ASTNode): ReadPath | undefined {
  const [name, receiver, parameters] = node.args;
  const [type] = parameters;
  if (receiver.op !== 'id' || receiver.args !== 'select' || parameters.length !== 1 || !type) return undefined;
  const literal = literalOf(type);
  if (literal === undefined || (name !== 'consumers' && name !== 'dependencies')) return undefined;
  return { root: 'select', steps: [name, literal], node: whole, isOpen: false };
}

function openChain(node: ASTNode): ReadPath | undefined {
  if (node.op !== '[]') return undefined;
  const base = chainOf(node.args[0], node);
  return base && { ...base, isOpen: true };
}

function extend(path: ReadPath | undefined, step: Step): ReadPath | undefined {
  return path && { ...path, steps: [...path.steps, step] };
}

function literalOf(node: ASTNode): Step | undefined {
  if (node.op !== 'value') return undefined;
  if (typeof node.args === 'string') return node.args;
  return typeof node.args === 'bigint' || typeof node.args === 'number' ? Number(node.args) : undefined;
}
