import type { ASTNode } from '@marcbachmann/cel-js';

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
