import type { ASTNode } from '@marcbachmann/cel-js';

/** How calls are written; `undefined` writes one as it is. */
export interface Rewriting {
  readonly name?: (node: ASTNode & { op: 'rcall' }) => string | undefined;
  /** A function to put around the receiver of a call, or around one of its arguments. */
  readonly around?: (node: ASTNode & { op: 'rcall' }) => { readonly part: 'receiver' | number; readonly call: string } | undefined;
}

/**
 * Writes a syntax tree as an expression that is parsed to the same tree.
 * Why: the printer of the library drops parentheses that are needed (`10 - (3 + 2)`) and digits of numbers.
 * Shape: literals are taken from the source as they stand there.
 */
export function printTree(node: ASTNode, rewriting: Rewriting = {}): string {
  const print = (each: ASTNode): string => printTree(each, rewriting);
  switch (node.op) {
    case 'value':
      return node.input.slice(node.start, node.end);
    case 'id':
      return node.args;
    case 'call':
      return `${node.args[0]}(${node.args[1].map(print).join(', ')})`;
    case 'rcall':
      return printMethod(node, rewriting);
    case 'list':
      return `[${node.args.map(print).join(', ')}]`;
    case 'map':
      return `{${node.args.map(([key, value]) => `${print(key)}: ${print(value)}`).join(', ')}}`;
    default:
      return printMember(node, rewriting);
  }
}

function printMember(node: Member | Operator, rewriting: Rewriting): string {
  switch (node.op) {
    case '.':
    case '.?':
      return `${printBelow(node.args[0], memberBinding, rewriting)}${node.op}${node.args[1]}`;
    case '[]':
    case '[?]': {
      const [start, end] = node.op === '[]' ? ['[', ']'] : ['[?', ']'];
      return `${printBelow(node.args[0], memberBinding, rewriting)}${start}${printTree(node.args[1], rewriting)}${end}`;
    }
    default:
      return printOperator(node, rewriting);
  }
}

function printMethod(node: ASTNode & { op: 'rcall' }, rewriting: Rewriting): string {
  const [name, receiver, parameters] = node.args;
  const around = rewriting.around?.(node);
  const wrap = (part: 'receiver' | number, text: string): string => (around?.part === part ? `${around.call}(${text})` : text);
  const isWrapped = around?.part === 'receiver';
  const before = isWrapped ? wrap('receiver', printTree(receiver, rewriting)) : printBelow(receiver, memberBinding, rewriting);
  const within = parameters.map((each, index) => wrap(index, printTree(each, rewriting))).join(', ');
  return `${before}.${rewriting.name?.(node) ?? name}(${within})`;
}

type Leaf = 'value' | 'id' | 'call' | 'rcall' | 'list' | 'map';
type Member = Extract<ASTNode, { op: '.' | '.?' | '[]' | '[?]' }>;
type Operator = Exclude<ASTNode, Member | { op: Leaf }>;

function printOperator(node: Operator, rewriting: Rewriting): string {
  const binding = bindingOf(node);
  switch (node.op) {
    case '!_':
    case '-_':
      // A number right behind the sign would be read as one with it.
      return `${node.op.slice(0, 1)}${printBelow(node.args, memberBinding, rewriting)}`;
    case '?:': {
      const [condition, yes, no] = node.args;
      const chosen = `${printBelow(yes, binding + 1, rewriting)} : ${printBelow(no, binding, rewriting)}`;
      return `${printBelow(condition, binding + 1, rewriting)} ? ${chosen}`;
    }
    default: {
      const [left, right] = node.args;
      return `${printBelow(left, binding, rewriting)} ${node.op} ${printBelow(right, binding + 1, rewriting)}`;
    }
  }
}

/** In parentheses where the node binds less tightly than it has to. */
function printBelow(node: ASTNode, binding: number, rewriting: Rewriting): string {
  const text = printTree(node, rewriting);
  return bindingOf(node) < binding ? `(${text})` : text;
}

const memberBinding = 9;

/** As the library parses; `==` binds less tightly than `<` there. */
const bindings: Readonly<Record<string, number>> = {
  '?:': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  in: 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '!_': 8,
  '-_': 8,
};

function bindingOf(node: ASTNode): number {
  return bindings[node.op] ?? memberBinding;
}
