import { expect } from 'vitest';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import { accepts, findProblems, inContainer, readContainer, readOne, refuses, runTutti, warns } from '../support.ts';

function withFile(file: string): string {
  return inContainer(`files: {/etc/a: ${file}}`);
}

function readFile(text: string, attachments: Readonly<Record<string, string>> = {}) {
  const attached = Object.entries(attachments).map(([path, content]) => [
    path,
    { base64: Buffer.from(content, 'latin1').toString('base64') },
  ]);
  const [file] = Object.values(readContainer(text, { attachments: Object.fromEntries(attached) }).files);
  return file;
}

export const chapter: Chapter = {
  name: 'files',
  title: 'Files of containers',
  source: 'Schema v1b1, tag 0.4.1: `files`; the upgrades of score-go.',
  rules: [
    same('Files are a map by target path.', () => {
      expect(readFile(withFile('{content: x}'))).toEqual({ kind: 'text', text: 'x', isExpanded: true });
      refuses('T1105', inContainer('files: {/etc/a: x}'), inContainer('files: x'));
    }),
    same('A file of the map has no `target` and no further keys.', () => {
      refuses('T1103', withFile('{content: x, target: /b}'), withFile('{content: x, owner: me}'));
    }),
    same('Exactly one of `content`, `source` and `binaryContent` is given.', () => {
      refuses(
        'T1109',
        withFile('{}'),
        withFile('{mode: "0644"}'),
        withFile('{content: x, source: y}'),
        withFile('{content: x, binaryContent: eA==}'),
      );
    }),
    same('`content` is text, also empty text.', () => {
      expect(readFile(withFile('{content: ""}'))).toMatchObject({ text: '' });
      refuses('T1105', withFile('{content: 1}'), withFile('{content: {a: b}}'));
    }),
    same('`mode` is three octal digits, with or without a zero before, as text.', () => {
      expect(readFile(withFile('{content: x, mode: "0644"}'))).toMatchObject({ mode: '0644' });
      accepts(withFile('{content: x, mode: "400"}'), withFile('{content: x, mode: "0777"}'));
      refuses('T1107', ...['"1644"', '"64"', '"0888"', '"00644"', 'rw-'].map((mode) => withFile(`{content: x, mode: ${mode}}`)));
      refuses('T1105', withFile('{content: x, mode: 644}'));
    }),
    same('`noExpand` is true or false; without it placeholders are resolved.', () => {
      expect(readFile(withFile('{content: "${x}", noExpand: true}'))).toMatchObject({ isExpanded: false, text: '${x}' });
      refuses('T1105', withFile('{content: x, noExpand: "yes"}'));
    }),
    same('`binaryContent` is standard base64, and never expanded.', () => {
      expect(readFile(withFile('{binaryContent: AP8=}'))).toEqual({ kind: 'bytes', base64: 'AP8=' });
      refuses('T1223', withFile('{binaryContent: a-b_}'), withFile('{binaryContent: "?"}'), withFile('{binaryContent: abc}'));
    }),
    same('`source` is not empty; its path is relative to the Score file and is not expanded.', async () => {
      refuses('T1108', withFile('{source: ""}'));
      expect(readFile(withFile('{source: conf/a}'), { 'conf/a': 'x' })).toMatchObject({ kind: 'text', text: 'x' });
      const files = { 'app/score.yaml': withFile('{source: "conf/${a}"}'), 'app/conf/${a}': 'x' };
      expect((await runTutti(files, 'validate', 'app/score.yaml')).exitCode).toBe(0);
    }),
    same('The content of a `source` is expanded unless `noExpand` is set.', () => {
      expect(readFile(withFile('{source: a}'), { a: '${metadata.name}' })).toMatchObject({ isExpanded: true });
      expect(readFile(withFile('{source: a, noExpand: true}'), { a: '${metadata.name}' })).toMatchObject({ isExpanded: false });
    }),
    more('A `source` is read as text.', 'A file that is no UTF-8 is taken as bytes, and not expanded.', () => {
      expect(readFile(withFile('{source: a}'), { a: '\u0000\u00ff' })).toEqual({ kind: 'bytes', base64: 'AP8=' });
    }),
    stricter(
      'A `source` may be absolute or lead upwards (score-k8s); score-compose refuses both.',
      'An error in both formats: what is deployed depends on the folder of the Score file alone, on a server too.',
      () => {
        refuses(
          'T1221',
          ...['/etc/passwd', '../a', 'a/../../b', 'a/..', 'C:/a', '.', '"a\\\\b"'].map((source) => withFile(`{source: ${source}}`)),
        );
      },
    ),
    stricter(
      'A `source` that is a symbolic link out of the folder is followed.',
      'An error; links within the folder are followed.',
      async () => {
        const text = withFile('{source: link}');
        expect(
          (await runTutti({ 'app/score.yaml': text, 'app/link': { link: '../secret' }, secret: 'x' }, 'validate', 'app')).codes,
        ).toEqual(['T9007']);
        expect(
          (await runTutti({ 'app/score.yaml': text, 'app/link': { link: 'real' }, 'app/real': 'x' }, 'validate', 'app')).exitCode,
        ).toBe(0);
      },
    ),
    same('A `source` that is not there is an error.', async () => {
      const { codes, exitCode } = await runTutti({ 'score.yaml': withFile('{source: conf/ap}'), 'conf/app': '' }, 'validate');
      expect([codes, exitCode]).toEqual([['T1222'], 1]);
    }),
    same('Deprecated: a list of files with `target` becomes a map.', () => {
      const text = inContainer('files: [{target: /a, content: x}, {target: /b, content: y, mode: "0400"}]');
      expect(Object.keys(readContainer(text).files)).toEqual(['/a', '/b']);
      warns('T1401', text);
    }),
    same('A file of the list needs a `target`.', () => {
      refuses('T1104', inContainer('files: [{content: x}]'));
      refuses('T1105', inContainer('files: [{target: 1, content: x}]'));
    }),
    stricter('Of two files of the list with one `target` the later one wins, silently.', 'An error that shows both places.', () => {
      refuses('T1224', inContainer('files: [{target: /a, content: x}, {target: /a, content: y}]'));
    }),
    same('Deprecated: a `content` that is a list of lines is joined with line breaks.', () => {
      const text = inContainer('files: [{target: /a, content: [x, "", y]}]');
      expect(readFile(text)).toMatchObject({ text: 'x\n\ny' });
      warns('T1402', text);
    }),
    differs(
      'A `content` of lines in the map form fails with the words of the schema.',
      'It fails too, and the message says how to write it.',
      () => {
        expect(findProblems(withFile('{content: [x, y]}'))[0]?.detail).toContain('content: |');
      },
    ),
    same('Several containers may have files at the same target.', () => {
      const { containers } = readOne(
        'apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers: {ab: {image: x, files: {/a: {content: b}}}, cd: {image: x, files: {/a: {content: d}}}}\n',
      );
      expect(Object.values(containers).map(({ files }) => files['/a'])).toMatchObject([{ text: 'b' }, { text: 'd' }]);
    }),
  ],
};
