import type * as z from 'zod';
import { operations, type Operation, type OperationId, type OperationInput } from '../../contract/index.ts';
import { diagnose, didYouMean, fail, invariant, quote, succeed, type Diagnostic, type Outcome } from '../../core/index.ts';

/** What a transport found in a request. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON; `undefined` where there was no body. */
  readonly body: unknown;
}

/**
 * Checks a request against its operation.
 * Rule: all that is wrong is reported, each with its place in the request; nothing unknown passes.
 * Reports: T8006.
 */
export function parseInput<Id extends OperationId>(id: Id, raw: RawInput): Outcome<OperationInput<Id>> {
  const operation: Operation = operations[id];
  const parts = [
    parsePart(operation.params, raw.params, 'path'),
    parsePart(operation.query, raw.query, 'query'),
    parsePart(operation.body, raw.body, 'body'),
  ];
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  if (diagnostics.length > 0) return fail(...diagnostics);
  const [params, query, body] = parts.map((part) => part.value);
  const input = { ...toFields(params), ...toFields(query), ...(operation.body && { body }) };
  invariant(isChecked(id, input), 'what the schemas passed is an input of the operation');
  return succeed(input);
}

/** The documented border of this layer: the schemas that the type is made of have just passed the value. */
function isChecked<Id extends OperationId>(_id: Id, _input: object): _input is OperationInput<Id> {
  return true;
}

function toFields(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

type Part = 'path' | 'query' | 'body';

function parsePart(schema: z.ZodType | undefined, value: unknown, part: Part): Outcome<unknown> {
  if (!schema) return isEmpty(value) ? { diagnostics: [] } : fail(describe(part, 'nothing is expected here'));
  if (part === 'body' && value === undefined) return fail(describe(part, 'a JSON document is expected, and there is none'));
  const parsed = schema.safeParse(value);
  return parsed.success ? succeed(parsed.data) : fail(...parsed.error.issues.flatMap((issue) => describeIssue(issue, [part], value)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

type Path = readonly PropertyKey[];

const issueCountMax = 50;

function describeIssue(issue: z.core.$ZodIssue, base: Path, value: unknown): readonly Diagnostic[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, issueCountMax).map((key) => describe(showPath([...path, key]), 'this field is not known'));
    case 'invalid_union':
      return describeUnion(issue, path, readPath(value, issue.path));
    case 'invalid_value':
      return [
        describe(
          showPath(path),
          `one of ${issue.values.map(String).join(', ')} is expected`,
          suggestValue(issue.values, readPath(value, issue.path)),
        ),
      ];
    case 'invalid_type':
      return [
        describe(
          showPath(path),
          `${nameExpected(issue.expected)} is expected${readPath(value, issue.path) === undefined ? ', and there is nothing' : ''}`,
        ),
      ];
    default:
      return [describe(showPath(path), issue.message.toLowerCase())];
  }
}

/** The branch that was meant is the one with the fewest problems at its own top. */
function describeUnion(issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>, path: Path, value: unknown): readonly Diagnostic[] {
  const [meant] = issue.errors.toSorted((left, right) => measure(left) - measure(right));
  if (!meant || meant.length === 0)
    return [
      describe(
        showPath(path),
        `none of the known forms${issue.discriminator === undefined ? '' : `, which differ in ${quote(issue.discriminator)}`}`,
      ),
    ];
  return meant.flatMap((each) => describeIssue(each, path, value));
}

function measure(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length * 2 : Math.max(1, 3 - issue.path.length)),
    0,
  );
}

function suggestValue(values: readonly unknown[], value: unknown): string {
  return typeof value === 'string' ? didYouMean(value, values.map(String)) : '';
}

function readPath(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

const expectedNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  nonoptional: 'a value',
};

function nameExpected(expected: string): string {
  return expectedNames[expected] ?? expected;
}

function describe(where: string, what: string, hint = ''): Diagnostic {
  return diagnose('T8006', { detail: `${where}: ${what}.${hint}` });
}

function showPath(path: Path): string {
  let shown = '';
  for (const key of path) {
    if (typeof key === 'string' && /^[\w-]+$/.test(key)) shown += `${shown === '' ? '' : '.'}${key}`;
    else shown += `[${typeof key === 'string' ? quote(key) : String(key)}]`;
  }
  return shown;
}
