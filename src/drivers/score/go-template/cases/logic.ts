import { floatOf } from '../values/incoming.ts';
import type { TemplateCase } from './case.ts';

/** `and`, `or`, `not` and comparisons. */
export const logicCases: readonly TemplateCase[] = [
  { text: '{{ and }}', fails: '1:4 wrong number of args for and: want at least 1 got 0' },
  { text: '{{ and 1 0 2 }} {{ and 1 2 }} {{ or 0 "" 3 4 }} {{ or 0 "" }} {{ not 1 }} {{ not "" }}', gives: '0 2 3  false true' },
  { text: '{{ and .a .a.b }}', data: { a: null }, gives: '<no value>' },
  { text: '{{ or .a (fail "no") }}', data: { a: 1 }, gives: '1' },
  { text: '{{ and .a (fail "no") }}', data: { a: 0 }, gives: '0' },
  { text: '{{ 1 | and 2 }} {{ 0 | or 0 }} {{ 5 | and 0 }}', gives: '1 0 0' },
  {
    text: '{{ eq 1 1 }} {{ eq 1 2 }} {{ eq 1 2 3 1 }} {{ eq "a" "a" }} {{ eq true false }} {{ eq 1.5 1.5 }}',
    gives: 'true false true true false true',
  },
  { text: '{{ eq 1 1.0 }}', fails: '1:4 error calling eq: incompatible types for comparison: int and float64' },
  { text: '{{ eq 1 "1" }}', fails: '1:4 error calling eq: incompatible types for comparison: int and string' },
  { text: '{{ eq .a 1 }}', data: { a: floatOf(1) }, fails: '1:4 error calling eq: incompatible types for comparison: float64 and int' },
  { text: '{{ eq .a nil }} {{ eq .b nil }} {{ eq .b .c }}', data: { a: null, b: 1 }, gives: 'true false false' },
  { text: '{{ eq .a "x" }}', data: {}, gives: 'false' },
  { text: '{{ eq .a .a }}', data: { a: [1] }, fails: '1:4 error calling eq: non-comparable type []interface {}' },
  { text: '{{ eq .a .a }}', data: { a: { b: 1 } }, fails: '1:4 error calling eq: non-comparable type map[string]interface {}' },
  { text: '{{ eq 1 }}', fails: '1:4 error calling eq: missing argument for comparison' },
  { text: '{{ eq (add 1 1) 2 }} {{ ne 1 2 }} {{ ne "a" "a" }}', gives: 'true true false' },
  { text: '{{ ne .a "x" }}', data: {}, gives: 'true' },
  {
    text: '{{ lt 1 2 }} {{ le 2 2 }} {{ gt 1 2 }} {{ ge 2 2 }} {{ lt "a" "b" }} {{ lt 1.5 2.5 }} {{ gt "b" "B" }}',
    gives: 'true true false true true true true',
  },
  { text: '{{ lt 1 1.5 }}', fails: '1:4 error calling lt: incompatible types for comparison: int and float64' },
  { text: '{{ lt "a" 1 }}', fails: '1:4 error calling lt: incompatible types for comparison: string and int' },
  { text: '{{ lt true false }}', fails: '1:4 error calling lt: invalid type for comparison' },
  { text: '{{ lt nil 1 }}', fails: '1:4 error calling lt: invalid type for comparison' },
  { text: '{{ lt .a 1 }}', data: { a: [1] }, fails: '1:4 error calling lt: invalid type for comparison' },
  { text: '{{ eq "a" "b" "c" "a" }} {{ ne 1 (add 0 1) }}', gives: 'true false' },
  {
    text: '{{ gt 1.0 (float64 "NaN") }} {{ lt 1.0 (float64 "NaN") }} {{ ge 1.0 (float64 "NaN") }} {{ eq (float64 "NaN") (float64 "NaN") }}',
    gives: 'true false true false',
  },
];
