import type { TemplateCase } from './case.ts';

/** Calls that cannot be carried out. */
export const faultyCallsCases: readonly TemplateCase[] = [
  { text: '{{ 1 | 2 }}', fails: '1:8 non executable command in pipeline stage 2' },
  { text: '{{ 1 | .a }}', data: { a: 1 }, fails: '1:8 a is not a method but has arguments' },
  { text: '{{ .a 1 }}', data: { a: 1 }, fails: '1:4 a is not a method but has arguments' },
  { text: '{{ $x := 1 }}{{ $x 2 }}', fails: "1:17 can't give argument to non-function $x" },
  { text: '{{ 1 2 }}', fails: "1:4 can't give argument to non-function 1" },
  { text: '{{ "x" "y" }}', fails: '1:4 can\'t give argument to non-function "x"' },
  { text: '{{ . 1 }}', fails: "1:4 can't give argument to non-function ." },
  { text: '{{ (1) 2 }}', fails: "1:4 can't give argument to non-function (…)" },
  { text: '{{ upper }}', fails: '1:4 wrong number of args for upper: want 1 got 0' },
  { text: '{{ upper "a" "b" }}', fails: '1:4 wrong number of args for upper: want 1 got 2' },
  { text: '{{ upper 1 }}', fails: '1:4 wrong type for value; expected string; got int' },
  { text: '{{ upper .a }}', data: { a: 1 }, fails: '1:4 wrong type for value; expected string; got int' },
  { text: '{{ upper .a }}', data: {}, fails: '1:4 invalid value; expected string' },
  { text: '{{ upper .a }}', data: { a: null }, fails: '1:4 wrong type for value; expected string; got interface {}' },
  { text: '{{ upper nil }}', fails: '1:4 invalid value; expected string' },
  { text: '{{ until "x" }}', fails: '1:4 wrong type for value; expected int; got string' },
  { text: '{{ until 1.5 }}', fails: '1:4 wrong type for value; expected int; got float64' },
  { text: '{{ until (add 1 2) }}', fails: '1:4 wrong type for value; expected int; got int64' },
  { text: '{{ nosuch }}', fails: '1:4 function "nosuch" not defined' },
];
