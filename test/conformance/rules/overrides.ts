import { expect } from 'vitest';
import type { DeclaredWorkload, Overrides } from '../../../src/core/index.ts';
import { more, same, stricter, type Chapter } from '../rule.ts';
import { findProblems, inContainer, readOne, runTutti } from '../support.ts';

const base = inContainer('args: [a, b]', 'variables: {A: x, B: y}', 'files: {/a: {content: c}}').replace(
  '{name: web}',
  '{name: web, team: {lead: me}, annotations: {example.com/ab: c}}',
);

type Container = DeclaredWorkload['containers'][string];

function readWith(overrides: Overrides): DeclaredWorkload {
  return readOne(base, { overrides });
}

function merged(text: string): DeclaredWorkload {
  return readWith({ files: [{ file: 'over.yaml', text }] });
}

function containerWith(overrides: Overrides): Container | undefined {
  return readWith(overrides).containers['main'];
}

function set(...properties: readonly string[]): Container | undefined {
  return containerWith({ properties: properties.map((each) => `containers.main.${each}`) });
}

/** Codes with the file and the line that they point at. */
function problemsOf(overrides: Overrides): readonly string[] {
  return findProblems(base, { overrides }).map(({ code, source }) => `${code} ${source?.file}:${source?.start.line}`);
}

function problemsWith(...properties: readonly string[]): readonly string[] {
  return problemsOf({ properties });
}

export const chapter: Chapter = {
  name: 'overrides',
  title: 'Overrides',
  source: 'score-compose 0.45 and score-k8s 0.15: `--overrides-file`, `--override-property`.',
  rules: [
    same('Maps of an overrides file are merged at every depth.', () => {
      const { containers } = merged('containers: {main: {variables: {B: z, C: w}}}');
      expect(containers['main']).toMatchObject({ image: 'nginx:1', variables: { A: 'x', B: 'z', C: 'w' } });
    }),
    same('Lists of an overrides file replace lists.', () => {
      expect(merged('containers: {main: {args: [z]}}').containers['main']?.args).toEqual(['z']);
    }),
    same('Empty text, zero, `false` and an empty list override, too.', () => {
      expect(merged('containers: {main: {args: [], variables: {A: ""}}}').containers['main']).toMatchObject({
        args: [],
        variables: { A: '' },
      });
      expect(merged('metadata: {team: {lead: false, size: 0}}').metadata['team']).toEqual({ lead: false, size: 0 });
    }),
    same('`null` in an overrides file is set, and then breaks the schema; it takes nothing away.', () => {
      expect(problemsOf({ files: [{ file: 'over.yaml', text: 'containers:\n  main:\n    args: null\n' }] })).toEqual(['T1105 over.yaml:3']);
    }),
    same('An empty map in an overrides file clears nothing.', () => {
      expect(merged('containers: {main: {variables: {}}}').containers['main']?.variables).toEqual({ A: 'x', B: 'y' });
    }),
    same('An overrides file can add containers and resources, and change the name.', () => {
      const { name, containers, needs } = merged(
        'metadata: {name: api}\ncontainers: {side: {image: y}}\nresources: {db: {type: postgres}}',
      );
      expect([name, Object.keys(containers), Object.keys(needs)]).toEqual(['api', ['main', 'side'], ['db']]);
    }),
    same('An empty overrides file changes nothing.', () => expect(merged('').digest).toBe(readOne(base).digest)),
    stricter('Of an overrides file the first document counts.', 'A second one is an error: it would be silently left out.', () => {
      expect(problemsOf({ files: [{ file: 'over.yaml', text: 'a: 1\n---\nb: 2\n' }] })).toContain('T1235 over.yaml:3');
    }),
    same('An overrides file that is no map is an error.', () => {
      expect(problemsOf({ files: [{ file: 'over.yaml', text: '- a\n' }] })).toEqual(['T1235 over.yaml:1']);
    }),
    more('One overrides file can be given.', 'Several can; each is laid over what the ones before it made.', async () => {
      const files = { 'score.yaml': base, 'a.yaml': 'containers: {main: {image: a}}', 'b.yaml': 'containers: {main: {image: b}}' };
      const { texts } = await runTutti(
        files,
        'render',
        'score.yaml',
        '--overrides-file',
        'a.yaml',
        '--overrides-file',
        'b.yaml',
        '--seed',
        'x',
      );
      expect(texts.join('')).toContain('image: b');
    }),
    same('Properties come after the overrides file, in the order of the command line.', () => {
      const files = [{ file: 'over.yaml', text: 'containers: {main: {image: file}}' }];
      expect(containerWith({ files, properties: ['containers.main.image=one', 'containers.main.image=two'] })?.image).toBe('two');
    }),
    same('`a.b=VALUE` sets what stands at the path.', () => expect(set('variables.A=z')?.variables).toEqual({ A: 'z', B: 'y' })),
    same('The value is YAML: `true` is a truth value, `[a]` a list, a quoted text a text.', () => {
      expect(set('command=[a, "1"]', 'variables.A="true"')).toMatchObject({ command: ['a', '1'], variables: { A: 'true' } });
      expect(problemsWith('containers.main.variables.A=true')).toEqual(['T1105 --override-property:1']);
    }),
    same('What stands behind the first `=` is the value, further `=` included.', () => {
      expect(set('variables.A=b=c')?.variables['A']).toBe('b=c');
    }),
    same('An empty value takes away.', () => expect(set('variables.A=')?.variables).toEqual({ B: 'y' })),
    same('`=null` takes away.', () => expect(set('args=null')).not.toHaveProperty('args')),
    same('`=""` sets the empty text.', () => expect(set('variables.A=""')?.variables['A']).toBe('')),
    same('`\\.` in a path is a dot within a name, `\\\\` a backslash.', () => {
      const { annotations } = readWith({ properties: [String.raw`metadata.annotations.example\.com/ab=d`] });
      expect(annotations).toEqual({ 'example.com/ab': 'd' });
      expect(set(String.raw`variables.a\\b=c`)?.variables).toMatchObject({ 'a\\b': 'c' });
    }),
    same('A number in a path is an index of a list.', () => expect(set('args.1=z')?.args).toEqual(['a', 'z'])),
    same('`-1` appends to a list.', () => expect(set('args.-1=c', 'args.-1=d')?.args).toEqual(['a', 'b', 'c', 'd'])),
    same('Taking an item away closes the gap.', () => expect(set('args.0=')?.args).toEqual(['b'])),
    same('Maps that are missing on the way are made.', () => {
      expect(set('resources.limits.cpu="1"')?.limits).toEqual({ cpu: '1' });
    }),
    same('A path through text, a number or a truth value is an error.', () => {
      expect(problemsWith('metadata.name.first=x', 'containers.main.args.0.x=y')).toEqual([
        'T1232 --override-property:1',
        'T1232 --override-property:2',
      ]);
    }),
    same('What is no index of a list is an error.', () => {
      expect(problemsWith('containers.main.args.first=x')).toEqual(['T1232 --override-property:1']);
    }),
    same('An index beyond the end of a list is an error.', () => {
      const wrong = ['2=x', '-2=x', '2=', '-1=', '-1.x=y'].map((each) => `containers.main.args.${each}`);
      expect(problemsWith(...wrong).map((each) => each.slice(0, 5))).toEqual(wrong.map(() => 'T1232'));
    }),
    same('A value that is no YAML is an error.', () => {
      expect(problemsWith('containers.main.args=[a')).toEqual(['T1233 --override-property:1']);
    }),
    stricter(
      'The root of the document cannot be changed; an empty path sets the key "".',
      'An empty name anywhere in a path is an error: it is never what was meant.',
      () => {
        expect(problemsWith('=x', 'containers..image=x', '.metadata=x').map((each) => each.slice(0, 5))).toEqual([
          'T1231',
          'T1231',
          'T1231',
        ]);
      },
    ),
    same('A property without `=` is an error of the command line.', async () => {
      const { exitCode, codes } = await runTutti({ 'score.yaml': base }, 'validate', 'score.yaml', '--override-property', 'a.b');
      expect([exitCode, codes]).toEqual([2, ['T9001']]);
    }),
    more(
      'Taking away what is not there changes nothing.',
      'It warns, since the path is likely misspelt, and makes no empty maps on the way.',
      () => {
        expect(problemsWith('containers.main.livenesProbe.exec=')).toEqual(['T1234 --override-property:1']);
      },
    ),
    same('Overrides are applied before the schema is.', () => {
      const broken = base.replace('image: nginx:1', 'imge: nginx:1');
      const overrides = { properties: ['containers.main.imge=', 'containers.main.image=x'] };
      expect(readOne(broken, { overrides }).containers['main']?.image).toBe('x');
    }),
    same('Overrides are applied before deprecated lists become maps.', () => {
      const list = inContainer('files: [{target: /a, content: x}]');
      expect(
        Object.keys(readOne(list, { overrides: { properties: ['containers.main.files.0.target=/b'] } }).containers['main']?.files ?? {}),
      ).toEqual(['/b']);
    }),
    same('Overrides take exactly one Score file.', async () => {
      const files = { 'a.yaml': base, 'b.yaml': base.replace('name: web', 'name: api'), 'over.yaml': '' };
      for (const option of ['--overrides-file=over.yaml', '--override-property=a=b']) {
        expect((await runTutti(files, 'validate', 'a.yaml', 'b.yaml', option)).exitCode).toBe(2);
      }
    }),
    stricter(
      'Of a file with several documents the first is overridden.',
      'An error: tutti reads all of them, and which one is meant is not said.',
      () => {
        const two = `${base}---\n${base.replace('name: web', 'name: api')}`;
        expect(findProblems(two, { overrides: { properties: ['containers.main.image=x'] } }).map(({ code }) => code)).toEqual(['T1230']);
      },
    ),
    more(
      'A schema error in what was overridden names the path.',
      'It names the line of the overrides file, or the property, and never a line of the Score file that is right.',
      () => {
        const files = [{ file: 'over.yaml', text: 'containers:\n  main:\n    args: [a, 1]\n' }];
        expect(problemsOf({ files })).toEqual(['T1105 over.yaml:3']);
        expect(problemsOf({ files, properties: ['metadata.x=1', 'containers.main.args.1=2'] })).toEqual(['T1105 --override-property:2']);
        expect(problemsOf({ files, properties: ['containers.main.args.0='] })).toEqual(['T1105 over.yaml:3']);
        expect(problemsWith('containers.main.image=')).toEqual(['T1104 --override-property:1']);
      },
    ),
    same('A `source` that an override names is read from the folder of the Score file.', async () => {
      const over = 'containers: {main: {files: {/b: {source: b.txt}}}}';
      const files = { 'app/score.yaml': base, 'app/b.txt': 'from b', 'over.yaml': over };
      const { texts } = await runTutti(files, 'render', 'app/score.yaml', '--overrides-file', 'over.yaml', '--seed', 'x');
      expect(texts.join('')).toContain('from b');
    }),
    same('`overrides.score.yaml` is not picked up by itself.', async () => {
      const { codes } = await runTutti({ 'score.yaml': base, 'overrides.score.yaml': 'containers: {}' }, 'validate');
      expect(codes).toContain('T1104');
    }),
  ],
};
