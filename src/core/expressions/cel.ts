import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { beginBudget, limited } from './budget.ts';
import { boundName, findProblem, macros } from './check-tree.ts';
import { linearMatches, registerFunctions } from './functions.ts';
import { printTree, type Rewriting } from './print-tree.ts';
import { visit } from './walk-tree.ts';

/** A parsed expression: its tree, and how to run it. */
export interface Program {
  readonly text: string;
  readonly tree: ASTNode;
  readonly run: (context: Record<string, unknown>) => unknown;
}

export type Compiled = { readonly program: Program } | { readonly problem: string };

const expressionLengthMax = 4_000;
const cachedMax = 20_000;

const environment = registerFunctions(
  new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 1_000, maxMapEntries: 1_000, maxCallArguments: 16 },
  }),
);

/** Compiling is pure, so what was compiled once is kept; bounded, and emptied when it is full. */
const cache = new Map<string, Compiled>();

/** Parses an expression, or says what is wrong with it. Never throws. */
export function compile(text: string): Compiled {
  const known = cache.get(text);
  if (known) return known;
  if (cache.size >= cachedMax) cache.clear();
  const compiled = parseExpression(text);
  cache.set(text, compiled);
  return compiled;
}

function parseExpression(text: string): Compiled {
  if (text.length > expressionLengthMax) {
    return { problem: `it has ${text.length} characters; ${expressionLengthMax} are allowed` };
  }
  try {
    const parsed = environment.parse(text);
    const { ast: tree } = parsed;
    const problem = findProblem(tree);
    if (problem !== undefined) return { problem };
    const execute = needsRewriting(tree) ? environment.parse(printTree(tree, rewriting)) : parsed;
    return { program: { text, tree, run: (context) => run(execute, context) } };
  } catch (error) {
    return { problem: describeFailure(error) };
  }
}

function run(execute: (context: Record<string, unknown>) => unknown, context: Record<string, unknown>): unknown {
  beginBudget();
  return execute(context);
}

/** What the library would do without a limit is done by functions of our own. */
const rewriting: Rewriting = {
  name: (node) => (node.args[0] === 'matches' ? linearMatches : undefined),
  around: (node) => {
    if (macros.has(node.args[0])) return { part: 'receiver', call: limited };
    return node.args[0] === 'bind' ? { part: 1, call: limited } : undefined;
  },
};

function needsRewriting(tree: ASTNode): boolean {
  let isNeeded = false;
  visit(tree, (node) => {
    isNeeded ||= node.op === 'rcall' && (node.args[0] === 'matches' || boundName(node) !== undefined);
  });
  return isNeeded;
}

/** The library's message without its drawing of the source, which the place shows already. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? message).replaceAll(linearMatches, 'matches').trim();
}
