import { expect } from 'vitest';
import { more, same, stricter, type Chapter } from '../rule.ts';
import { at, atTop, inContainer, items, ofKind, platformOf, podOf, render, runTutti, variablesOf, withContainers } from '../support.ts';

function definition(spec: object): string {
  const { type } = Object.assign({ type: 'store' }, spec);
  return JSON.stringify({
    apiVersion: 'tutti.dev/v1',
    kind: 'ResourceDefinition',
    metadata: { name: `my-${type}` },
    spec: { type, match: [{}], driver: 'template', ...spec },
  });
}

const withPassword = definition({
  inputs: { generate: { password: { kind: 'password', length: 24 } }, outputs: { host: 'h', password: '${generate.password}' } },
});
const contract = JSON.stringify({
  apiVersion: 'tutti.dev/v1',
  kind: 'ResourceType',
  metadata: { name: 'store', version: '1.0.0', owner: 'us' },
  spec: {
    stateful: false,
    outputs: { type: 'object', required: ['host', 'port'], properties: { host: { type: 'string' }, port: { type: 'integer' } } },
  },
});

function needing(value: string): string {
  return `${inContainer(`variables: {V: "${value}"}`)}resources: {db: {type: store}}\n`;
}

function renderWith(platform: string, value: string) {
  return render('kubernetes', needing(value), { files: { 'platform/p.yaml': platform }, args: ['--platform', 'platform'] });
}

export const chapter: Chapter = {
  name: 'requirements',
  title: 'Requirements for an implementation of Score',
  source: 'score.dev, "Create a Score implementation".',
  rules: [
    same('MUST accept one or more YAML files; SHOULD support workloads that share resources.', async () => {
      const shared = 'resources: {db: {type: redis, id: main}}';
      const files = { 'a.yaml': atTop(shared), 'b.yaml': atTop(shared).replace('web', 'api') };
      const { objects, exitCode } = await runTutti(files, 'render', 'a.yaml', 'b.yaml', '--seed', 'x');
      expect(exitCode).toBe(0);
      expect(objects.map((each) => at(each, 'metadata', 'name'))).toEqual(expect.arrayContaining(['api', 'web']));
    }),
    same('MUST validate against the schema after overrides.', async () => {
      const broken = atTop().replace('image', 'imge');
      const fix = ['--override-property', 'containers.main.imge=', '--override-property', 'containers.main.image=x'];
      expect((await runTutti({ 'score.yaml': broken }, 'validate', ...fix)).exitCode).toBe(0);
    }),
    more(
      'SHOULD validate what the platform adds.',
      'Params and outputs are checked against the contract of their type; `tutti validate --platform` also says which needs nothing meets.',
      async () => {
        const files = { 'score.yaml': needing('x'), 'platform/p.yaml': platformOf({ other: {} }) };
        expect((await runTutti(files, 'validate', '--platform', 'platform')).errors).toEqual(['T2001']);
      },
    ),
    same('SHOULD have `init`, which writes a sample and overwrites nothing.', async () => {
      expect((await runTutti({}, 'init')).exitCode).toBe(0);
      expect(await runTutti({ 'score.yaml': 'mine' }, 'init')).toMatchObject({ exitCode: 1 });
    }),
    same('Generating SHOULD be idempotent.', async () => {
      const [one, two] = [
        await renderWith(withPassword, '${resources.db.password}'),
        await renderWith(withPassword, '${resources.db.password}'),
      ];
      expect(one.texts).toEqual(two.texts);
    }),
    same('MUST give valid outputs for every resource or fail, and never ignore one.', async () => {
      expect((await renderWith(platformOf({ other: {} }), 'x')).errors).toEqual(['T2001']);
    }),
    same('MUST treat an empty class as `default`.', async () => {
      const platform = definition({ match: [{ class: 'default' }], inputs: { outputs: { host: 'h' } } });
      expect(variablesOf(await renderWith(platform, '${resources.db.host}'))['V']).toBe('h');
    }),
    same('A resource with an id is shared, and provisioned once.', async () => {
      const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${resource.slug}' }, data: { a: 'b' } };
      const shared = 'resources: {db: {type: store, id: main}}';
      const files = {
        'a.yaml': atTop(shared),
        'b.yaml': atTop(shared).replace('web', 'api'),
        'platform/p.yaml': definition({ inputs: { manifests: [manifest], outputs: {} } }),
      };
      const result = await runTutti(files, 'render', 'a.yaml', 'b.yaml', '--platform', 'platform', '--seed', 'x');
      expect(ofKind(result, 'ConfigMap').length).toBe(1);
    }),
    stricter(
      'Outputs of a type MUST be predictable and documented.',
      'A `ResourceType` is their contract, and is kept: an output that is missing or of the wrong type is an error.',
      async () => {
        const platform = `${contract}\n---\n${definition({ inputs: { outputs: { host: 'h', port: 'text' } } })}`;
        expect((await renderWith(platform, '${resources.db.host}')).errors).toEqual(['T4111']);
      },
    ),
    same('Outputs MUST be stable within the project.', async () => {
      const secrets = async (args: readonly string[]) =>
        ofKind(
          await render('kubernetes', needing('${resources.db.password}'), {
            files: { 'platform/p.yaml': withPassword },
            args: ['--platform', 'platform', ...args],
          }),
          'Secret',
        );
      expect(await secrets([])).toEqual(await secrets(['--set', 'A=b']));
      expect(await secrets([])).not.toEqual(await secrets(['--project', 'other']));
    }),
    same('Params MUST support placeholders, or fail clearly.', async () => {
      const text = needing('${resources.db.echo}').replace('type: store', 'type: store, params: {a: "${metadata.name}"}');
      const result = await render('kubernetes', text, { outputs: { store: { echo: '${params.a}' } } });
      expect(variablesOf(result)['V']).toBe('web');
    }),
    same('SHOULD NOT keep secret outputs in plain text; SHOULD inject them as secrets of the runtime.', async () => {
      const result = await renderWith(withPassword, 'pw ${resources.db.password}');
      const variable = items(at(podOf(result), 'containers', 0, 'env')).find((each) => at(each, 'name') === 'V');
      expect(at(variable, 'value')).toBeUndefined();
      expect(at(variable, 'valueFrom', 'secretKeyRef', 'name')).toBe(at(ofKind(result, 'Secret')[0], 'metadata', 'name'));
    }),
    same('MUST convert each workload.', async () => {
      const files = Object.fromEntries(['ab', 'cd', 'ef'].map((name) => [`${name}.yaml`, atTop().replace('web', name)]));
      const result = await runTutti(files, 'render', ...Object.keys(files), '--seed', 'x');
      expect(ofKind(result, 'Deployment').map((each) => at(each, 'metadata', 'name'))).toEqual(['ab', 'cd', 'ef']);
    }),
    same('Containers of a workload SHOULD share a network.', async () => {
      const pod = podOf(await render('kubernetes', withContainers('{ab: {image: x}, cd: {image: y}}')));
      expect(items(at(pod, 'containers')).map((each) => at(each, 'name'))).toEqual(['ab', 'cd']);
    }),
    same('All placeholders MUST be resolved, or it fails.', async () => {
      expect((await renderWith(platformOf({ store: { host: 'h' } }), '${resources.db.port}')).errors).toEqual(['T3203']);
    }),
    stricter(
      'What cannot be expressed SHOULD be a failure.',
      'It is an error or, where the specification allows, a warning with a code; nothing is left out in silence.',
      async () => {
        const text = withContainers(
          '{main: {image: x}, init: {image: y, livenessProbe: {exec: {command: [z]}}, before: {main: {ready: complete}}}}',
        );
        expect((await render('kubernetes', text)).codes).toEqual(['T4118']);
      },
    ),
  ],
};
