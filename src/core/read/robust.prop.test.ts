import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDiagnostic } from '../diagnostics/render.ts';
import { locate } from './locate.ts';
import { listFileSources, readScore } from './score/score.ts';
import { decodeText } from './text.ts';

const valid = `apiVersion: score.dev/v1b1
metadata: {name: shop, annotations: {a.b/c1: x}}
service:
  ports:
    web: {port: 80, targetPort: 8080, protocol: TCP}
containers:
  web: &web
    image: nginx
    command: ["sh", "-c", 'it''s']
    variables: {A: "\\u00e9 \${resources.db.host}"}
    files:
      /a: {content: "x", mode: "0644"}
      /b: {source: b.txt}
    volumes: [{target: /d, source: x, read_only: true}]
    before: {other: {ready: started}}
    resources: {limits: {memory: 1Gi, cpu: "1"}}
    livenessProbe: {httpGet: {port: 80, path: /}}
  other:
    <<: *web
    before: {}
resources:
  db: {type: postgres, class: large, id: main, params: {list: [1, 2.5, null, true]}}
`;

/** Reads, locates and shows; every position must lie within the text. */
function survive(text: string): void {
  const source = { file: 'score.yaml', text };
  listFileSources(source);
  const { value, diagnostics } = readScore([source], { images: { shop: 'x:1' } });
  const lines = text.split('\n');
  for (const diagnostic of locate(diagnostics, [source])) {
    renderDiagnostic(diagnostic, text);
    const { start, end } = diagnostic.source ?? {};
    if (!start || !end) continue;
    expect(start.line).toBeLessThanOrEqual(lines.length);
    expect(start.column).toBeLessThanOrEqual((lines[start.line - 1]?.length ?? 0) + 2);
    expect(end.line * 1e6 + end.column).toBeGreaterThanOrEqual(start.line * 1e6 + start.column);
  }
  const hasErrors = diagnostics.some((each) => each.severity === 'error');
  expect(value === undefined).toBe(hasErrors);
}

const yamlPieces = fc.constantFrom(
  '\n',
  '  ',
  ' ',
  '\t',
  ':',
  ': ',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '#',
  '&a',
  '*a',
  '!',
  '!!str ',
  '|',
  '>',
  '"',
  "'",
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  '<<',
  '~',
  '\\',
  '@',
  '`',
  '\r',
  '\r\n',
  '\u0085',
  '\ufeff',
  '\u0000',
  '\ud800',
  '😀',
  '__proto__',
  'constructor',
  '$tutti',
  '.inf',
  '0x1',
  'apiVersion',
  'score.dev/v1b1',
  'metadata',
  'containers',
  'image',
);
const runs = { numRuns: 600 };

test('reading never throws, on any text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(yamlPieces).map((parts) => parts.join('')),
      ),
      survive,
    ),
    runs,
  );
});

test('reading never throws, on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survive(decodeText(bytes).value ?? '')),
    runs,
  );
});

test('reading never throws, on a valid file with changes in it', () => {
  const edit = fc.record({ at: fc.nat(valid.length), drop: fc.nat(12), insert: fc.oneof(fc.constant(''), yamlPieces) });
  const property = fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
    survive(edits.reduce((text, { at, drop, insert }) => text.slice(0, at) + insert + text.slice(at + drop), valid));
  });
  fc.assert(property, runs);
});

test('no reading changes a prototype', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
  survive('{"__proto__": {x: 1}, constructor: {prototype: {x: 1}}, a: &a {"__proto__": {y: 1}}, b: {<<: *a}}');
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
});
