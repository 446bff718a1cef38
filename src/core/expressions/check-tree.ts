import type { ASTNode } from '@marcbachmann/cel-js';
import { visit } from './walk-tree.ts';

/** Macros that go through a list and bind a name to each of its entries. */
export const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** All names that may be in scope anywhere: none of them may mean something else within an expression. */
const reservedNames: ReadonlySet<string> = new Set([
  'params',
  'resource',
  'context',
  'target',
  'locals',
  'generate',
  'workload',
  'workloads',
  'resources',
  'select',
  'base64',
  'url',
  'cel',
]);

/** The name that a macro or `cel.bind` binds. */
export function boundName(node: ASTNode): string | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, , [variable]] = node.args;
  const isBinding = macros.has(name) || name === 'bind';
  return isBinding && variable?.op === 'id' ? variable.args : undefined;
}

/** Says what is wrong with a tree that the library takes, but that would mean something else than it says. */
export function findProblem(tree: ASTNode): string | undefined {
  let problem: string | undefined;
  visit(tree, (node) => {
    problem ??= describeShadow(node) ?? describeKeys(node);
  });
  return problem;
}

function describeShadow(node: ASTNode): string | undefined {
  const name = boundName(node);
  if (name === undefined || !reservedNames.has(name)) return undefined;
  return `the variable "${name}" has the name of something that is in scope; choose another`;
}

/** The library lets the last of equal keys win. */
function describeKeys(node: ASTNode): string | undefined {
  if (node.op !== 'map') return undefined;
  const keys = node.args.flatMap(([key]) => (key.op === 'value' && typeof key.args === 'string' ? [key.args] : []));
  if (keys.includes('__proto__')) return 'the key "__proto__" cannot be used';
  const twin = keys.find((key, index) => keys.indexOf(key) !== index);
  return twin === undefined ? undefined : `the key "${twin}" comes twice in a map`;
}
