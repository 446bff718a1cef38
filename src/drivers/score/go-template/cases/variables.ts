import type { TemplateCase } from './case.ts';

/** Variables and what they can be seen from. */
export const variablesCases: readonly TemplateCase[] = [
  { text: '{{ $x := 1 }}{{ range .a }}{{ $x = . }}{{ end }}{{ $x }}', data: { a: [5, 6] }, gives: '6' },
  { text: '{{ $x := 1 }}{{ range .a }}{{ $x := . }}{{ end }}{{ $x }}', data: { a: [5, 6] }, gives: '1' },
  { text: '{{ $i := 9 }}{{ $e := 9 }}{{ range $i, $e = .a }}{{ end }}{{ $i }}{{ $e }}', data: { a: [5, 6] }, gives: '16' },
  { text: '{{ $e := 9 }}{{ range $e = .a }}{{ $e }}{{ end }}-{{ $e }}', data: { a: [5, 6] }, gives: '56-6' },
  { text: '{{ range $x := .a }}{{ else }}{{ $x }}{{ end }}', data: { a: [] }, gives: '[]' },
  { text: '{{ $x := .a }}{{ $x.b }}', data: { a: { b: 1 } }, gives: '1' },
  { text: '{{ $x := .a }}{{ $x.b }}', data: { a: null }, gives: '<no value>' },
  { text: '{{ $x }}', fails: '1:4 undefined variable "$x"' },
  { text: '{{ $x = 1 }}', fails: '1:4 undefined variable "$x"' },
  { text: '{{ $x := 1 }}{{ $x = 2 }}{{ $x }}', gives: '2' },
  { text: '{{ $x := "a" }}{{ $y := $x }}{{ $x = "b" }}{{ $x }}{{ $y }}', gives: 'ba' },
  { text: '{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}', gives: '21' },
  { text: '{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', gives: '2' },
  { text: '{{ $x:=1 }}{{ $x }}', gives: '1' },
  { text: '{{$x=1}}', fails: "1:5 bad character U+003D '='" },
];
