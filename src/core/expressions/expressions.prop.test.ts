import type { ASTNode } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/value.ts';
import { compile } from './cel.ts';
import { checkExpressions, listReferences } from './check.ts';
import { evaluate } from './evaluate.ts';
import { printTree } from './print-tree.ts';
import { scopeRoots, type ExpressionScope } from './scope.ts';
import { escapeTemplate } from './template.ts';

const place = { file: 'platform.yaml', document: 0, path: [] };
const scope: ExpressionScope = { params: { a: 1, b: 'x', c: [1, 2], d: { e: true } }, context: { slug: 's' } };

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('${', '$${', '}', '{', '"', "'", '\\', 'params', '.', 'a', '[', ']', '(', ')', '+', '?', ':', 'r', ' ', '1'), {
      maxLength: 20,
    })
    .map((parts) => parts.join('')),
);

const plainJson = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((value): Json => JSON.parse(JSON.stringify(value)));

describe('expressions of any text', () => {
  it('never throw, neither when checked nor when evaluated', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        checkExpressions({ [text]: [text] }, place, scopeRoots);
        listReferences(text, place);
        const outcome = evaluate({ key: text }, scope, place);
        expect(outcome.value !== undefined || outcome.diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('mean nothing where they are escaped', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(evaluate(escapeTemplate(text), scope, place)).toEqual({ value: text, diagnostics: [] });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('structures without expressions', () => {
  it('are given back as they are', () => {
    const constant = plainJson.filter((value) => !JSON.stringify(value).includes('${'));
    fc.assert(
      fc.property(constant, (value) => {
        expect(evaluate(value, scope, place).value).toBe(value);
      }),
    );
  });

  it('are what they were where every text in them is escaped', () => {
    fc.assert(
      fc.property(plainJson, (value) => {
        expect(evaluate(escapeAll(value), scope, place).value).toEqual(value);
      }),
    );
  });
});

function escapeAll(value: Json): Json {
  if (typeof value === 'string') return escapeTemplate(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(escapeAll);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [escapeTemplate(key), escapeAll(each)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const operators = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in'] as const;

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.constantFrom('a', 'params.b', '1', '2.5', '"x\\n\\"y"', "r'a.b'", 'true', 'null', '0x1F', '3u', 'b"z"', '[]', '{}'),
    fc
      .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    tie('expression').map((each) => `-(${each})`),
    tie('expression').map((each) => `!(${each})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([condition, yes, no]) => `(${condition}) ? (${yes}) : (${no})`),
    tie('expression').map((each) => `(${each}).name`),
    fc.tuple(tie('expression'), tie('expression')).map(([list, index]) => `(${list})[${index}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([list, each]) => `(${list}).map(x, ${each})`),
    fc.tuple(tie('expression'), tie('expression')).map(([first, second]) => `[${first}, {"k": ${second}}, size(${first})]`),
  ),
}));

describe('a printed syntax tree', () => {
  it('is parsed to the same tree', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const compiled = compile(text);
        fc.pre('program' in compiled);
        if (!('program' in compiled)) return;
        const again = compile(printTree(compiled.program.tree));
        expect('program' in again && show(again.program.tree)).toBe(show(compiled.program.tree));
      }),
      { numRuns: 1000 },
    );
  });
});

/** A tree without what depends on where in the text a node stands. */
function show(tree: ASTNode): string {
  return JSON.stringify(tree.toOldStructure(), (key, value: unknown) => {
    if (['pos', 'start', 'end'].includes(key)) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
