import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../read/yaml.ts';
import { readScore } from '../../read/score/score.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import { canonicalValue } from '../for-digest.ts';
import { expectValue, printObjects, renderDeclared } from '../test-support.ts';
import { escapeReferences } from './secret-env.ts';

const text = `apiVersion: score.dev/v1b1
metadata: {name: api, annotations: {example.com/team: blue, example.com/area: a}}
service: {ports: {http: {port: 80}, admin: {port: 81}}}
containers:
  main:
    image: x
    variables: {B: "\${resources.db.host}", A: "\${resources.db.password}", C: "\${resources.peer.port}"}
    files: {/b: {content: b}, /a: {content: "\${resources.db.password}"}, /c: {binaryContent: aGk=}}
    volumes: {/z: {source: "\${resources.data}"}, /y: {source: "\${resources.more}"}}
    resources: {limits: {memory: 1Gi, cpu: "1"}}
  side: {image: y, variables: {Z: z, Y: y}}
  init: {image: z, before: {main: {ready: complete}}}
resources:
  more: {type: volume}
  db: {type: postgres}
  data: {type: volume}
  peer: {type: service, id: api}
`;

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

/** What Kubernetes makes of the value of a variable where no variable is defined that it could refer to. */
function expandAsKubernetes(value: string): string {
  let result = '';
  let at = 0;
  while (at < value.length) {
    const next = value[at + 1];
    if (value[at] === '$' && next === '$') {
      result += '$';
      at += 2;
    } else if (value[at] === '$' && next === '(' && value.includes(')', at)) {
      const end = value.indexOf(')', at);
      result += `<${value.slice(at + 2, end)}>`;
      at = end + 1;
    } else {
      result += value[at];
      at += 1;
    }
  }
  return result;
}

describe('rendering', () => {
  it('gives the same bytes for the same input, whatever the order of its keys', () => {
    const workloads = readTestScore();
    const expected = renderDeclared(workloads, {});
    expect(expected.diagnostics).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const permuted = renderDeclared(permute(workloads, randomFrom(seed)), {});
        expect(permuted.objects.map((each) => each.hash)).toEqual(expected.objects.map((each) => each.hash));
        expect(printObjects(permuted.objects)).toBe(printObjects(expected.objects));
      }),
      { numRuns: 30 },
    );
  });

  it('prints objects that read back as they are', () => {
    const printed = printObjects(renderDeclared(readTestScore(), {}).objects);
    const documents = expectValue(parseYaml('out.yaml', printed));
    expect(printObjects(renderDeclared(readTestScore(), {}).objects)).toBe(printed);
    expect(documents).toHaveLength(renderDeclared(readTestScore(), {}).objects.length);
  });

  it('keeps its input as it is', () => {
    const workloads = readTestScore();
    const before = JSON.stringify(workloads);
    renderDeclared(workloads, {});
    expect(JSON.stringify(workloads)).toBe(before);
  });

  it('puts no value of a secret and nothing that differs between two runs into an object', () => {
    const [first, second] = [1, 2].map(() => renderDeclared(readTestScore(), {}).objects.map((each) => canonicalValue(each.body)));
    expect(first).toEqual(second);
  });

  it('escapes variables so that Kubernetes gives the container what Score says', () => {
    const dollars = fc.array(fc.constantFrom('$', '$$', '(', ')', '(A)', 'a', '{'), { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string(), dollars), (value) => {
        expect(expandAsKubernetes(escapeReferences(value))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });
});
