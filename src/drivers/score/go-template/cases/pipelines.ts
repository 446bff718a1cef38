import type { TemplateCase } from './case.ts';

/** Pipelines, parentheses and chains of fields. */
export const pipelinesCases: readonly TemplateCase[] = [
  { text: '{{ (index .a 0).b }}', data: { a: [{ b: 'c' }] }, gives: 'c' },
  { text: '{{ (.a).b }}', data: { a: { b: 1 } }, gives: '1' },
  { text: '{{ ((.a)).b.c }}', data: { a: { b: { c: 1 } } }, gives: '1' },
  { text: '{{ (nil).a }}', fails: '1:5 nil is not a command' },
  { text: '{{ (3).a }}', fails: "1:4 can't evaluate field a in type int" },
  { text: '{{ 3.a }}', fails: '1:4 bad number syntax: "3.a"' },
  { text: '{{ "x".a }}', fails: '1:4 unexpected . after term ""x""' },
  { text: '{{ true.a }}', fails: '1:4 unexpected . after term "true"' },
  { text: '{{ $.a.b }}', data: { a: { b: 1 } }, gives: '1' },
  { text: '{{ .a | print }}', data: { a: 1 }, gives: '1' },
  { text: '{{ "a" | printf "%s-%s" "b" }}', gives: 'b-a' },
  { text: '{{ "a" | print "b" | print "c" }}', gives: 'cba' },
];
