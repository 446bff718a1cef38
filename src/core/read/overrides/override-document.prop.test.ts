import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../model/value.ts';
import { overrideDocument } from './override-document.ts';
import { findWritten, mergeOver, trace, untrace, type WrittenAt } from './traced.ts';

const at: WrittenAt = { kind: 'file', place: { file: 'score.yaml', document: 0, path: [] } };
const name = fc.constantFrom('a', 'b', 'a.b', 'c\\', '0', 'constructor');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 1, '', 'x'),
    fc.array(tie('json')),
    fc.dictionary(name, tie('json')),
  ),
}));
const map = fc.dictionary(name, json);

function escape(step: string): string {
  return step.replaceAll('\\', '\\\\').replaceAll('.', '\\.');
}

test('tracing and untracing gives the data back', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(untrace(trace(value, at))).toEqual(value);
    }),
  );
});

test('a map laid over itself changes nothing, and laid over an empty one it is itself', () => {
  fc.assert(
    fc.property(map, (value) => {
      expect(untrace(mergeOver(trace(value, at), trace(value, at)))).toEqual(value);
      expect(untrace(mergeOver(trace({}, at), trace(value, at)))).toEqual(value);
    }),
  );
});

test('a value that was set is found where its path says, and traced to its property', () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 'x', true), (path, value) => {
      const properties = [`${path.map(escape).join('.')}=${value}`];
      const { traced, diagnostics } = overrideDocument({ file: 'score.yaml', document: 0, value: {} }, { properties });
      expect(diagnostics).toEqual([]);
      expect(untrace(traced)).toEqual(path.reduceRight<Json>((inner, step) => ({ [step]: inner }), value));
      expect(findWritten(traced, path)).toEqual({ at: { kind: 'property', index: 0 }, rest: [] });
    }),
  );
});

test('no overrides whatever make reading throw', () => {
  const properties = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[ab.\\0-]{0,6}=[[\]{}:,"a-]{0,5}$/)));
  fc.assert(
    fc.property(map, fc.string(), properties, (value, text, given) => {
      const overrides = { files: [{ file: 'over.yaml', text }], properties: given };
      const { traced } = overrideDocument({ file: 'score.yaml', document: 0, value }, overrides);
      expect(untrace(traced)).toBeTypeOf('object');
    }),
  );
});
