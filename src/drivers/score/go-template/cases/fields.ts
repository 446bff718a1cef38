import { floatOf } from '../values/incoming.ts';
import type { TemplateCase } from './case.ts';

/** Fields and entries, and how values are written. */
export const fieldsCases: readonly TemplateCase[] = [
  { text: '{{ .a }}', data: { a: 1 }, gives: '1' },
  { text: '{{ .a.b.c }}', data: { a: { b: { c: 'deep' } } }, gives: 'deep' },
  { text: '{{ .missing }}', data: {}, gives: '<no value>' },
  { text: '{{ .missing.deeper }}', data: {}, gives: '<no value>' },
  { text: '{{ .a }}', data: { a: null }, gives: '<no value>' },
  { text: '{{ .a.b }}', data: { a: null }, fails: '1:4 nil pointer evaluating interface {}.b' },
  { text: '{{ .a.b }}', data: { a: 1 }, fails: "1:4 can't evaluate field b in type int" },
  { text: '{{ .a.b }}', data: { a: 'text' }, fails: "1:4 can't evaluate field b in type string" },
  { text: '{{ .a.b }}', data: { a: [1] }, fails: "1:4 can't evaluate field b in type []interface {}" },
  { text: '{{ . }}', data: { b: [1, 'x', null, true], a: { z: 1.5 } }, gives: 'map[a:map[z:1.5] b:[1 x <nil> true]]' },
  { text: '{{ . }}', data: null, gives: '<no value>' },
  { text: '{{ .x }}', data: null, gives: '<no value>' },
  { text: '{{ .a }}', data: { a: [] }, gives: '[]' },
  { text: '{{ .a }}', data: { a: {} }, gives: 'map[]' },
  { text: '{{ .a }}', data: { a: 1.5 }, gives: '1.5' },
  { text: '{{ .a }}', data: { a: floatOf(1) }, gives: '1' },
  { text: '{{ .a }}', data: { a: floatOf(1e100) }, gives: '1e+100' },
  { text: '{{ .a }}', data: { a: 12345678901 }, gives: '12345678901' },
  { text: '{{ .a }}', data: { a: 'héllo' }, gives: 'héllo' },
  { text: '{{ $ }}', data: 5, gives: '5' },
  { text: '{{ $.a }}{{ with .b }}{{ $.a }}{{ .c }}{{ end }}', data: { a: 1, b: { c: 2 } }, gives: '112' },
];
