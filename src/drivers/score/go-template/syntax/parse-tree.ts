import { TemplateFault } from '../fault.ts';
import { lexTemplate } from './lex-template.ts';
import type { Node, TemplateTree } from './nodes.ts';
import { parseMain } from './parse-nodes.ts';
import type { Definition } from './token-stream.ts';

/** Reads a template and what it defines; throws a fault where it is wrong. */
export function parseTree(text: string, knowsFunction: (name: string) => boolean): TemplateTree {
  const defined = new Map<string, readonly Node[]>();
  const define = (name: string, { at, nodes }: Definition): void => {
    const known = defined.get(name);
    if (known && !isBlank(known)) {
      if (isBlank(nodes)) return;
      throw new TemplateFault(`multiple definition of template "${name}"`, at);
    }
    defined.set(name, nodes);
  };
  const main = parseMain({ tokens: lexTemplate(text), position: 0, variables: ['$'], rangeDepth: 0, depth: 0, knowsFunction, define });
  return { main, defined };
}

/** A definition of nothing but space gives way to another. */
function isBlank(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}
