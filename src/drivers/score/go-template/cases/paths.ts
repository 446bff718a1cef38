import type { TemplateCase } from './case.ts';

/** Paths. */
export const pathsCases: readonly TemplateCase[] = [
  { text: '{{ base "/a/b/c.txt" }}', gives: 'c.txt' },
  { text: '{{ dir "/a/b/c.txt" }}', gives: '/a/b' },
  { text: '{{ ext "c.tar.gz" }}', gives: '.gz' },
  { text: '{{ clean "/a/../b//c/./d/" }}', gives: '/b/c/d' },
  { text: '{{ isAbs "/a" }}', gives: 'true' },
  { text: '{{ isAbs "a" }}', gives: 'false' },
  { text: '{{ base "" }}', gives: '.' },
  { text: '{{ base "///" }}', gives: '/' },
  { text: '{{ dir "a" }}', gives: '.' },
  { text: '{{ dir "" }}', gives: '.' },
  { text: '{{ dir "/" }}', gives: '/' },
  { text: '{{ dir "/a" }}', gives: '/' },
  { text: '{{ clean "" }}', gives: '.' },
  { text: '{{ clean "../a/../../b" }}', gives: '../../b' },
  { text: '{{ clean "/.." }}', gives: '/' },
  { text: '{{ ext "a" }}', gives: '' },
  { text: '{{ ext ".bashrc" }}', gives: '.bashrc' },
  { text: '{{ ext "a.b/c" }}', gives: '' },
  { text: '{{ osBase "/a/b" }}', gives: 'b' },
  { text: '{{ osDir "/a/b" }}', gives: '/a' },
  { text: '{{ osExt "a.b" }}', gives: '.b' },
  { text: '{{ osClean "a//b" }}', gives: 'a/b' },
  { text: '{{ osIsAbs "/a" }}', gives: 'true' },
];
