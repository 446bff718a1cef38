import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withheldNames } from './functions.ts';
import { parseTemplate } from './parse-template.ts';
import { renderTemplate } from './render-template.ts';
import { renderOnce, renderText, surroundings } from './test-support.ts';
import { floatOf, structOf, type GoValue } from './values/incoming.ts';

describe('data', () => {
  const data = structOf('Data', { Uid: 'redis.default#a', State: { k: 'v' }, Port: structOf('Port', { Number: 80 }) });

  it('marked as a struct has fields, and it is an error to name another', () => {
    expect(renderText('{{ .Uid }} {{ .State.k }} {{ .State.none }} {{ .Port.Number }}', data)).toBe('redis.default#a v <no value> 80');
    expect(renderText('{{ .Guid }}', data)).toBe("fails at 1:4 can't evaluate field Guid in type Data");
    expect(renderText('{{ .Uid 1 }}', data)).toBe('fails at 1:4 Uid has arguments but cannot be invoked as function');
  });

  it('marked as a struct is printed as Go prints one', () => {
    const port = structOf('Port', { Number: 80, Name: 'web' });
    expect(renderText('{{ . }} {{ printf "%+v %#v" . . }} {{ toJson . }} {{ kindOf . }}', port)).toBe(
      '{80 web} {Number:80 Name:web} Port{Number:80, Name:"web"} {"Number":80,"Name":"web"} struct',
    );
  });

  it('is an int where it is whole, and a float64 where it is not or is marked so', () => {
    expect(renderText('{{ range . }}{{ typeOf . }} {{ end }}', [1, 1.5, floatOf(1), 2 ** 60])).toBe('int float64 float64 float64 ');
  });

  it('may have any keys, those of prototypes too', () => {
    const parsed: { readonly d: string } = JSON.parse('{"__proto__": 1, "constructor": {"prototype": 2}, "d": "x"}');
    expect(renderText('{{ .__proto__ }} {{ .constructor.prototype }} {{ .toString }} {{ hasOwnProperty }}', parsed)).toBe(
      'fails at 1:66 function "hasOwnProperty" not defined',
    );
    expect(renderText('{{ .__proto__ }} {{ .constructor.prototype }} {{ .toString }} {{ toJson . }}', parsed)).toBe(
      '1 2 <no value> {"__proto__":1,"constructor":{"prototype":2},"d":"x"}',
    );
    expect(renderText('{{ $d := dict "__proto__" 1 }}{{ $_ := set $d "constructor" 2 }}{{ $d }} {{ (dict).__proto__ }}')).toBe(
      'map[__proto__:1 constructor:2] <no value>',
    );
  });

  it('stays as it is though a template changes what it sees of it', () => {
    const state = { list: [1], nested: { a: 1 } };
    const text = '{{ $_ := set .nested "b" 2 }}{{ $_ := unset .nested "a" }}{{ $_ := merge . (dict "c" 3) }}{{ . }}';
    expect(renderText(text, state)).toBe('map[c:3 list:[1] nested:map[b:2]]');
    expect(state).toEqual({ list: [1], nested: { a: 1 } });
    expect(renderText(text, state)).toBe('map[c:3 list:[1] nested:map[b:2]]');
  });
});

describe('functions of the caller', () => {
  const functions = {
    encode: (name: unknown, ...rest: readonly unknown[]) => ({ value: `<${JSON.stringify([name, ...rest])}>` }),
    refuse: () => ({ problem: 'not today' }),
    give: () => ({ value: { list: [1, { deep: 'x' }] } }),
  };

  it('take plain data and give some', () => {
    expect(renderText('{{ encode "a" 1 (list 1.5 nil) . | upper }} {{ (index (give).list 1).deep }}', { k: true }, { functions })).toBe(
      '<["A",1,[1.5,NULL],{"K":TRUE}]> x',
    );
  });

  it('can say what is wrong', () => {
    expect(renderOnce('{{ refuse }}', null, { functions })).toEqual({
      problem: { message: 'error calling refuse: not today', line: 1, column: 4, near: 'refuse' },
    });
  });

  it('are unknown where they were not named, and not offered where they were not given', () => {
    expect(renderText('{{ encod 1 }}', null, { functions })).toBe('fails at 1:4 function "encod" not defined (did you mean "encode"?)');
    const parsed = parseTemplate('{{ elsewhere }}', ['elsewhere']);
    const outcome = 'value' in parsed ? renderTemplate(parsed.value, null, surroundings) : parsed;
    expect(outcome).toEqual({ problem: { message: 'function "elsewhere" is not offered here', line: 1, column: 4, near: 'elsewhere' } });
  });
});

describe('functions that are withheld', () => {
  it.each(withheldNames.map((name) => [name] as const))('say so, and why: %s', (name) => {
    expect(renderText(`{{ ${name} "x" }}`)).toMatch(new RegExp(`^fails at 1:4 ${name} is not available here: .{20}`));
    expect(renderText(`{{ if false }}{{ ${name} "x" }}{{ end }}`)).toBe('');
  });
});

describe('random values', () => {
  it.each([
    ['randAlpha 20', /^[A-Za-z]{20}$/],
    ['randAlphaNum 20', /^[A-Za-z0-9]{20}$/],
    ['randNumeric 20', /^[0-9]{20}$/],
    ['randAscii 20', /^[ -~]{20}$/],
    ['randBytes 16', /^[A-Za-z0-9+/]{22}==$/],
    ['randInt 5 8', /^[567]$/],
    ['uuidv4', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['shuffle "aabbcc"', /^[abc]{6}$/],
    ['randAlpha 0', /^$/],
  ])('have the form that %s says, and are the same in every rendering', (call, form) => {
    const first = renderText(`{{ ${call} }}`);
    expect(first).toMatch(form);
    expect(renderText(`{{ ${call} }}`)).toBe(first);
  });

  it('differ from place to place and from turn to turn', () => {
    const drawn = renderText('{{ randAlpha 12 }} {{ randAlpha 12 }}{{ range 3 }} {{ randAlpha 12 }}{{ end }}').split(' ');
    expect(new Set(drawn).size).toBe(5);
  });

  it('are drawn by place and turn, and told to the caller', () => {
    const names: string[] = [];
    const told: string[] = [];
    const randomBytes = (name: string, length: number): Uint8Array => {
      names.push(name);
      return new Uint8Array(length);
    };
    expect(renderText('a\n {{ range 2 }}{{ randAlpha 3 }}{{ end }}', null, { randomBytes, onRandom: (text) => told.push(text) })).toBe(
      'a\n AAAAAA',
    );
    expect(names).toEqual(['2:18:0', '2:18:1']);
    expect(told).toEqual(['AAA', 'AAA']);
  });

  it('end with a problem where the bytes never fit', () => {
    expect(renderText('{{ randAlpha 3 }}', null, { randomBytes: (_name, length) => new Uint8Array(length).fill(255) })).toMatch(
      /^fails at 1:4 the template does more/,
    );
  });

  it('of less than nothing, or between nothing, are problems', () => {
    expect(renderText('{{ randAlpha -1 }}')).toBe('fails at 1:4 error calling randAlpha: less than no characters cannot be drawn');
    expect(renderText('{{ randInt 3 3 }}')).toBe('fails at 1:4 error calling randInt: there is no number from 3 up to, and without, 3');
  });
});

describe('the time', () => {
  it('is asked of the caller only where a template uses it', () => {
    const unwanted = {
      randomBytes: surroundings.randomBytes,
      get now(): string {
        throw new Error('nobody asked');
      },
    };
    const parsed = parseTemplate('{{ date "2006" 0 }}');
    expect('value' in parsed && renderTemplate(parsed.value, null, unwanted)).toEqual({ value: '1970' });
  });
});

describe('the budget', () => {
  it.each([
    ['a loop in a loop', '{{ range 2000 }}{{ range 2000 }}{{ end }}{{ end }}'],
    ['a long count', '{{ range 9000000000 }}{{ end }}'],
    ['a template that calls itself', '{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}'],
    ['a template that calls itself twice', '{{ define "x" }}{{ template "x" }}{{ template "x" }}{{ end }}{{ template "x" }}'],
    ['a large text', '{{ repeat 1000000000 "x" }}'],
    ['a text that doubles', '{{ $x := "x" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}'],
    ['a text that is replaced by longer ones', '{{ $x := repeat 2000 "a" }}{{ range 9 }}{{ $x = replace "a" $x $x }}{{ end }}'],
    ['a list that doubles', '{{ $l := list 1 }}{{ range 100 }}{{ $l = concat $l $l }}{{ end }}'],
    ['a long list', '{{ until 1000000000 }}'],
    ['a wide number', '{{ range 9000 }}{{ $x := printf "%999999d" 1 }}{{ end }}'],
    ['a deep indent', '{{ indent 100000000 "a\\nb" }}'],
    ['a map that holds itself', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $d }}'],
    ['a map that holds itself twice', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $_ := set $d "e" $d }}{{ toJson $d }}'],
    [
      'equality of maps that hold themselves',
      '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ deepEqual $d $e }}',
    ],
    ['a copy of a map that holds itself', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ deepCopy $d }}'],
    [
      'a merge of maps that hold themselves',
      '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ merge $d $e }}{{ $d }}',
    ],
    ['a long output', '{{ range 1000 }}{{ repeat 10000 "x" }}{{ end }}'],
    ['a hard pattern', '{{ $x := repeat 1000000 "a" }}{{ range 1000 }}{{ $_ := regexMatch "(a|b|ab)*bc(x+x+)+y" $x }}{{ end }}'],
    ['a large pattern', '{{ regexMatch (repeat 5000 "(a{99})") "a" }}'],
    ['deep JSON', '{{ fromJson (repeat 100000 "[") }}{{ fromJson (print (repeat 9000 "[") (repeat 9000 "]")) }}'],
    ['a long sequence', '{{ seq 0 1 900000000 }}'],
    ['a long random text', '{{ randAlpha 100000000 }}'],
    ['a wide decimal', '{{ mulf 1e300 1e300 1e300 1e300 1e300 }}{{ range 1000000 }}{{ $x := addf 1e300 1e-300 }}{{ end }}'],
  ])('ends %s', (_what, text) => {
    const outcome = renderOnce(text);
    expect(outcome).toMatchObject({ problem: { line: 1 } });
    expect('problem' in outcome && outcome.problem.message).toMatch(/more than|at most|grows beyond|does more|error calling/);
  });

  it('is the one that the caller says', () => {
    expect(renderText('{{ range 20 }}x{{ end }}', null, { budget: { stepsMax: 10, sizeBytesMax: 100 } })).toMatch(/^fails at .* does more/);
    expect(renderText('{{ range 20 }}é{{ end }}', null, { budget: { stepsMax: 1000, sizeBytesMax: 39 } })).toBe(
      'fails at 1:10 the output grows beyond 39 bytes here',
    );
    expect(renderText('{{ range 20 }}é{{ end }}', null, { budget: { stepsMax: 1000, sizeBytesMax: 40 } })).toBe('é'.repeat(20));
  });
});

describe('nesting', () => {
  it.each([
    ['blocks', `${'{{ if true }}'.repeat(20_000)}x${'{{ end }}'.repeat(20_000)}`],
    ['parentheses', `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`],
    ['commands', `{{ 1${' | print'.repeat(50_000)} }}`],
  ])('of too many %s is a problem', (_what, text) => {
    expect(renderText(text)).toMatch(/^fails at 1:\d+ more than \d+/);
  });

  it('of many choices in a row is none', () => {
    const choices = Array.from({ length: 3000 }, (_, index) => `{{ else if eq .a ${index} }}${index}`).join('');
    expect(renderText(`{{ if false }}${choices}{{ end }}`, { a: 2999 })).toBe('2999');
  });

  it('of the data may be deep as long as it is not looked through', () => {
    const deep: GoValue = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`);
    expect(renderText('{{ len .a }}', { a: { b: deep } })).toBe('1');
    expect(renderText('{{ . }}', { a: deep })).toMatch(/^fails at 1:4 more than/);
  });
});

describe('the default provisioner files of the Score tools', () => {
  const folder = new URL('../../../../../shared/corpus/score/provisioners/', import.meta.url);
  const sections = [
    'init',
    'state',
    'shared',
    'outputs',
    'manifests',
    'directories',
    'files',
    'networks',
    'services',
    'volumes',
    'models',
    'info_logs',
  ];

  it.each([['kubernetes'], ['compose']])('have templates that all can be read: %s', (tool) => {
    const path = new URL(`${tool}-default.provisioners.yaml`, folder);
    if (!existsSync(path)) {
      process.stderr.write('The corpus is not there: its templates were not read.\n');
      return;
    }
    const entries: readonly Readonly<Record<string, unknown>>[] = parse(readFileSync(path, 'utf8'));
    const templates = entries.flatMap((entry) => sections.map((section) => entry[section]).filter((text) => typeof text === 'string'));
    expect(templates.length).toBeGreaterThan(30);
    expect(templates.map((text) => parseTemplate(text, ['encodeSecretRef'])).filter((outcome) => 'problem' in outcome)).toEqual([]);
  });
});
