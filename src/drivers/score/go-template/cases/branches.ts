import { floatOf } from '../values/incoming.ts';
import type { TemplateCase } from './case.ts';

/** `if` and `with`. */
export const branchesCases: readonly TemplateCase[] = [
  { text: '{{ if .a }}yes{{ end }}', data: { a: 1 }, gives: 'yes' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: 0 }, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: '' }, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: [] }, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: {} }, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: { x: 0 } }, gives: 'yes' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: floatOf(0) }, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: {}, gives: 'no' },
  { text: '{{ if .a }}yes{{ else }}no{{ end }}', data: { a: null }, gives: 'no' },
  { text: '{{ if eq .a 1 }}one{{ else if eq .a 2 }}two{{ else }}many{{ end }}', data: { a: 2 }, gives: 'two' },
  { text: '{{ if eq .a 1 }}one{{ else if eq .a 2 }}two{{ else if eq .a 3 }}three{{ else }}many{{ end }}', data: { a: 4 }, gives: 'many' },
  { text: '{{ if $x := .a }}{{ $x }}{{ else }}none {{ $x }}{{ end }}', data: { a: '' }, gives: 'none ' },
  { text: '{{ if $x := .a }}{{ $x }}{{ end }}{{ $x }}', data: { a: 1 }, fails: '1:38 undefined variable "$x"' },
  { text: '{{ with .a }}<{{ . }}>{{ end }}', data: { a: 'x' }, gives: '<x>' },
  { text: '{{ with .a }}<{{ . }}>{{ else }}none{{ end }}', data: { a: '' }, gives: 'none' },
  { text: '{{ with .a }}{{ . }}{{ else with .b }}b{{ . }}{{ else }}none{{ end }}', data: { b: 2 }, gives: 'b2' },
  { text: '{{ with .a }}{{ . }}{{ else with .b }}b{{ . }}{{ else }}none {{ .c }}{{ end }}', data: { c: 2 }, gives: 'none 2' },
  { text: '{{ with $x := .a }}{{ $x.b }}{{ .b }}{{ end }}', data: { a: { b: 3 } }, gives: '33' },
  { text: '{{ $x := 1 }}{{ range $i, $x := .a }}{{ $x }}{{ end }}{{ $x }}', data: { a: ['p', 'q'] }, gives: 'pq1' },
  { text: '{{ range $i, $c := "ab" }}{{ $c }}{{ end }}', fails: "1:10 range can't iterate over a value of type string" },
  { text: '{{with $a := 1}}{{with $b := 2}}{{$a}}{{$b}}{{end}}{{end}}', gives: '12' },
  { text: '{{ if not .a }}none{{ end }}', data: { a: null }, gives: 'none' },
  { text: '{{ if and .a (not .b) (or .c .d) }}yes{{ end }}', data: { a: 1, d: 'x' }, gives: 'yes' },
  { text: '{{ range $i, $e := .a }}{{ if $i }}, {{ end }}{{ $e.n }}{{ end }}', data: { a: [{ n: 'x' }, { n: 'y' }] }, gives: 'x, y' },
  { text: '{{ range .a -}} {{ . }} {{- end }}', data: { a: [1, 2] }, gives: '12' },
  { text: 'key: {{ .v }}\n{{- if .w }}\nw: {{ .w }}\n{{- end }}\nend', data: { v: 1, w: 2 }, gives: 'key: 1\nw: 2\nend' },
  { text: 'key: {{ .v }}\n{{- if .w }}\nw: {{ .w }}\n{{- end }}\nend', data: { v: 1 }, gives: 'key: 1\nend' },
];
