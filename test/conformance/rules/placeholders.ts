import { expect } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import { at, findProblems, inContainer, items, mapOf, ofKind, podOf, render, runTutti, variablesOf } from '../support.ts';

const outputs = {
  thing: {
    host: 'pg',
    port: 5432,
    on: true,
    nothing: null,
    sign: { a: '<b>&' },
    tls: { name: 'a', list: [1, 'b'] },
    tricky: '$${metadata.name} $$',
  },
};
const needs = '\nresources: {db: {type: thing}}\n';

function withVariable(text: string): string {
  const metadata = '{name: web, team: blue, list: [a], deep: {key: {x: 1}}, annotations: {example.com/owner: me, a-b: c}}';
  return inContainer(`variables: {V: ${JSON.stringify(text)}}`).replace('{name: web}', metadata) + needs;
}

/** What a variable with this text becomes. */
async function resolve(text: string): Promise<Json | undefined> {
  return variablesOf(await render('kubernetes', withVariable(text), { outputs }))['V'] ?? '';
}

async function becomes(...cases: readonly (readonly [text: string, expected: string])[]): Promise<void> {
  for (const [text, expected] of cases) expect(await resolve(text), text).toBe(expected);
}

async function fails(code: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const { diagnostics, exitCode } = await render('kubernetes', withVariable(text), { outputs });
    const errors = diagnostics.filter((each) => each.severity === 'error');
    expect([exitCode, ...errors.map((each) => `${each.code} in line ${each.source?.start.line}`)], text).toEqual([1, `${code} in line 6`]);
  }
}

async function fileContent(file: string): Promise<Json | undefined> {
  const result = await render('kubernetes', inContainer(`files: {/a: ${file}}`), { files: { 'a.txt': '${metadata.name} $$' } });
  return Object.values(mapOf(at(ofKind(result, 'ConfigMap')[0], 'data')))[0];
}

export const chapter: Chapter = {
  name: 'placeholders',
  title: 'Placeholders',
  source: 'The reference page of Score, "Placeholder References", and what score-go does.',
  rules: [
    same('`${metadata.KEY}` is replaced by the value of the key.', () =>
      becomes(['${metadata.name}', 'web'], ['a-${metadata.team}-b', 'a-blue-b']),
    ),
    same('All of `metadata` can be named, also own keys within maps.', () =>
      becomes(['${metadata.deep.key.x}', '1'], ['${metadata.annotations.a-b}', 'c']),
    ),
    same('`\\.` is a dot within a name.', () => becomes([String.raw`${'$'}{metadata.annotations.example\.com/owner}`, 'me'])),
    same('`${resources.NAME.OUTPUT}` is replaced by the output of the resource.', () =>
      becomes(['${resources.db.host}:${resources.db.port}', 'pg:5432']),
    ),
    same('Outputs within maps are named with further dots.', () => becomes(['${resources.db.tls.name}', 'a'])),
    same('What is no text is written as JSON.', () =>
      becomes(
        ['${resources.db.port}', '5432'],
        ['${resources.db.on}', 'true'],
        ['${resources.db.nothing}', 'null'],
        ['${resources.db.tls}', '{"list":[1,"b"],"name":"a"}'],
        ['${metadata.list}', '["a"]'],
      ),
    ),
    same('`$$` is a `$`.', () => becomes(['$$', '$'], ['a$$b', 'a$b'], ['$$$$', '$$'])),
    same('`$${x}` is the literal `${x}`.', () =>
      becomes(['$${anything}', '${anything}'], ['$${metadata.name}', '${metadata.name}'], ['$${}', '${}']),
    ),
    same('`$$${x}` is a `$` and a placeholder; `$$$${x}` is `$${x}`.', () =>
      becomes(['$$${metadata.name}', '$web'], ['$$$${abc}', '$${abc}']),
    ),
    same('A lone `$` stays: `$`, `$abc`, `$(x)`.', () => becomes(['$', '$'], ['$abc', '$abc'], ['$(x)', '$(x)'], ['a $ b', 'a $ b'])),
    same('A `${` that is never closed stays as it is.', () => becomes(['${metadata.name', '${metadata.name'], ['${abc', '${abc'])),
    same('A placeholder ends at the first `}`.', () => becomes(['${metadata.name}}', 'web}'])),
    same('A replaced text is not scanned again.', () => becomes(['${resources.db.tricky}', '${metadata.name} $$'])),
    same('Without a known root it is an error: `${x.y}`, `${}`.', () =>
      fails('T3201', '${x.y}', '${}', '${ metadata.name}', '${Metadata.name}'),
    ),
    same('`${metadata}` alone is an error.', () => fails('T3204', '${metadata}')),
    same('`${resources}` alone is an error.', () => fails('T3204', '${resources}')),
    same('`${resources.NAME}` without an output is an error, but as a volume.', () => fails('T3204', '${resources.db}')),
    same('A resource that the file does not declare is an error.', () =>
      fails('T3202', '${resources.bd.host}', '${resources.constructor.name}'),
    ),
    same('A key that is not there is an error.', () =>
      fails('T3203', '${metadata.nam}', '${metadata.deep.key.y}', '${resources.db.hots}', '${metadata.constructor}'),
    ),
    same('A key cannot be looked up in what is no map; lists have no indexes.', () =>
      fails('T3203', '${metadata.name.x}', '${metadata.list.0}', '${resources.db.tls.list.0}'),
    ),
    same('All errors of a text are reported, not the first only.', async () => {
      const { errors } = await render('kubernetes', withVariable('${x} ${metadata.nam} ${resources.bd.host}'), { outputs });
      expect(errors).toEqual(['T3201', 'T3203', 'T3202']);
    }),
    more('An error says which name is wrong.', 'It also says which there are, and which was meant.', async () => {
      const { diagnostics } = await render('kubernetes', withVariable('${resources.db.hots}'), { outputs });
      expect(diagnostics.map((each) => each.detail).join()).toMatch(/host, nothing, on, port.*tls.*Did you mean "host"\?/);
    }),
    stricter(
      'score-compose refuses escaped dots and `/` in a check of its own, score-k8s checks nothing before it provisions.',
      'Both formats check the same: `tutti validate` finds unknown metadata and resources in the file alone.',
      async () => {
        const { errors } = await runTutti(
          { 'score.yaml': withVariable('${metadata.nam} ${resources.bd.host} ${resources.db.anything}') },
          'validate',
        );
        expect(errors).toEqual(['T3203', 'T3202']);
        expect(
          (await runTutti({ 'score.yaml': withVariable(String.raw`${'$'}{metadata.annotations.example\.com/owner}`) }, 'validate'))
            .exitCode,
        ).toBe(0);
      },
    ),
    same('The content of files is expanded, of `source` too.', async () => {
      expect(await fileContent('{content: "${metadata.name} $$"}')).toBe('web $');
      expect(await fileContent('{source: a.txt}')).toBe('web $');
    }),
    same('With `noExpand` and in `binaryContent` nothing is expanded.', async () => {
      expect(await fileContent('{content: "${metadata.name} $$", noExpand: true}')).toBe('${metadata.name} $$');
      expect(await fileContent('{source: a.txt, noExpand: true}')).toBe('${metadata.name} $$');
      const result = await render('kubernetes', inContainer(`files: {/a: {binaryContent: ${Buffer.from('${x}').toString('base64')}}}`));
      expect(result.texts.join('')).toContain(Buffer.from('${x}').toString('base64'));
    }),
    same('The source of a volume is expanded.', async () => {
      const good = `${inContainer('volumes: {/data: {source: "${resources.data}"}}')}resources: {data: {type: volume}}\n`;
      expect(items(at(podOf(await render('kubernetes', good)), 'volumes')).length).toBe(1);
    }),
    same('Params of resources are expanded at any depth; their keys are not.', async () => {
      const text = `${inContainer('variables: {V: "${resources.b.echo}"}')}resources:\n  db: {type: thing}\n  b: {type: echo, params: {"\${k}": [{deep: "\${resources.db.host} \${metadata.name}"}]}}\n`;
      const result = await render(
        'kubernetes',
        text.replaceAll('b:', 'bb:').replaceAll('dbb:', 'db:').replace('resources.b.', 'resources.bb.'),
        { outputs: { ...outputs, echo: { echo: '${params}' } } },
      );
      expect(variablesOf(result)['V']).toBe('{"${k}":[{"deep":"pg web"}]}');
    }),
    same('`image`, `command`, `args` and annotations are not expanded.', async () => {
      const text = inContainer('command: ["${metadata.name}"]', 'args: ["$$", "${x}"]').replace(
        '{name: web}',
        '{name: web, annotations: {example.com/ab: "${x}"}}',
      );
      const result = await render('kubernetes', text);
      expect(at(podOf(result), 'containers', 0)).toMatchObject({ command: ['${metadata.name}'], args: ['$$', '${x}'] });
      expect(at(ofKind(result, 'Deployment')[0], 'spec', 'template', 'metadata', 'annotations', 'example.com/ab')).toBe('${x}');
    }),
    same('Probes and ports are not expanded.', async () => {
      const result = await render('kubernetes', inContainer('livenessProbe: {exec: {command: ["${x}"]}}'));
      expect(at(podOf(result), 'containers', 0, 'livenessProbe', 'exec', 'command')).toEqual(['${x}']);
    }),
    same('Metadata of resources is not expanded.', () => {
      expect(findProblems(`${inContainer()}resources: {db: {type: postgres, metadata: {a: "\${x}"}}}\n`)).toEqual([]);
    }),
    differs(
      'In JSON `<`, `>` and `&` are written as `\\u003c`, `\\u003e` and `\\u0026`.',
      'They stand as they are: the same JSON, in a form that people can read.',
      () => becomes(['${resources.db.sign}', '{"a":"<b>&"}']),
    ),
    more('Keys of JSON within a text are sorted.', 'As in the tools; so the same input gives the same bytes.', () =>
      becomes(['x${metadata.deep}', 'x{"key":{"x":1}}']),
    ),
  ],
};
