import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';

import { expect, test } from 'vitest';

import { files, readText, root } from './repository.ts';

const documents = files.filter((file) => file.endsWith('.md'));

/** Links within the repository, without those in code. */
function listLinks(document: string): readonly string[] {
  const text = readText(document)
    .replaceAll(/^ *(`{3,})[^]*?^ *\1/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  const links = [
    ...text.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g),
    ...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm),
    ...text.matchAll(/(?:src|href)="([^"]+)"/g),
  ];
  return links.flatMap((match) => match[1] ?? []).filter((link) => !/^[a-z]+:/.test(link));
}

/** The names by which headings can be linked to, as GitHub makes them. */
function listAnchors(document: string): readonly string[] {
  const headings = [...readText(document).matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? '');
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function isBroken(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : normalize(join(dirname(document), decodeURIComponent(path)));
  if (target.startsWith('..') || !existsSync(join(root, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !listAnchors(target).includes(anchor);
}

test.for(documents)('the links of %s lead somewhere', (document) => {
  expect(listLinks(document).filter((link) => isBroken(document, link))).toEqual([]);
});
