import { describe, expect, it } from 'vitest';
import { checkPlatform, readPlatform } from '../../src/core/index.ts';
import { loadKnownParts } from '../../src/main/parts.ts';
import { renderCase, show } from './support.ts';

const file = 'custom.provisioners.yaml';

/** A workload that needs one thing. */
function scoreOf(need: string): string {
  return `apiVersion: score.dev/v1b1
metadata: {name: web}
service: {ports: {http: {port: 80}}}
containers: {main: {image: example/web:1, variables: {HOST: "\${resources.db.host}"}}}
resources:
  db: ${need}
`;
}

async function whatIsSaid(provisioners: string, need = '{type: postgres}', patch?: string): Promise<string> {
  const score = scoreOf(need);
  const platform = [{ file, text: provisioners }, ...(patch === undefined ? [] : [{ file: 'patch.tpl', text: patch }])];
  const { diagnostics, rendered } = await renderCase({ score, platform });
  expect(rendered).toBeUndefined();
  return show(diagnostics, [...platform, { file: 'web.score.yaml', text: score }]);
}

/** A provisioner that gives a host, with further lines. */
function postgres(...lines: readonly string[]): string {
  return ['- uri: template://test/postgres', '  type: postgres', ...lines.map((line) => `  ${line}`)].join('\n');
}

describe('what people see of a mistake in a provisioner file', () => {
  it.each<[string, string, string?]>([
    ['a misspelt function', postgres('outputs: |', '  port: 5432', '  host: {{ .Id | upperr }}')],
    ['an action that does not end', postgres('outputs: |', '  {{ if .Params.size }}', '  host: a')],
    ['a field that is not there', postgres('init: |', '  a: {{ .Uuid }}')],
    [
      'a param that is wanted and missing',
      postgres('init: |', '  {{ if not .Params.size }}{{ fail "params.size is missing" }}{{ end }}', 'outputs: "host: a"'),
    ],
    ['text that is no YAML', postgres('outputs: |', '  host: a: b')],
    ['outputs that are a list', postgres('outputs: |', '  - host')],
    ['manifests that are a map', postgres('outputs: "host: a"', 'manifests: |', '  kind: Secret')],
    ['a manifest without a name', postgres('outputs: "host: a"', 'manifests: |', '  - {apiVersion: v1, kind: Secret}')],
    ['a promised output that is not given', postgres('outputs: "host: a"', 'expected_outputs: [host, port]')],
    ['a param that is not supported', postgres('outputs: "host: a"', 'supported_params: [size]'), '{type: postgres, params: {sizze: 1}}'],
    ['an output that nobody gives', postgres('outputs: "hots: a"')],
    ['a program where none may be run', '- {uri: "cmd://./provision.sh", type: postgres}'],
    ['an address of no known kind', '- {uri: "shell://x", type: postgres}'],
    ['a key that is none', postgres('output: |', '  host: a')],
    ['no list', 'uri: template://x\ntype: postgres'],
    ['a template without an end', postgres('outputs: |', '  {{ range until 100000000 }}x{{ end }}')],
    ['a function that reads the machine', postgres('outputs: |', '  host: {{ env "HOME" }}')],
    [
      'nothing that holds for the class',
      '- {uri: template://x, type: postgres, class: large, outputs: "host: a"}',
      '{type: postgres, class: small}',
    ],
  ])('%s', async (_, provisioners, need) => {
    expect(await whatIsSaid(provisioners, need)).toMatchSnapshot();
  });
});

describe('what people see of a mistake in a patch template', () => {
  it.each([
    ['a misspelt field', '{{ range .Manifest }}{{ end }}'],
    ['no list', 'op: set'],
    ['an unknown key', '- {op: set, pth: "0.x", value: 1}'],
    ['an unknown operation', '- {op: replace, path: "0.x"}'],
    ['a path through a text', '- {op: set, path: "0.kind.x", value: 1}'],
    ['a path with a wildcard', '- {op: delete, path: "*.kind"}'],
    ['an object that loses its kind', '- {op: delete, path: "0.kind"}'],
    ['a placeholder of nobody', '- {op: set, path: "0.x", value: {{ substituteValue "web" "${resources.nope.x}" | quote }}}'],
  ])('%s', async (_, patch) => {
    expect(await whatIsSaid(postgres('outputs: "host: a"'), '{type: postgres}', patch)).toMatchSnapshot();
  });
});

describe('before any workload is there', () => {
  it('templates that are not well-formed are found when the platform is checked', async () => {
    const files = [
      { file, text: postgres('init: "{{ nope }}"', 'outputs: |', '  host: {{ if }}') },
      { file: 'patch.tpl', text: '- {{ end }}' },
    ];
    const read = readPlatform(files);
    const problems = read.value ? checkPlatform(read.value, await loadKnownParts(read.value)) : read.diagnostics;
    expect(
      show(
        problems.filter(({ severity }) => severity === 'error'),
        files,
      ),
    ).toMatchSnapshot();
  });
});
