import { suggest } from '../../../core/index.ts';
import { TemplateFault } from './fault.ts';
import { findFunction, listFunctionNames } from './functions.ts';
import { describeFault, type TemplateOutcome } from './problem.ts';
import { compileList, type Program } from './run/compile-nodes.ts';
import type { Execute } from './run/evaluate.ts';
import type { Node, TemplateTree } from './syntax/nodes.ts';
import { parseTree } from './syntax/parse-tree.ts';

/** A template that can be rendered any number of times. */
export interface ParsedTemplate {
  readonly text: string;
  readonly execute: Execute;
}

const cachedMax = 500;
const cache = new Map<string, TemplateOutcome<ParsedTemplate>>();

/** Texts beyond this size are no templates. */
const lengthMax = 4 * 1024 * 1024;

/**
 * Reads a Go template with the functions of text/template and Sprig, and those that are named.
 * Rule: never throws; what has been read lately is kept.
 * Shape: text in, a template out or where it is wrong; linear in the text.
 * Source: https://pkg.go.dev/text/template, https://masterminds.github.io/sprig/
 */
export function parseTemplate(text: string, functionNames: readonly string[] = []): TemplateOutcome<ParsedTemplate> {
  const key = `${functionNames.join(' ')}\n${text}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= cachedMax) cache.clear();
  const parsed = parseNew(text, functionNames);
  cache.set(key, parsed);
  return parsed;
}

function parseNew(text: string, functionNames: readonly string[]): TemplateOutcome<ParsedTemplate> {
  try {
    if (text.length > lengthMax) throw new TemplateFault(`the template is longer than ${lengthMax} characters`, 0);
    const tree = parseTree(text, (name) => findFunction(name) !== undefined || functionNames.includes(name));
    return { value: { text, execute: compileTree(tree) } };
  } catch (error) {
    if (error instanceof TemplateFault) return { problem: describeFault(suggestName(error, functionNames), text, {}) };
    throw error;
  }
}

/** What is defined is made when first called: most of it never is, and it may call itself. */
function compileTree({ main, defined }: TemplateTree): Execute {
  const program = new Map<string, { readonly execute: Execute }>();
  for (const [name, nodes] of defined) program.set(name, compileLater(nodes, program));
  return compileList(main, program);
}

function compileLater(nodes: readonly Node[], program: Program): { readonly execute: Execute } {
  let compiled: Execute | undefined;
  return {
    execute: (run, dot, variables) => {
      compiled ??= compileList(nodes, program);
      return compiled(run, dot, variables);
    },
  };
}

const unknownFunction = /^function "(.+)" not defined$/;

function suggestName(fault: TemplateFault, functionNames: readonly string[]): TemplateFault {
  const name = unknownFunction.exec(fault.message)?.[1];
  if (name === undefined) return fault;
  const meant = suggest(name, [...listFunctionNames(), ...functionNames]);
  return meant === undefined ? fault : new TemplateFault(`${fault.message} (did you mean "${meant}"?)`, fault.at);
}
