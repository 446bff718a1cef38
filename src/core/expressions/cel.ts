import { Environment, serialize, type ASTNode } from '@marcbachmann/cel-js';
import { linearMatches, registerFunctions } from './functions.ts';

export { serialize, type ASTNode };

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
    const rewritten = replaceMatches(text, parsed.ast);
    const run = rewritten === text ? parsed : environment.parse(rewritten);
    return { program: { text, tree: parsed.ast, run: (context) => run(context) } };
  } catch (error) {
    return { problem: describeFailure(error) };
  }
}

/** Names our linear-time function wherever the expression calls `matches`; last call first, so that offsets stay right. */
function replaceMatches(text: string, tree: ASTNode): string {
  const ends: number[] = [];
  visit(tree, (node) => {
    if (node.op === 'rcall' && node.args[0] === 'matches') ends.push(node.args[1].end);
  });
  let result = text;
  for (const end of ends.toSorted((left, right) => right - left)) {
    result = result.slice(0, end) + result.slice(end).replace('matches', linearMatches);
  }
  return result;
}

/** Calls back for a node and all below it. */
export function visit(node: ASTNode, callback: (node: ASTNode) => void): void {
  callback(node);
  for (const child of childrenOf(node)) visit(child, callback);
}

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** The library's message without its drawing of the source, which the place shows already. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? message).trim();
}
