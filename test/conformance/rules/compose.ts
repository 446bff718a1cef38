import { expect } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import {
  at,
  atTop,
  inContainer,
  items,
  mapOf,
  projectOf,
  render,
  textAt,
  withContainers,
  withMetadata,
  type RenderFacts,
} from '../support.ts';

async function services(text: string, facts: RenderFacts = {}): Promise<Json | undefined> {
  return at(projectOf(await render('compose', text, facts)), 'services');
}

async function service(...lines: readonly string[]): Promise<Json | undefined> {
  return at(await services(inContainer(...lines)), 'web-main');
}

/** `$$` is how Compose writes `$`: what the container sees. */
function unescape(value: Json | undefined): string {
  return typeof value === 'string' ? value.replaceAll('$$', () => '$') : '';
}

function withVolume(outputs: Json, volume = '{source: "${resources.data}"}') {
  const text = `${inContainer(`volumes: {/data: ${volume}}`)}resources: {data: {type: store}}\n`;
  return render('compose', text, { outputs: { store: outputs } });
}

function order(ready: string): string {
  return withContainers(`{main: {image: x}, first: {image: y, readinessProbe: {exec: {command: [z]}}, before: {main: {ready: ${ready}}}}}`);
}

const several = withContainers('{bb: {image: x}, aa: {image: y, before: {bb: {ready: complete}}}, cc: {image: z}}');

export const chapter: Chapter = {
  name: 'compose',
  title: 'Rendering to Compose',
  source: 'score-compose 0.45.',
  rules: [
    same('A container is a service `WORKLOAD-CONTAINER`.', async () => {
      expect(Object.keys(mapOf(await services(several)))).toEqual(['web-aa', 'web-bb', 'web-cc']);
    }),
    same('The first container without `before` has the name of the workload as its host name; others share its network.', async () => {
      const all = await services(several);
      expect(at(all, 'web-bb', 'hostname')).toBe('web');
      expect(at(all, 'web-cc', 'network_mode')).toBe('service:web-bb');
    }),
    same('A container that completes before others has a network of its own.', async () => {
      expect(at(await services(several), 'web-aa')).not.toHaveProperty('network_mode');
    }),
    same('Annotations of the workload go to its services.', async () => {
      const text = withMetadata('{name: web, annotations: {example.com/team: blue}}');
      expect(at(await services(text), 'web-main', 'annotations')).toMatchObject({ 'example.com/team': 'blue' });
    }),
    same('`command` is the entrypoint, `args` are the command.', async () => {
      expect(await service('command: [sh, -c]', 'args: [x]')).toMatchObject({ entrypoint: ['sh', '-c'], command: ['x'] });
    }),
    same('Variables are the environment.', async () => {
      expect(at(await service('variables: {B: x, A: y}'), 'environment')).toEqual({ A: 'y', B: 'x' });
    }),
    differs(
      '`$` in `command` and `args` is escaped by a pattern that misses `x$A`, `"$A"`, an indented `$A` and `$(cmd)`.',
      'Every `$` is escaped: the container sees the text of the Score file.',
      async () => {
        const args = ['$A', 'x$A', '"$A"', '  $A', '$(cmd)', '${A}', '$$', 'a$'];
        const { command, entrypoint } = mapOf(await service(`args: ${JSON.stringify(args)}`, `command: ${JSON.stringify(args)}`));
        expect(items(command).map(unescape)).toEqual(args);
        expect(items(entrypoint).map(unescape)).toEqual(args);
        expect(JSON.stringify(command).replaceAll('$$', '')).not.toContain('$');
      },
    ),
    differs(
      'In variables `$$` is kept, so that Compose makes `$` of it; a lone `$` is left to Compose.',
      'Placeholders are resolved as everywhere, and then every `$` is escaped: `$$` is a `$`, and `$HOME` is the text `$HOME`.',
      async () => {
        const environment = at(await service('variables: {A: "$$ $${x} $HOME ${metadata.name}"}'), 'environment');
        expect(unescape(at(environment, 'A'))).toBe('$ ${x} $HOME web');
      },
    ),
    differs(
      '`resources` are ignored, with a warning.',
      'Limits and requests become limits and reservations, memory in bytes: a `k` of Compose is 1024, one of Score 1000.',
      async () => {
        const resources = at(
          await service('resources: {limits: {memory: 500K, cpu: 500m}, requests: {memory: 1Ki}}'),
          'deploy',
          'resources',
        );
        expect(resources).toEqual({ limits: { memory: '500000', cpus: '0.5' }, reservations: { memory: '1024' } });
      },
    ),
    same('An `exec` readiness probe, else the liveness probe, is the health check.', async () => {
      expect(
        at(await service('readinessProbe: {exec: {command: [a]}}', 'livenessProbe: {exec: {command: [b]}}'), 'healthcheck', 'test'),
      ).toEqual(['CMD', 'a']);
      expect(at(await service('livenessProbe: {exec: {command: [b]}}'), 'healthcheck', 'test')).toEqual(['CMD', 'b']);
    }),
    same('A probe by `httpGet` cannot be expressed: a warning.', async () => {
      const { exitCode, codes } = await render('compose', inContainer('livenessProbe: {httpGet: {port: 80, path: /}}'));
      expect([exitCode, codes]).toEqual([0, ['T4123']]);
    }),
    same('`before` becomes `depends_on`: started, healthy, completed.', async () => {
      const condition = async (ready: string) => at(await services(order(ready)), 'web-main', 'depends_on', 'web-first', 'condition');
      expect(await condition('started')).toBe('service_started');
      expect(await condition('healthy')).toBe('service_healthy');
      expect(await condition('complete')).toBe('service_completed_successfully');
    }),
    same('`before` with `healthy` needs a probe that can be expressed.', async () => {
      const text = order('healthy').replace('exec: {command: [z]}', 'httpGet: {port: 80, path: /}');
      expect((await render('compose', text)).errors).toEqual(['T4107']);
    }),
    differs(
      'Files are written to `.score-compose/mounts/files/WORKLOAD-files-BASENAME`: two of one basename in a workload overwrite each other.',
      'Each file has a name of its own, made of container and target.',
      async () => {
        const project = projectOf(await render('compose', inContainer('files: {/a/x.conf: {content: one}, /b/x.conf: {content: two}}')));
        expect(Object.values(mapOf(at(project, 'configs'))).map((each) => at(each, 'content'))).toEqual(
          expect.arrayContaining(['one', 'two']),
        );
        expect(items(at(project, 'services', 'web-main', 'configs')).map((each) => at(each, 'target'))).toEqual(['/a/x.conf', '/b/x.conf']);
      },
    ),
    same('The content of files is expanded, and no `$` of it is left to Compose.', async () => {
      const project = projectOf(await render('compose', inContainer('files: {/a: {content: "${metadata.name} $$ $x"}}')));
      expect(unescape(at(Object.values(mapOf(at(project, 'configs')))[0], 'content'))).toBe('web $ $x');
    }),
    same('`mode` is the mode of the file in the container.', async () => {
      const [config] = items(at(await service('files: {/a: {content: x, mode: "0400"}}'), 'configs'));
      expect(Number.parseInt(textAt(config, 'mode'), 8)).toBe(0o400);
    }),
    more(
      'Bytes are written beside the project and mounted from there.',
      'Printed alone, the project lacks them: a warning says so, and `--out DIR` writes them.',
      async () => {
        const text = inContainer('files: {/a: {binaryContent: AP8=}}');
        expect((await render('compose', text)).codes).toEqual(['T4127']);
        expect(await render('compose', text, { args: ['--out', 'made'] })).toMatchObject({ exitCode: 0, codes: [] });
      },
    ),
    same('A volume has the outputs `type` and `source`; `path` is a folder within it, `readOnly` is kept.', async () => {
      const project = projectOf(
        await withVolume({ type: 'volume', source: 'data' }, '{source: "${resources.data}", path: sub, readOnly: true}'),
      );
      expect(at(project, 'services', 'web-main', 'volumes', 0)).toEqual({
        type: 'volume',
        source: 'data',
        target: '/data',
        read_only: true,
        volume: { subpath: 'sub' },
      });
    }),
    same('A volume can be `bind` or `tmpfs`.', async () => {
      expect(at(projectOf(await withVolume({ type: 'bind', source: './x' })), 'services', 'web-main', 'volumes', 0)).toMatchObject({
        type: 'bind',
        source: './x',
      });
      expect(at(projectOf(await withVolume({ type: 'tmpfs' })), 'services', 'web-main', 'volumes', 0)).toMatchObject({
        type: 'tmpfs',
        target: '/data',
      });
    }),
    same('A `path` within `tmpfs` is an error.', async () => {
      expect((await withVolume({ type: 'tmpfs' }, '{source: "${resources.data}", path: sub}')).errors).toEqual(['T4108']);
    }),
    same('Outputs that describe no volume are an error.', async () => {
      expect((await withVolume({ type: 'floppy', source: 'x' })).errors).toEqual(['T4108']);
      expect((await withVolume({ size: 1 })).errors).toEqual(['T4108']);
    }),
    same('Service ports are not published.', async () => {
      expect(await service()).not.toHaveProperty('ports');
      const main = at(await services(atTop('service: {ports: {web: {port: 80, targetPort: 8080}}}')), 'web-main');
      expect([at(main, 'ports'), at(main, 'expose')]).toEqual([undefined, ['8080']]);
    }),
    more(
      'A workload is reached by its host name.',
      'Its name is an alias on the network, too, so that it does not depend on the container.',
      async () => {
        expect(at(await service(), 'networks', 'default', 'aliases')).toEqual(['web']);
      },
    ),
    differs(
      'A helper `wait-for-resources` waits for the services of all resources.',
      'Each workload waits for the resources that it depends on, healthy where they have a health check; no helper image is needed.',
      async () => {
        const all = await services(`${inContainer('variables: {H: "${resources.db.host}"}')}resources: {db: {type: postgres}}\n`);
        expect(Object.keys(mapOf(all)).filter((name) => name.includes('wait'))).toEqual([]);
        expect(Object.values(mapOf(at(all, 'web-main', 'depends_on'))).map((each) => at(each, 'condition'))).toEqual(['service_healthy']);
      },
    ),
    stricter('Two services of one name are an error.', 'Two things that answer to one name are, too.', async () => {
      const two =
        'apiVersion: score.dev/v1b1\nmetadata: {name: shop}\ncontainers: {web-a: {image: x}}\n---\napiVersion: score.dev/v1b1\nmetadata: {name: shop-web}\ncontainers: {ab: {image: x}}\n';
      const clash = two.replace('web-a:', 'web-ab:');
      expect((await render('compose', two)).errors).toEqual([]);
      expect((await render('compose', clash)).exitCode).toBe(1);
    }),
    same('The output is sorted: the same input gives the same bytes.', async () => {
      const [one, two] = [
        await render('compose', several),
        await render(
          'compose',
          several.replace('cc: {image: z}', 'cc: {image: z}').replace('bb: {image: x}, ', '').replace('{aa', '{bb: {image: x}, aa'),
        ),
      ];
      expect(textAt(one.data, 'files', 0, 'text')).toBe(textAt(two.data, 'files', 0, 'text'));
    }),
    differs(
      'Passwords stand in the project in plain text.',
      'With `--out` they stand in files of mode 0600 beside it, which it names.',
      async () => {
        const text = `${inContainer('variables: {P: "${resources.db.password}"}')}resources: {db: {type: postgres}}\n`;
        const { data, exitCode } = await render('compose', text, { args: ['--out', 'made'] });
        const files = items(at(data, 'files'));
        expect(exitCode).toBe(0);
        expect(files.filter((each) => textAt(each, 'file').startsWith('env/')).map((each) => at(each, 'mode'))).toEqual(
          expect.arrayContaining(['0600']),
        );
      },
    ),
    more(
      'What only Kubernetes has is ignored.',
      'A workload profile that Compose cannot express, such as `cron`, is an error.',
      async () => {
        const text = withMetadata('{name: web, annotations: {tutti.dev/profile: cron, tutti.dev/schedule: "@daily"}}');
        expect((await render('compose', text)).errors).toEqual(['T4106']);
      },
    ),
  ],
};
