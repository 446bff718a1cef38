import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listFunctionNames } from './functions.ts';
import { parseTemplate } from './parse-template.ts';
import { renderOnce, renderText } from './test-support.ts';
import { byteLength } from './values/bytes.ts';
import { floatOf, structOf, type GoValue } from './values/incoming.ts';

const anyKey = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString'), fc.string({ maxLength: 4 }));

const { data: anyData } = fc.letrec<{ readonly data: GoValue }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double().map(floatOf),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.array(fc.tuple(anyKey, tie('data')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    fc.dictionary(fc.constantFrom('A', 'B'), tie('data')).map((fields) => structOf('Data', fields)),
  ),
}));

const anyLiteral = fc.oneof(
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.integer({ min: -9, max: 99 }).map(String),
  fc.constantFrom(
    '1.5',
    '-0.0',
    '1e21',
    '0x1F',
    "'x'",
    'true',
    'false',
    'nil',
    '"%d %v %5.2f|%q"',
    '"a(b|c)*"',
    '"2006-01-02"',
    '9223372036854775807',
  ),
  fc.constantFrom('.', '$', '.a', '.a.b', '.b.c', '$.c', '.A', '.none.none', '$x'),
);

const anyName = fc.constantFrom(...listFunctionNames());

const { expression: anyExpression } = fc.letrec<{ readonly expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    anyLiteral,
    fc.tuple(anyName, fc.array(tie('expression'), { maxLength: 4 })).map(([name, args]) => `(${[name, ...args].join(' ')})`),
    fc.tuple(tie('expression'), anyName, anyLiteral).map(([left, name, literal]) => `(${left} | ${name} ${literal})`),
    tie('expression').map((inner) => `(${inner}).a`),
  ),
}));

const { template: anyTemplate } = fc.letrec<{ readonly template: string }>((tie) => ({
  template: fc.oneof(
    { depthSize: 'small' },
    fc.string({ maxLength: 6 }),
    anyExpression.map((expression) => `{{ ${expression} }}`),
    anyExpression.map((expression) => `{{- $x = ${expression} -}}`),
    fc
      .tuple(anyExpression, tie('template'), tie('template'))
      .map(([test, body, rest]) => `{{ if ${test} }}${body}{{ else }}${rest}{{ end }}`),
    fc
      .tuple(anyExpression, tie('template'), tie('template'))
      .map(([test, body, rest]) => `{{ with ${test} }}${body}{{ else }}${rest}{{ end }}`),
    fc.tuple(anyExpression, tie('template')).map(([list, body]) => `{{ range $i, $e := ${list} }}${body}{{ break }}{{ end }}`),
    fc.tuple(anyExpression, tie('template')).map(([list, body]) => `{{ range ${list} }}${body}{{ end }}`),
    fc.tuple(anyExpression, tie('template')).map(([dot, body]) => `{{ block "b" ${dot} }}{{ $x := 1 }}${body}{{ end }}`),
    fc.array(tie('template'), { maxLength: 3 }).map((parts) => parts.join('')),
  ),
}));

const anyPieces = fc
  .array(
    fc.constantFrom(
      '{{',
      '}}',
      '{{-',
      '-}}',
      ' ',
      'if',
      'end',
      'else',
      'range',
      '.',
      '$x',
      ':=',
      '=',
      '|',
      '(',
      ')',
      '"',
      '`',
      "'",
      '/*',
      '*/',
      '1',
      'a',
      ',',
      '\n',
      'define',
      'block',
      'template',
      'break',
      'printf',
      '\\',
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

const budget = { stepsMax: 20_000, sizeBytesMax: 5_000 };

describe('templates of any text and data', () => {
  it('never throw, but give a text within the budget or a problem with its place', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      anyPieces,
      anyTemplate.map((body) => `{{ $x := 1 }}${body}`),
    );
    fc.assert(
      fc.property(anyText, anyData, (text, data) => {
        const outcome = renderOnce(text, data, { budget });
        if ('value' in outcome) expect(byteLength(outcome.value)).toBeLessThanOrEqual(budget.sizeBytesMax);
        else {
          const line = text.split('\n')[outcome.problem.line - 1];
          expect(outcome.problem.message).not.toBe('');
          expect(outcome.problem.column).toBeGreaterThan(0);
          expect(outcome.problem.column).toBeLessThanOrEqual((line?.length ?? -1) + 1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('give the same when they are rendered again', () => {
    fc.assert(
      fc.property(anyTemplate, anyData, (body, data) => {
        const text = `{{ $x := 1 }}${body}`;
        expect(renderText(text, data, { budget })).toBe(renderText(text, data, { budget }));
      }),
      { numRuns: 1000 },
    );
  });
});

it('no problem shows a value of the data, unless the template fails with it', () => {
  const secret = 'S3cr3t-9417';
  const data = { a: secret, b: { c: `http://u:${secret}@h:x/`, b: [secret, 1] }, A: { [secret]: secret } };
  fc.assert(
    fc.property(
      anyTemplate.filter((text) => !text.includes('fail')),
      (body) => {
        const outcome = renderOnce(`{{ $x := .a }}${body}`, data, { budget });
        if ('problem' in outcome) expect(JSON.stringify(outcome.problem)).not.toContain(secret);
      },
    ),
    { numRuns: 3000 },
  );
});

it('a text without actions is itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('{{')),
      (text) => {
        expect(renderText(text)).toBe(text);
      },
    ),
  );
});

it('a quoted text is itself when it is read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const quoted = renderText('{{ quote . }}', text);
      expect(renderText(`{{ ${quoted} }}`)).toBe(text);
    }),
  );
});

it('what is encoded is itself when it is decoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(renderText('{{ . | b64enc | b64dec }}{{ . | b32enc | b32dec }}{{ . | toJson | fromJson }}', text)).toBe(text.repeat(3));
    }),
  );
});

it('a value printed as JSON is the same whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.integer()), { maxLength: 6 }), (entries) => {
      const unique = [...new Map(entries)];
      const json = renderText('{{ toJson . }}', Object.fromEntries(unique));
      expect(renderText('{{ toJson . }}', Object.fromEntries(unique.toReversed()))).toBe(json);
    }),
  );
});

it('reading a template again gives the same template', () => {
  expect(parseTemplate('{{ .a }}')).toBe(parseTemplate('{{ .a }}'));
  expect(parseTemplate('{{ f }}', ['f'])).not.toEqual(parseTemplate('{{ f }}'));
});
