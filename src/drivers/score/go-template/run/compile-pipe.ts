import { unreachable } from '../../../../core/index.ts';
import { failTemplate } from '../fault.ts';
import type { Command, Operand, Pipe } from '../syntax/nodes.ts';
import type { Val } from '../values/value.ts';
import { compileFunction } from './compile-function.ts';
import type { Evaluate } from './evaluate.ts';
import { callMember, readMember } from './members.ts';
import { spend, type Run } from './run.ts';

/** Makes one function of a pipeline: it gives the value, and puts it into the variables that it declares or assigns. */
export function compilePipe({ commands, targets }: Pipe): Evaluate {
  let evaluate: Evaluate | undefined;
  for (const command of commands) evaluate = settle(compileCommand(command, evaluate));
  const whole: Evaluate = evaluate ?? (() => undefined);
  if (targets.length === 0) return whole;
  return (run, dot, variables) => {
    const value = whole(run, dot, variables);
    for (const slot of targets) variables[slot] = value;
    return value;
  };
}

/** What comes out of a command is no value where it is nil. */
function settle(evaluate: Evaluate): Evaluate {
  return (run, dot, variables) => evaluate(run, dot, variables) ?? undefined;
}

/** Makes a function of one command; `before` gives the value of the command that it is piped from. */
function compileCommand(command: Command, before: Evaluate | undefined): Evaluate {
  const { head, args } = command;
  if (head.kind === 'function') return compileFunction(head, { args: args.map(compileOperand), before });
  const names = namesOf(head);
  const isCalled = args.length > 0 || before !== undefined;
  if (isCalled && names.length > 0) return compileMethod(head, { names, args: args.map(compileOperand), before });
  if (isCalled) return failing(head.at, `can't give argument to non-function ${showOperand(head)}`);
  return head.kind === 'nil' ? failing(head.at, 'nil is not a command') : compileOperand(head);
}

function namesOf(operand: Operand): readonly string[] {
  return operand.kind === 'field' || operand.kind === 'variable' || operand.kind === 'chain' ? operand.names : [];
}

function failing(at: number, message: string): Evaluate {
  return (run) => {
    run.at = at;
    return failTemplate(message);
  };
}

/** What stands as an argument or alone. */
function compileOperand(operand: Operand): Evaluate {
  switch (operand.kind) {
    case 'literal': {
      const { value } = operand;
      return () => value;
    }
    case 'dot':
      return (_run, dot) => dot;
    case 'nil':
      return () => undefined;
    case 'pipe':
      return compilePipe(operand.pipe);
    case 'function':
      return compileFunction(operand, { args: [], before: undefined });
    case 'field':
    case 'variable':
    case 'chain':
      return compileNames(compileBase(operand), operand.names, operand.at);
    default:
      return unreachable(operand);
  }
}

type Rooted = Extract<Operand, { readonly names: readonly string[] }>;

function compileBase(operand: Rooted): Evaluate {
  if (operand.kind === 'field') return (_run, dot) => dot;
  if (operand.kind === 'chain') {
    if (operand.base.kind === 'nil') return failing(operand.at, 'indirection through explicit nil');
    return compileOperand(operand.base);
  }
  const { slot } = operand;
  return (_run, _dot, variables) => variables[slot];
}

function compileNames(base: Evaluate, names: readonly string[], at: number): Evaluate {
  const [first, ...rest] = names;
  if (first === undefined) return base;
  return (run, dot, variables) => {
    const from = base(run, dot, variables);
    run.at = at;
    run.near = first;
    if (rest.length > 0) spend(run, rest.length);
    let value = readMember(from, first, run);
    for (const name of rest) value = readMember(value, name, run);
    return value;
  };
}

interface MethodCall {
  readonly names: readonly string[];
  readonly args: readonly Evaluate[];
  readonly before: Evaluate | undefined;
}

/** A field with arguments: only the methods of times and versions take some. */
function compileMethod(head: Operand, { names, args, before }: MethodCall): Evaluate {
  const base = 'names' in head ? compileNames(compileBase(head), names.slice(0, -1), head.at) : () => undefined;
  const name = names.at(-1) ?? '';
  const given = before ? [...args, before] : args;
  return (run, dot, variables) => {
    const value = base(run, dot, variables);
    const values = given.map((each) => each(run, dot, variables));
    return callAt({ run, at: head.at, name }, value, values);
  };
}

function callAt(
  { run, at, name }: { readonly run: Run; readonly at: number; readonly name: string },
  value: Val,
  args: readonly Val[],
): Val {
  run.at = at;
  run.near = name;
  return callMember(value, { name, args, run });
}

function showOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'literal':
      return operand.text;
    case 'dot':
      return '.';
    case 'variable':
      return operand.name;
    case 'pipe':
      return '(…)';
    default:
      return 'nil';
  }
}
