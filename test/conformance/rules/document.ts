import { expect } from 'vitest';
import { differs, more, same, type Chapter } from '../rule.ts';
import { accepts, atTop, findProblems, inContainer, readOne, refuses, runTutti, warns, withContainers, withMetadata } from '../support.ts';

const valid = atTop();
const longest = `a${'b'.repeat(61)}c`;

export const chapter: Chapter = {
  name: 'document',
  title: 'The document and its metadata',
  source: 'Schema v1b1, tag 0.4.1: the root, `apiVersion`, `metadata`.',
  rules: [
    same('A document is a map with `apiVersion`, `metadata` and `containers`.', () => {
      accepts(valid);
      refuses('T1101', '- a\n', 'text\n');
      refuses(
        'T1104',
        'apiVersion: score.dev/v1b1\nmetadata: {name: web}\n',
        'apiVersion: score.dev/v1b1\ncontainers: {main: {image: x}}\n',
      );
      refuses('T1104', 'metadata: {name: web}\ncontainers: {main: {image: x}}\n');
    }),
    same('No further keys stand at the top, extensions neither.', () => {
      refuses('T1103', atTop('x-team: blue'), atTop('replicas: 2'), atTop('service: {}', 'kind: Workload'));
    }),
    same('`apiVersion` is `score.dev/v1b1` and nothing else.', () => {
      refuses('T1102', valid.replace('v1b1', 'v1'), valid.replace('v1b1', 'v1b12'), valid.replace('v1b1', 'V1B1'));
      refuses('T1106', valid.replace('score.dev/v1b1', '1'));
    }),
    same('`metadata.name` is required.', () => {
      refuses('T1104', withMetadata('{}'), withMetadata('{nam: web}'));
    }),
    same('A name is 2 to 63 lower-case letters, digits and `-`, with a letter or digit at both ends.', () => {
      accepts(withMetadata('{name: ab}'), withMetadata('{name: 0-0}'), withMetadata(`{name: ${longest}}`));
      refuses('T1107', ...['a', 'Web', '-a', 'a-', 'a_b', 'a.b', '""', `${longest}d`].map((name) => withMetadata(`{name: ${name}}`)));
      refuses('T1105', withMetadata('{name: 12}'));
    }),
    same('`metadata` takes any further keys with any values.', () => {
      const { metadata } = readOne(withMetadata('{name: web, team: {lead: [a, 1, true, null]}}'));
      expect(metadata).toEqual({ name: 'web', team: { lead: ['a', 1, true, null] } });
    }),
    same('`metadata.annotations` are text by annotation key.', () => {
      const { annotations } = readOne(withMetadata('{name: web, annotations: {example.com/Team_A.b: blue, tier: ""}}'));
      expect(annotations).toEqual({ 'example.com/Team_A.b': 'blue', tier: '' });
      refuses('T1105', withMetadata('{name: web, annotations: {tier: 1}}'), withMetadata('{name: web, annotations: [a]}'));
    }),
    same('An annotation key is a name of 2 to 63 characters, with or without a host name and `/` before.', () => {
      const keys = ['a', 'a/b', '/ab', 'ab/', 'ab/-c', 'AB/cd', 'ab//cd', 'a..b/cd', 'a b', `a${'b'.repeat(63)}`];
      refuses('T1107', ...keys.map((key) => withMetadata(`{name: web, annotations: {"${key}": x}}`)));
      accepts(...['ab', 'A.-_9', 'ab/cd', 'ab.cd/e_F'].map((key) => withMetadata(`{name: web, annotations: {"${key}": x}}`)));
    }),
    same('All problems of the shape are found in one run, not the first only.', () => {
      const problems = findProblems(atTop('service: {ports: {a: {port: 0}}}', 'resources: {db: {}}', 'extra: 1'));
      expect(problems.map((each) => each.code).toSorted()).toEqual(['T1103', 'T1104', 'T1107', 'T1108']);
    }),
    more(
      'A schema error names the place.',
      'Each problem has a code, file, line and column, and says what helps; the tools print a path and a pattern.',
      () => {
        const [problem] = findProblems(inContainer('imge: nginx'));
        expect(problem?.source?.start).toEqual({ line: 6, column: 5 });
        expect(problem?.detail).toContain('Did you mean "image"?');
      },
    ),
    differs(
      'Of a file the tools read the first document only.',
      'All are read: a document that is silently left out is never what was meant.',
      async () => {
        const two = `${valid}---\n${valid.replace('web', 'api')}`;
        const { texts, exitCode } = await runTutti({ 'score.yaml': two }, 'render', 'score.yaml', '--seed', 'x');
        expect([exitCode, texts.filter((text) => text.includes('kind: Deployment')).length]).toEqual([0, 2]);
      },
    ),
    same('A file without any document is an error.', () => {
      refuses('T1101', '', '# only a comment\n');
    }),
    same('Several files are taken in one command.', async () => {
      const files = { 'a.yaml': valid, 'b.yaml': valid.replace('web', 'api') };
      const { texts } = await runTutti(files, 'render', 'b.yaml', 'a.yaml', '--seed', 'x');
      expect(texts.filter((text) => text.includes('kind: Deployment')).length).toBe(2);
    }),
    same('Two files with one workload name are an error.', async () => {
      const { codes } = await runTutti({ 'a.yaml': valid, 'b.yaml': valid }, 'validate', 'a.yaml', 'b.yaml');
      expect(codes).toEqual(['T1201']);
    }),
    same('A key that stands twice in a map is an error.', () => {
      refuses('T1011', inContainer('command: [a]', 'command: [b]'));
    }),
    same('Anchors, aliases and merge keys of YAML work.', () => {
      const { containers } = readOne(withContainers('{ab: &base {image: x, args: [a]}, cd: {<<: *base, image: y}}'));
      expect(containers['cd']).toMatchObject({ image: 'y', args: ['a'] });
    }),
    more(
      'Text that unfolds without end, or holds control characters, is an error.',
      'Limits of size, depth and number, each with a code; reading ends in time on any bytes.',
      () => {
        const bomb = Array.from(
          { length: 12 },
          (_, index) =>
            `k${index}: &a${index} [${index === 0 ? 'x, x' : `*a${index - 1}, *a${index - 1}, *a${index - 1}, *a${index - 1}`}]`,
        );
        refuses('T1007', `apiVersion: score.dev/v1b1\ncontainers: {main: {image: x}}\nmetadata: {name: web, ${bomb.join(', ')}}\n`);
        refuses('T1005', `a: ${'['.repeat(200)}${']'.repeat(200)}\n`);
        refuses('T1003', 'a: "\u0000"\n');
      },
    ),
    same('Deprecated forms are upgraded before the schema is applied, and warned about.', () => {
      warns(
        'T1401',
        inContainer('files: [{target: /a, content: x}]'),
        inContainer('volumes: [{target: /a, source: "${resources.data}"}]', '').concat('resources: {data: {type: volume}}\n'),
      );
    }),
  ],
};
