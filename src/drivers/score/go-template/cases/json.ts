import { floatOf } from '../values/incoming.ts';
import type { TemplateCase } from './case.ts';

/** JSON. */
export const jsonCases: readonly TemplateCase[] = [
  { text: '{{ toJson (dict "b" 1 "a" (list 1.5 "<x>&" nil true)) }}', gives: '{"a":[1.5,"\\u003cx\\u003e\\u0026",null,true],"b":1}' },
  { text: '{{ toRawJson (dict "h" "<x>&") }}', gives: '{"h":"<x>&"}' },
  { text: '{{ toJson "é\\u2028\\n\\"\\\\/\\t\\u0001" }}', gives: '"é\\u2028\\n\\"\\\\/\\t\\u0001"' },
  { text: '{{ toJson .a }}', data: { a: floatOf(1e21) }, gives: '1e+21' },
  {
    text: '{{ toPrettyJson (dict "b" 1 "a" (list 1 2) "c" (dict) "d" (list)) }}',
    gives: '{\n  "a": [\n    1,\n    2\n  ],\n  "b": 1,\n  "c": {},\n  "d": []\n}',
  },
  {
    text: '{{ toJson (list 1.0 100000000000000000000.0 0.0000001 1e-6 123456789.5) }}',
    gives: '[1,100000000000000000000,1e-7,0.000001,123456789.5]',
  },
  { text: '{{ toJson (rest (list)) }}', gives: 'null' },
  { text: '{{ toJson (until 2) }}', gives: '[0,1]' },
  { text: '{{ toJson nil }}', gives: 'null' },
  { text: '{{ (fromJson "{\\"a\\": [1, 2.5, \\"x\\", null, {\\"b\\": true}]}").a }}', gives: '[1 2.5 x <nil> map[b:true]]' },
  { text: '{{ fromJson "nope" }}', gives: '<no value>' },
  { text: '{{ fromJson "3" | printf "%T" }}', gives: 'float64' },
  { text: '{{ fromJson "{\\"__proto__\\": 1}" }}', gives: 'map[__proto__:1]' },
  { text: '{{ fromJson "" }}', gives: '<no value>' },
  { text: '{{ mustFromJson "nope" }}', fails: '1:4 error calling mustFromJson: the text is not JSON' },
  { text: '{{ fromJson "{\\"a\\":1}" | toJson }}', gives: '{"a":1}' },
  { text: '{{ mustToJson (list 1) }}', gives: '[1]' },
  { text: '{{ mustToPrettyJson (list) }}', gives: '[]' },
  { text: '{{ dict "a" 1 | toJson | b64enc }}', gives: 'eyJhIjoxfQ==' },
  { text: '{{ mustToRawJson (dict "a" "<b>") }}', gives: '{"a":"<b>"}' },
  { text: '{{ trunc 2 "hé" | toJson }} {{ trunc 2 "hé" | js }}|', gives: '"h\\ufffd" h�|' },
];
