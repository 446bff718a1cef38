import type { TemplateCase } from './case.ts';

/** Functions between texts and lists. */
export const stringListsCases: readonly TemplateCase[] = [
  { text: '{{ split "," "a,b,c" }}', gives: 'map[_0:a _1:b _2:c]' },
  { text: '{{ (split "," "a,b")._0 }}', gives: 'a' },
  { text: '{{ (split "," "a,b")._5 }}', gives: '<no value>' },
  { text: '{{ splitn "," 2 "a,b,c" }}', gives: 'map[_0:a _1:b,c]' },
  { text: '{{ splitList "," "a,b,c" }}', gives: '[a b c]' },
  { text: '{{ splitList "" "héy" }}', gives: '[h é y]' },
  { text: '{{ splitList "," "" }}', gives: '[]' },
  { text: '{{ join "-" (list "a" 1 nil true) }}', gives: 'a-1-true' },
  { text: '{{ join "," "x" }}', gives: 'x' },
  { text: '{{ join "," nil }}', gives: '' },
  { text: '{{ join ", " .a }}', data: { a: [1, 'b'] }, gives: '1, b' },
  { text: '{{ toStrings (list 1 "a" nil 2.5) }}', gives: '[1 a 2.5]' },
  { text: '{{ sortAlpha (list "c" "a" "B" 10 9) }}', gives: '[10 9 B a c]' },
  { text: '{{ sortAlpha "x" }}', gives: '[x]' },
  { text: '{{ toStrings .a | printf "%#v" }}', data: { a: [1] }, gives: '[]string{"1"}' },
];
