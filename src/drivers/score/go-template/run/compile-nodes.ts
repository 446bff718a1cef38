import { unreachable } from '../../../../core/index.ts';
import { failTemplate } from '../fault.ts';
import { printOne } from '../print/print-value.ts';
import type { ChoiceNode, Node, Pipe, RangeNode } from '../syntax/nodes.ts';
import { byteLength } from '../values/bytes.ts';
import { isTrue } from '../values/types.ts';
import type { Val } from '../values/value.ts';
import { compilePipe } from './compile-pipe.ts';
import type { Evaluate, Execute } from './evaluate.ts';
import { enter, leave, spend, write } from './run.ts';
import { walkItems } from './walk-items.ts';

/** The templates that a text defines, made when they are first called; shared by all that call them. */
export type Program = ReadonlyMap<string, { readonly execute: Execute }>;

const nothing: Execute = () => 'done';

/** Makes one function of a list of nodes. */
export function compileList(nodes: readonly Node[], program: Program): Execute {
  const steps = nodes.map((node) => compileNode(node, program));
  if (steps.length === 0) return nothing;
  return (run, dot, variables) => {
    spend(run, steps.length);
    for (const step of steps) {
      const signal = step(run, dot, variables);
      if (signal !== 'done') return signal;
    }
    return 'done';
  };
}

function compileNode(node: Node, program: Program): Execute {
  switch (node.kind) {
    case 'text':
      return compileText(node.text);
    case 'action':
      return compileAction(node.pipe);
    case 'if':
    case 'with':
      return compileChoice(node, program);
    case 'range':
      return compileRange(node, program);
    case 'template':
      return compileCall(node, program);
    case 'break':
    case 'continue': {
      const { kind } = node;
      return () => kind;
    }
    default:
      return unreachable(node);
  }
}

function compileText(text: string): Execute {
  const bytes = byteLength(text);
  return (run) => {
    write(run, text, bytes);
    return 'done';
  };
}

function compileAction(pipe: Pipe): Execute {
  const evaluate = compilePipe(pipe);
  if (pipe.targets.length > 0)
    return (run, dot, variables) => {
      evaluate(run, dot, variables);
      return 'done';
    };
  return (run, dot, variables) => {
    const value = evaluate(run, dot, variables);
    if (typeof value === 'object') run.at = pipe.at;
    const text = typeof value === 'string' ? value : printOne(value, run);
    write(run, text, byteLength(text));
    return 'done';
  };
}

function compileChoice({ kind, branches, otherwise }: ChoiceNode, program: Program): Execute {
  const choices = branches.map(({ pipe, body }) => ({ test: compilePipe(pipe), body: compileList(body, program) }));
  const rest = compileList(otherwise, program);
  return (run, dot, variables) => {
    enter(run);
    const chosen = choose(choices, (test) => {
      spend(run, 1);
      return test(run, dot, variables);
    });
    const inner = chosen && kind === 'with' ? chosen.value : dot;
    const signal = (chosen ? chosen.body : rest)(run, inner, variables);
    leave(run);
    return signal;
  };
}

interface Choice {
  readonly test: Evaluate;
  readonly body: Execute;
}

function choose(
  choices: readonly Choice[],
  evaluate: (test: Evaluate) => Val,
): { readonly value: Val; readonly body: Execute } | undefined {
  for (const { test, body } of choices) {
    const value = evaluate(test);
    if (isTrue(value)) return { value, body };
  }
  return undefined;
}

function compileRange({ pipe, body, otherwise }: RangeNode, program: Program): Execute {
  const evaluate = compilePipe(pipe);
  const each = compileList(body, program);
  const rest = compileList(otherwise, program);
  const [first, second] = pipe.targets;
  return (run, dot, variables) => {
    enter(run);
    const value = evaluate(run, dot, variables);
    run.at = pipe.at;
    const count = walkItems(value, { run, targets: pipe.targets.length }, (index, item) => {
      spend(run, 1);
      if (second !== undefined) variables[second] = item;
      if (first !== undefined) variables[first] = second === undefined ? item : index;
      return each(run, item, variables) !== 'break';
    });
    const signal = count === 0 ? rest(run, dot, variables) : 'done';
    leave(run);
    return signal;
  };
}

function compileCall(
  { at, name, pipe }: { readonly at: number; readonly name: string; readonly pipe: Pipe | undefined },
  program: Program,
): Execute {
  const evaluate = pipe ? compilePipe(pipe) : undefined;
  return (run, dot, variables) => {
    const called = program.get(name);
    if (!called) {
      run.at = at;
      failTemplate(`template "${name}" not defined`);
    }
    const inner = evaluate?.(run, dot, variables);
    run.at = at;
    enter(run);
    called.execute(run, inner, [inner]);
    leave(run);
    return 'done';
  };
}
