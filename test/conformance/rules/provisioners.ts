import { expect } from 'vitest';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import {
  at,
  inContainer,
  items,
  mapOf,
  ofKind,
  podOf,
  projectOf,
  render,
  textAt,
  variablesOf,
  type Files,
  type TuttiResult,
} from '../support.ts';

const needs = 'resources: {db: {type: thing, class: large, id: main, params: {size: 3, name: "${metadata.name}"}, metadata: {note: n}}}\n';

function needing(value: string): string {
  return `${inContainer(`variables: {V: ${JSON.stringify(value)}}`)}service: {ports: {web: {port: 80, targetPort: 8080}}}\n${needs}`.replace(
    '{name: web}',
    '{name: web, team: blue}',
  );
}

type Format = 'kubernetes' | 'compose';

interface Facts {
  readonly value?: string;
  readonly format?: Format;
  readonly files?: Files;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Renders a workload that needs a `thing`, with these provisioners. */
function renderWith(
  provisioners: string,
  { value = '${resources.db}', format = 'kubernetes', files = {}, env }: Facts = {},
): Promise<TuttiResult> {
  const text = needing(value);
  return render(format, text, { files: { 'platform/a.provisioners.yaml': provisioners, ...files }, args: ['--platform', 'platform'], env });
}

/** One provisioner of the type `thing` with these lines. */
function thing(...lines: readonly string[]): string {
  return `- uri: template://thing\n  type: thing\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

async function output(template: string, lines: readonly string[] = []): Promise<unknown> {
  const result = await renderWith(thing(...lines, `outputs: '{"v": {{ ${template.replaceAll("'", "''")} | toString | toJson }}}'`), {
    value: '${resources.db.v}',
  });
  return variablesOf(result)['V'] ?? '';
}

async function errorsOf(provisioners: string, facts: Facts = { value: 'x' }): Promise<readonly string[]> {
  return (await renderWith(provisioners, facts)).errors;
}

const fixed = (value: string, ...lines: readonly string[]): string => thing(...lines, `outputs: 'v: ${value}'`);
const chosen = async (provisioners: string, files: Files = {}, env: Facts['env'] = {}): Promise<unknown> =>
  variablesOf(await renderWith(provisioners, { value: '${resources.db.v}', files, env }))['V'];

function program(script: string): string {
  return `- {uri: 'cmd://sh', type: thing, args: ['-c', ${JSON.stringify(script)}]}\n`;
}

/** Answers with what it reads. */
const echo = program(String.raw`tr -d ' \n' | sed 's/.*"resource_uid":"\([^"]*\)".*/{"resource_outputs":{"v":"\1"}}/'`);

const configMap = (name: string, data: string): string =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: {a: ${data}}}`;

export const chapter: Chapter = {
  name: 'provisioners',
  title: 'Provisioner files and their templates',
  source: 'score-compose 0.45 and score-k8s 0.15: `*.provisioners.yaml`, `template://`, `cmd://`.',
  rules: [
    same('A provisioner file is a list of entries.', async () => {
      expect(await errorsOf('uri: template://x\n')).toEqual(['T1513']);
    }),
    same('`uri` is required, with a known scheme: `template`, `cmd` or `local-env`.', async () => {
      expect(await errorsOf('- type: thing\n')).toEqual(['T1514']);
      expect(await errorsOf('- {uri: http://x, type: thing}\n')).toEqual(['T1514']);
    }),
    same('`type` is required.', async () => {
      expect(await errorsOf('- uri: template://x\n')).toEqual(['T1104']);
    }),
    same('Unknown keys are an error.', async () => {
      expect(await errorsOf(thing('output: x'))).toEqual(['T1103']);
    }),
    same('Without `class` and `id` an entry is for all of its type.', async () => {
      expect(await chosen(fixed('any'))).toBe('any');
    }),
    same('`class` and `id`, where they are given, must be those of the need.', async () => {
      expect(await chosen(fixed('no', 'class: small') + fixed('no', 'id: other') + fixed('yes', 'class: large', 'id: main'))).toBe('yes');
      expect(await errorsOf(fixed('no', 'class: small'))).toEqual(['T2002']);
    }),
    same('The first entry that matches wins, in the order of the file.', async () => {
      expect(await chosen(fixed('first') + fixed('second', 'class: large', 'id: main'))).toBe('first');
    }),
    same('Files come in the order of their names.', async () => {
      expect(await chosen(fixed('a'), { 'platform/0.provisioners.yaml': fixed('zero'), 'platform/z.provisioners.yaml': fixed('z') })).toBe(
        'zero',
      );
    }),
    more(
      'The provisioners of a tool are all there is.',
      'A `ResourceDefinition` comes before provisioner files, the built-in platform after them.',
      async () => {
        const definition = {
          apiVersion: 'tutti.dev/v1',
          kind: 'ResourceDefinition',
          metadata: { name: 'mine' },
          spec: { type: 'thing', match: [{ class: 'large' }], driver: 'template', inputs: { outputs: { v: 'mine' } } },
        };
        expect(await chosen(fixed('file'), { 'platform/b.yaml': JSON.stringify(definition) })).toBe('mine');
      },
    ),
    same('Templates are rendered in the order `init`, `state`, `shared`, `outputs`; each sees what those before it gave.', async () => {
      const lines = ["init: 'a: i'", "state: 'b: {{ .Init.a }}s'", "shared: 'c: {{ .State.b }}h'"];
      expect(await output('print .Init.a .State.b .Shared.c', lines)).toBe('iisish');
    }),
    same('A template that renders nothing gives nothing.', async () => {
      expect(await output('len .Init', ["init: '{{ if false }}a: b{{ end }}'"])).toBe('0');
    }),
    same('`.Uid`, `.Type`, `.Class` and `.Id` are those of the resource.', async () => {
      expect(await output('print .Uid " " .Type " " .Class " " .Id')).toBe('thing.large#main thing large main');
    }),
    same('`.Params` are expanded; what came by a placeholder is text.', async () => {
      expect(await output('print .Params.size " " (kindOf .Params.size) " " .Params.name')).toBe('3 int web');
    }),
    same('`.Metadata` is that of the need; `.SourceWorkload` the workload that gives its params.', async () => {
      expect(await output('print .Metadata.note " " .SourceWorkload')).toBe('n web');
    }),
    same('`.WorkloadServices` has the name and the ports of each workload, by name and by number.', async () => {
      expect(await output('(index .WorkloadServices "web").ServiceName')).toBe('web');
      expect(await output('(index (index .WorkloadServices "web").Ports "web").TargetPort')).toBe('8080');
    }),
    same('`.Guid`, `.WorkloadMetadata` and `.Namespace` are there for Kubernetes.', async () => {
      expect(await output('print (len .Guid) " " .WorkloadMetadata.team " " (ne .Namespace "")')).toBe('36 blue true');
    }),
    same('`.ComposeProjectName` and `.MountsDirectory` are there for Compose.', async () => {
      const provisioner = thing('outputs: \'{"v": {{ print .ComposeProjectName | toJson }}, "m": {{ ne .MountsDirectory "" }}}\'');
      const project = projectOf(await renderWith(provisioner, { value: '${resources.db.v} ${resources.db.m}', format: 'compose' }));
      expect(at(project, 'services', 'web-main', 'environment', 'V')).toBe(`${textAt(project, 'name')} true`);
    }),
    same('A field that the context does not have is an error; a key that a map does not have is nothing.', async () => {
      expect(await errorsOf(thing("outputs: '{{ .Nope }}'"))).toEqual(['T5201']);
      expect(await output('default "none" .Params.nope')).toBe('none');
    }),
    same('`outputs` that are no map are an error.', async () => {
      expect(await errorsOf(thing("outputs: '[a]'"))).toEqual(['T5203']);
    }),
    more('What a template renders must be YAML.', 'The error shows the line of what was rendered.', async () => {
      const result = await renderWith(thing('outputs: \'{{ print "a: [" }}\''), { value: 'x' });
      expect([result.errors, result.diagnostics.some(({ detail }) => detail.includes('line'))]).toEqual([['T5202'], true]);
    }),
    more('A template that fails ends the command.', 'The error has the line and the column within the provisioner file.', async () => {
      const result = await renderWith(thing('outputs: |', '  a: b', '  c: {{ fail "no" }}'), { value: 'x' });
      expect(result.diagnostics.map(({ code, source }) => [code, source?.file, source?.start.line])).toContainEqual([
        'T5201',
        'platform/a.provisioners.yaml',
        5,
      ]);
    }),
    same('Functions are those of Go and Sprig.', async () => {
      expect(await output('list "b" "a" | sortAlpha | join "-" | upper | quote')).toBe('"A-B"');
      expect(await output('printf "%05.1f|%q" 3.14159 "x"')).toBe('003.1|"x"');
    }),
    stricter(
      '`env`, `expandenv` and `getHostByName` read the machine.',
      'They are not offered: what is rendered must not depend on where. Neither are the makers of keys.',
      async () => {
        for (const call of ['env "HOME"', 'expandenv "$HOME"', 'getHostByName "localhost"', 'genPrivateKey "rsa"'])
          expect(await errorsOf(thing(`outputs: '{{ ${call} }}'`))).toEqual(['T5201']);
      },
    ),
    differs(
      'A random value is new each time; the idiom `dig "password" .Init.random .State` keeps it in a state file.',
      'It is drawn from the seed of the resource: the same for the same resource, with the idiom and without.',
      async () => {
        const provisioner = thing("outputs: 'v: {{ randAlphaNum 20 }}'");
        const secretOf = async (): Promise<unknown> => ofKind(await renderWith(provisioner, { value: '${resources.db.v}' }), 'Secret');
        expect(await secretOf()).toEqual(await secretOf());
      },
    ),
    stricter(
      'Passwords that templates make stand in plain text in state and manifests.',
      'What a random function made is a secret: in Kubernetes it goes through a Secret.',
      async () => {
        const result = await renderWith(thing("outputs: 'v: {{ randAlphaNum 20 }}'"), { value: 'a ${resources.db.v}' });
        const entry = items(at(podOf(result), 'containers', 0, 'env')).find((each) => at(each, 'name') === 'V');
        expect(at(entry, 'valueFrom', 'secretKeyRef')).toBeDefined();
      },
    ),
    stricter('A template runs without end.', 'A budget of steps and size ends it with an error.', async () => {
      expect(await errorsOf(thing("outputs: '{{ range until 100000000 }}x{{ end }}'"))).toEqual(['T5201']);
      expect(await errorsOf(thing('outputs: \'{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}\''))).toEqual(['T5201']);
    }),
    same('`shared` is merged into the shared state by JSON merge patch, and seen by later resources.', async () => {
      const provisioners = `- {uri: template://a, type: thing, shared: '{"n": {"a": 1, "b": null}}', outputs: '{"v": {{ .Shared.n | toJson | toJson }}}'}\n`;
      expect(await chosen(provisioners)).toBe('{"a":1}');
    }),
    stricter('`supported_params` is documentation.', 'A param that is not in the list is an error.', async () => {
      expect(await errorsOf(thing('supported_params: [name]'))).toEqual(['T4121']);
      expect(await errorsOf(thing('supported_params: [name, size]'))).toEqual([]);
    }),
    stricter('`expected_outputs` is documentation.', 'An output that is promised and not given is an error.', async () => {
      expect(await errorsOf(thing('expected_outputs: [host]'))).toEqual(['T4122']);
    }),
    same('`manifests` is a list of objects of the cluster.', async () => {
      const result = await renderWith(thing(`manifests: '[${configMap('mine', '"b"')}]'`), { value: 'x' });
      expect(ofKind(result, 'ConfigMap').map((each) => at(each, 'metadata', 'name'))).toEqual(['mine']);
      expect(await errorsOf(thing("manifests: 'a: b'"))).toEqual(['T5203']);
    }),
    same('One entry with `manifests` is for Kubernetes, one with `services` for Compose.', async () => {
      const both =
        thing("services: '{s1: {image: y}}'", "outputs: 'v: compose'") +
        thing(`manifests: '[${configMap('mine', '"b"')}]'`, "outputs: 'v: kubernetes'");
      expect(await chosen(both)).toBe('kubernetes');
      const project = projectOf(await renderWith(both, { value: '${resources.db.v}', format: 'compose' }));
      expect(at(project, 'services', 'web-main', 'environment', 'V')).toBe('compose');
    }),
    same('`services`, `volumes` and `networks` become those of the project.', async () => {
      const provisioner = thing(
        'services: \'{s1: {image: y, command: ["$$HOME"]}}\'',
        "volumes: '{v1: {driver: local}}'",
        "networks: '{n1: {}}'",
      );
      const project = projectOf(await renderWith(provisioner, { value: 'x', format: 'compose' }));
      expect(at(project, 'services', 's1')).toMatchObject({ image: 'y', command: ['$$HOME'] });
      expect([Object.keys(mapOf(at(project, 'volumes'))), Object.keys(mapOf(at(project, 'networks')))]).toEqual([
        ['v1'],
        expect.arrayContaining(['n1']),
      ]);
    }),
    same('`info_logs` are shown.', async () => {
      const result = await renderWith(thing("services: '{s1: {image: y}}'", "info_logs: '- look here'"), { value: 'x', format: 'compose' });
      expect(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join()).toMatch(/T5206 .*look here/);
    }),
    same('`encodeSecretRef` makes a reference to a Secret of the cluster.', async () => {
      const result = await renderWith(thing('outputs: \'v: {{ encodeSecretRef "mine" "key" }}\''), { value: '${resources.db.v}' });
      expect(at(podOf(result), 'containers', 0, 'env', 0, 'valueFrom', 'secretKeyRef')).toEqual({ name: 'mine', key: 'key' });
    }),
    same('`local-env` gives the values of the environment.', async () => {
      const text = `${inContainer('variables: {V: "${resources.env.LEVEL}"}')}resources: {env: {type: environment}}\n`;
      const files = { 'platform/a.provisioners.yaml': '- {uri: local-env://env, type: environment}\n' };
      const result = await render('kubernetes', text, { files, args: ['--platform', 'platform', '--set', 'LEVEL=debug'] });
      expect(variablesOf(result)['V']).toBe('debug');
    }),
    same('`cmd://` runs a program, which reads JSON and answers with JSON.', async () => {
      expect(await chosen(echo, {}, { PATH: process.env['PATH'] ?? '' })).toBe('thing.large#main');
    }),
    same('What a program answers beyond the known keys is an error.', async () => {
      const provisioner = program('echo \'{"outputs": {}}\'');
      expect(await errorsOf(provisioner)).toEqual(['T5208']);
    }),
    differs(
      'A program may run as long as it likes, and sees the whole environment.',
      'It has limits of time and output, and sees what it is given; a server runs none unless its operator says `TUTTI_PROGRAMS=on`.',
      async () => {
        expect(await errorsOf(echo, { value: 'x', env: { TUTTI_PROGRAMS: 'off' } })).toEqual(['T5207']);
        expect(await errorsOf(program('sleep 30'), { value: 'x', env: { TUTTI_PROGRAMS_TIMEOUT: '1' } })).toEqual(['T5208']);
        const seen = program('printf "{\\"resource_outputs\\":{\\"v\\":\\"[$MINE]\\"}}"');
        expect(await chosen(seen, {}, { MINE: 'x' })).toBe('[]');
      },
    ),
    stricter(
      'Objects of the known kinds are checked before they are written.',
      'So are all: an object without kind or name, or in another namespace, is an error.',
      async () => {
        expect(await errorsOf(thing("manifests: '[{kind: ConfigMap}]'"))).toEqual(['T4101']);
      },
    ),
  ],
};
