import type { TemplateCase } from './case.ts';

/** `define`, `template` and `block`. */
export const templatesCases: readonly TemplateCase[] = [
  { text: '{{ define "t" }}<{{ . }}>{{ end }}{{ template "t" 1 }}{{ template "t" "x" }}', gives: '<1><x>' },
  { text: '{{ define "t" }}<{{ .a }}>{{ end }}{{ template "t" . }}{{ template "t" }}', data: { a: 1 }, gives: '<1><<no value>>' },
  { text: '{{ template "none" }}', fails: '1:4 template "none" not defined' },
  { text: '{{ block "b" .a }}[{{ . }}]{{ end }}{{ template "b" 2 }}', data: { a: 1 }, gives: '[1][2]' },
  { text: '{{ define "t" }}{{ $ }}{{ end }}{{ with .a }}{{ template "t" .b }}{{ end }}', data: { a: { b: 7 } }, gives: '7' },
  {
    text: '{{ define "t" }}{{ if . }}{{ . }}{{ template "t" (slice . 1) }}{{ end }}{{ end }}{{ template "t" .a }}',
    data: { a: [1, 2, 3] },
    gives: '[1 2 3][2 3][3]',
  },
  { text: '{{ define "a" }}1{{ end }}{{ define "a" }}2{{ end }}{{ template "a" }}', fails: '1:30 multiple definition of template "a"' },
  { text: '{{ define "a" }} {{ end }}{{ define "a" }}2{{ end }}{{ template "a" }}', gives: '2' },
  { text: '{{ define "a" }}1{{ end }}{{ define "a" }} {{ end }}{{ template "a" }}', gives: '1' },
  { text: '{{ if true }}{{ define "x" }}{{ end }}{{ end }}', fails: '1:17 unexpected {{define}} in command' },
  { text: '{{ define "a" }}{{ $x }}{{ end }}', fails: '1:20 undefined variable "$x"' },
  { text: '{{ $x := 1 }}{{ define "a" }}{{ $x }}{{ end }}', fails: '1:33 undefined variable "$x"' },
];
