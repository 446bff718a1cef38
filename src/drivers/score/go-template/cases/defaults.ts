import type { TemplateCase } from './case.ts';

/** What is empty and what stands in for it. */
export const defaultsCases: readonly TemplateCase[] = [
  { text: '{{ default "d" .a }}', data: { a: 'x', b: '' }, gives: 'x' },
  { text: '{{ default "d" .b }}', data: { a: 'x', b: '' }, gives: 'd' },
  { text: '{{ default "d" .c }}', data: { a: 'x', b: '' }, gives: 'd' },
  { text: '{{ .b | default "e" }}', data: { a: 'x', b: '' }, gives: 'e' },
  { text: '{{ default 5 0 }}', gives: '5' },
  { text: '{{ default 1 }}', gives: '1' },
  { text: '{{ empty "" }}', gives: 'true' },
  { text: '{{ empty 0 }}', gives: 'true' },
  { text: '{{ empty nil }}', gives: 'true' },
  { text: '{{ empty (list) }}', gives: 'true' },
  { text: '{{ empty (dict) }}', gives: 'true' },
  { text: '{{ empty false }}', gives: 'true' },
  { text: '{{ empty " " }}', gives: 'false' },
  { text: '{{ empty 0.0 }}', gives: 'true' },
  { text: '{{ empty .x }}', data: {}, gives: 'true' },
  { text: '{{ coalesce 0 "" nil 5 6 }}', gives: '5' },
  { text: '{{ coalesce 0 "" }}', gives: '<no value>' },
  { text: '{{ all 1 "a" }}', gives: 'true' },
  { text: '{{ all 1 0 }}', gives: 'false' },
  { text: '{{ any 0 "" 1 }}', gives: 'true' },
  { text: '{{ any 0 }}', gives: 'false' },
  { text: '{{ all }}', gives: 'true' },
  { text: '{{ any }}', gives: 'false' },
];
