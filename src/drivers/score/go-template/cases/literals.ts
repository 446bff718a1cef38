import type { TemplateCase } from './case.ts';

/** Numbers, texts and characters written in a template. */
export const literalsCases: readonly TemplateCase[] = [
  { text: '{{ "\\u00e9\\x41\\101\\U0001F600" }}', gives: 'éAA😀' },
  { text: "{{ '\n' }}", fails: '1:4 unterminated character constant' },
  { text: "{{ 'a' }} {{ '\\n' }} {{ '\\'' }} {{ 'é' }}", gives: '97 10 39 233' },
  { text: '{{ 1_000 }} {{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 017 }} {{ 0xff_ff }}', gives: '1000 31 5 15 15 65535' },
  { text: '{{ 1.5 }} {{ .5 }} {{ 1e3 }} {{ 1E-7 }} {{ 1.0 }} {{ 0x1p4 }} {{ +7 }}', gives: '1.5 0.5 1000 1e-07 1 16 7' },
  {
    text: '{{ 1e6 }} {{ 1e5 }} {{ 123456789.0 }} {{ 0.0001 }} {{ 0.00001 }} {{ 1e20 }} {{ 1e21 }} {{ 100000.0 }}',
    gives: '1e+06 100000 1.23456789e+08 0.0001 1e-05 1e+20 1e+21 100000',
  },
  { text: '{{ 9223372036854775807 }}', gives: '9223372036854775807' },
  { text: '{{ 9223372036854775808 }}', fails: '1:4 integer overflow: "9223372036854775808"' },
  { text: '{{ 1i }}', fails: '1:4 imaginary numbers are not offered: "1i"' },
  { text: '{{ 1__0 }}', fails: '1:4 illegal number syntax: "1__0"' },
  { text: '{{ 08 }}', fails: '1:4 integer overflow: "08"' },
  { text: '{{ 0x }}', fails: '1:4 illegal number syntax: "0x"' },
  { text: '{{ 1x }}', fails: '1:4 bad number syntax: "1x"' },
  { text: '{{ true }} {{ false }}', gives: 'true false' },
  { text: '{{ nil }}', fails: '1:4 nil is not a command' },
  { text: '{{ print nil }}', gives: '<nil>' },
  { text: '{{ until 2.0 }} {{ seq 1e0 3 }}', gives: '[0 1] 1 2 3' },
];
