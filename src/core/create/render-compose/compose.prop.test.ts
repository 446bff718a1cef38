import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeclaredWorkload } from '../../model/workload.ts';
import type { Json, ValueObject } from '../../model/value.ts';
import { parseYaml } from '../../read/yaml.ts';
import { printYaml } from '../../read/print-yaml.ts';
import { readScore } from '../../read/score/score.ts';
import { expectValue, renderDeclared, spell } from '../test-support.ts';
import { escapeDollars, escapeForEnvFile } from './escape.ts';
import { joinProject } from './project.ts';
import { renderFragmentsForTest } from './test-support.ts';

const text = `apiVersion: score.dev/v1b1
metadata: {name: api, annotations: {example.com/team: blue, example.com/area: "$a"}}
service: {ports: {http: {port: 80}, admin: {port: 81}}}
containers:
  main:
    image: x
    variables: {B: "\${resources.db.host}", A: "\${resources.db.password}", C: "\${resources.peer.port}"}
    files: {/b: {content: b}, /a: {content: "\${resources.db.password}"}, /c: {binaryContent: aGk=}}
    volumes: {/z: {source: "\${resources.data}"}, /y: {source: "\${resources.more}"}}
    resources: {limits: {memory: 1Gi, cpu: "1"}}
    readinessProbe: {exec: {command: [ls, "$x"]}}
  side: {image: y, variables: {Z: z, Y: y}}
  init: {image: z, before: {main: {ready: complete}}}
resources:
  more: {type: volume}
  db: {type: postgres}
  data: {type: volume}
  peer: {type: service, id: api}
`;

const context = { format: 'compose' } as const;

/** The same data, the keys of its maps in another order. */
function permute<T>(value: T, random: () => number): T;
function permute(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => permute(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => ({ at: random(), entry: [key, permute(each, random)] as const }));
  return Object.fromEntries(entries.toSorted((left, right) => left.at - right.at).map(({ entry }) => entry));
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state;
  };
}

function readTestScore(): readonly DeclaredWorkload[] {
  return expectValue(readScore([{ file: 'score.yaml', text }]));
}

function printProject(workloads: readonly DeclaredWorkload[]): string {
  const { objects, diagnostics } = renderDeclared(workloads, { context });
  expect(diagnostics).toEqual([]);
  return printYaml(spell(joinProject(objects)));
}

/** What Compose makes of a text where no variable is set: its own words for it, written anew. */
function interpolate(value: string): string {
  return value.replaceAll(/\$(?:(\$)|\{[^}]*\}|[A-Za-z_]\w*)/g, (_, dollar: string | undefined) => dollar ?? '');
}

/** What the reader of env files makes of the text between double quotes, written anew. */
function readQuoted(quoted: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', $: '$$', '"': '"', '\\': '\\' };
  const unescaped = quoted.replaceAll(/\\([nr$"\\])/g, (_, escape: string) => escapes[escape] ?? '');
  return interpolate(unescaped);
}

const dollars = fc.array(fc.constantFrom('$', '$$', '{', '}', '${A}', 'a', 'A', '\\', '"', '\n', '(', '=', ' '), { maxLength: 12 });
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  dollars.map((parts) => parts.join('')),
);

describe('rendering for Compose', () => {
  it('gives the same bytes for the same input, whatever the order of its keys', () => {
    const workloads = readTestScore();
    const expected = printProject(workloads);
    expect(printProject(readTestScore())).toBe(expected);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        expect(printProject(permute(workloads, randomFrom(seed)))).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('gives a project of nothing but the sections that Compose knows', () => {
    const [document] = expectValue(parseYaml('compose.yaml', printProject(readTestScore())));
    expect(Object.keys(Object(document?.value))).toEqual(['configs', 'name', 'secrets', 'services', 'volumes']);
  });

  it('escapes texts so that Compose gives the container what was said', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(interpolate(escapeDollars(value))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('escapes secrets so that the reader of env files gives the container what they are', () => {
    fc.assert(
      fc.property(texts, (value) => {
        const escaped = escapeForEnvFile(value);
        expect(escaped).not.toMatch(/[\n\r]|(?<!\\)(?:\\\\)*"/);
        expect(readQuoted(escaped)).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('says in every text of a fragment what the fragment says', () => {
    const leaves = fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaves,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'command', 'x-y'), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('image', 'command', 'x-a'), tree, { maxKeys: 3 }), (service) => {
        const { value } = renderFragmentsForTest([{ networks: { net: service } }]);
        const body: ValueObject = value?.[0]?.body ?? {};
        expect(walk(spell(body), interpolate)).toEqual({ networks: { net: service } });
      }),
      { numRuns: 300 },
    );
  });
});

function walk(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => walk(each, change));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, change)]));
}
