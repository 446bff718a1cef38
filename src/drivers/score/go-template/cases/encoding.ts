import type { TemplateCase } from './case.ts';

/** Encodings and checksums. */
export const encodingCases: readonly TemplateCase[] = [
  { text: '{{ b64enc "hello" }}', gives: 'aGVsbG8=' },
  { text: '{{ b64dec "aGVsbG8=" }}', gives: 'hello' },
  { text: '{{ b64dec "!!" }}', gives: 'illegal base64 data at input byte 0' },
  { text: '{{ b64enc "" }}', gives: '' },
  { text: '{{ b64enc "é" }}', gives: 'w6k=' },
  { text: '{{ b64dec "w6k=" }}', gives: 'é' },
  { text: '{{ b32enc "hello" }}', gives: 'NBSWY3DP' },
  { text: '{{ b32dec "NBSWY3DP" }}', gives: 'hello' },
  { text: '{{ b64dec "aGVsbG8" }}', gives: 'illegal base64 data at input byte 4' },
  { text: '{{ b64dec "/w==" | b64enc }}', gives: '/w==' },
  { text: '{{ b64dec "/wD+" | len }}', gives: '3' },
  { text: '{{ b64dec "/w==" | quote }}', gives: '"\\xff"' },
  { text: '{{ b64dec "/wE=" | sha256sum }}', gives: '437cb43a30226e639b33d84533cfc3ddd970a40055b9c8c0bf7e3795cf184eb6' },
  { text: '{{ sha1sum "hello" }}', gives: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d' },
  { text: '{{ sha256sum "hello" }}', gives: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
  { text: '{{ adler32sum "hello" }}', gives: '103547413' },
  { text: '{{ sha512sum "" | trunc 16 }}', gives: 'cf83e1357eefb8bd' },
  { text: '{{ sha256sum "" | trunc 8 }}', gives: 'e3b0c442' },
];
