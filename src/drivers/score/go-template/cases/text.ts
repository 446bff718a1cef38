import type { TemplateCase } from './case.ts';

/** Text, trim markers and comments. */
export const textCases: readonly TemplateCase[] = [
  { text: 'plain text', gives: 'plain text' },
  { text: '{{ "x" }}', gives: 'x' },
  { text: 'a {{- " b " -}} c', gives: 'a b c' },
  { text: 'a   {{- 3 -}}   c', gives: 'a3c' },
  { text: 'a\n\n  {{- "x" }}\n b', gives: 'ax\n b' },
  { text: '{{3 -}}\n\n\n {{- 4}}', gives: '34' },
  { text: '{{ -3 }}', gives: '-3' },
  { text: '{{- -3 -}}', gives: '-3' },
  { text: '{{-3}}', gives: '-3' },
  { text: 'a{{/* comment */}}b', gives: 'ab' },
  { text: 'a {{- /* comment */ -}} b', gives: 'ab' },
  { text: 'a {{/* multi\nline */}} b', gives: 'a  b' },
  { text: 'a{{/* c */ -}}  b', gives: 'ab' },
  { text: '{{ /* spaced */ }}', fails: "1:4 unrecognized character in action: U+002F '/'" },
  { text: '{{/* a */ "x"}}', fails: '1:1 comment ends before closing delimiter' },
  { text: '{{ "a" }}{{ "b" }}', gives: 'ab' },
  { text: '{{\n"x"\n}}', gives: 'x' },
  { text: '{{ "}}" }}', gives: '}}' },
  { text: '{{ `raw {{ }} \n text` }}', gives: 'raw {{ }} \n text' },
  { text: '{{ "a\\tb\\\\n\\"q\\"" }}', gives: 'a\tb\\n"q"' },
];
