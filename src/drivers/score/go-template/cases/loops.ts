import type { TemplateCase } from './case.ts';

/** `range`, `break` and `continue`. */
export const loopsCases: readonly TemplateCase[] = [
  { text: '{{ range .a }}[{{ . }}]{{ end }}', data: { a: [1, 2, 3] }, gives: '[1][2][3]' },
  { text: '{{ range .a }}[{{ . }}]{{ else }}empty{{ end }}', data: { a: [] }, gives: 'empty' },
  { text: '{{ range .a }}[{{ . }}]{{ else }}empty{{ end }}', data: {}, gives: 'empty' },
  { text: '{{ range .a }}[{{ . }}]{{ else }}empty{{ end }}', data: { a: null }, gives: 'empty' },
  { text: '{{ range .a }}[{{ . }}]{{ end }}', data: { a: { z: 1, a: 2, m: 3 } }, gives: '[2][3][1]' },
  { text: '{{ range $k, $v := .a }}{{ $k }}={{ $v }};{{ end }}', data: { a: { z: 1, a: 2, B: 3 } }, gives: 'B=3;a=2;z=1;' },
  { text: '{{ range $i, $e := .a }}{{ $i }}:{{ $e }} {{ end }}', data: { a: ['x', 'y'] }, gives: '0:x 1:y ' },
  { text: '{{ range $e := .a }}{{ $e }}{{ . }} {{ end }}', data: { a: ['x', 'y'] }, gives: 'xx yy ' },
  { text: '{{ range 3 }}{{ . }},{{ end }}', gives: '0,1,2,' },
  { text: '{{ range $i := 3 }}{{ $i }},{{ end }}', gives: '0,1,2,' },
  { text: '{{ range $i, $e := 3 }}{{ $i }},{{ end }}', fails: "1:10 can't use a number to iterate over more than one variable" },
  { text: '{{ range 0 }}x{{ else }}none{{ end }}', gives: 'none' },
  { text: '{{ range -2 }}x{{ else }}none{{ end }}', gives: 'none' },
  { text: '{{ range "abc" }}{{ . }}{{ end }}', fails: "1:10 range can't iterate over a value of type string" },
  { text: '{{ range 1.5 }}{{ . }}{{ end }}', fails: "1:10 range can't iterate over a value of type float64" },
  { text: '{{ range true }}{{ . }}{{ end }}', fails: "1:10 range can't iterate over a value of type bool" },
  { text: '{{ range .a }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ . }}{{ end }}', data: { a: [1, 2, 3] }, gives: '13' },
  { text: '{{ range .a }}{{ if eq . 2 }}{{ break }}{{ end }}{{ . }}{{ end }}!', data: { a: [1, 2, 3] }, gives: '1!' },
  {
    text: '{{ range .a }}{{ range . }}{{ if eq . 2 }}{{ break }}{{ end }}{{ . }}{{ end }};{{ end }}',
    data: {
      a: [
        [1, 2],
        [3, 2, 4],
      ],
    },
    gives: '1;3;',
  },
  { text: '{{ break }}', fails: '1:4 {{break}} outside {{range}}' },
  { text: '{{ range .a }}{{ end }}{{ continue }}', fails: '1:27 {{continue}} outside {{range}}' },
];
