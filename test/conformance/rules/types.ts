import { expect } from 'vitest';
import { differs, more, same, type Chapter, type Rule } from '../rule.ts';
import { at, atTop, inContainer, mapOf, ofKind, projectOf, render, runTutti, textAt, variablesOf } from '../support.ts';

const formats = ['kubernetes', 'compose'] as const;

interface Asked {
  readonly params?: string;
  readonly outputs: readonly string[];
}

function needing(type: string, { params, outputs }: Asked): string {
  const variables = outputs.map((name) => `${name.toUpperCase()}: "\${resources.it.${name}}"`).join(', ');
  const need = `{type: ${type}${params === undefined ? '' : `, params: ${params}`}}`;
  return `${inContainer(`variables: {${variables}}`)}service: {ports: {web: {port: 80}}}\nresources: {it: ${need}}\n`;
}

/** The built-in platform gives these outputs in both formats. */
function gives(type: string, asked: Asked): Rule {
  const names = asked.outputs.map((name) => `\`${name}\``).join(', ');
  return same(`\`${type}\` gives ${names}.`, async () => {
    for (const format of formats) {
      const { errors, exitCode } = await render(format, needing(type, asked));
      expect([exitCode, errors], format).toEqual([0, []]);
    }
  });
}

const login = ['host', 'port', 'username', 'password'];
const database = ['host', 'port', 'name', 'database', 'username', 'password'];

export const chapter: Chapter = {
  name: 'types',
  title: 'Types of resources',
  source: 'The default provisioners of score-compose 0.45 and score-k8s 0.15; the built-in platform.',
  rules: [
    gives('redis', { outputs: login }),
    gives('postgres', { outputs: database }),
    gives('postgres-instance', { outputs: login }),
    gives('mysql', { outputs: database }),
    gives('mssql', { outputs: ['server', 'port', 'connection', 'database', 'username', 'password'] }),
    gives('mongodb', { outputs: [...login, 'connection'] }),
    gives('amqp', { outputs: [...login, 'vhost'] }),
    gives('s3', {
      outputs: ['bucket', 'access_key_id', 'secret_key', 'endpoint', 'region', 'aws_access_key_id', 'aws_secret_key'],
    }),
    gives('kafka-topic', { outputs: ['host', 'port', 'name', 'num_partitions'] }),
    gives('elasticsearch', { outputs: login }),
    gives('dns', { outputs: ['host'] }),
    same('`volume` gives what a container can mount.', async () => {
      const text = `${inContainer('volumes: {/data: {source: "${resources.it}"}}')}resources: {it: {type: volume}}\n`;
      for (const format of formats) expect((await render(format, text)).errors, format).toEqual([]);
    }),
    differs('`volume` is an `emptyDir` in score-k8s, which loses its data.', 'It is a claim: the data stay.', async () => {
      const text = `${inContainer('volumes: {/data: {source: "${resources.it}"}}')}resources: {it: {type: volume}}\n`;
      expect(ofKind(await render('kubernetes', text), 'PersistentVolumeClaim').length).toBe(1);
    }),
    same('`route` takes `host`, `path` and `port`.', async () => {
      const text = needing('route', { params: '{host: web.example.com, path: /, port: 80}', outputs: [] });
      for (const format of formats) expect((await render(format, text)).errors, format).toEqual([]);
    }),
    differs(
      'A `route` to a named port gives a manifest that the cluster refuses (score-k8s).',
      'The name is looked up in the ports of the workload.',
      async () => {
        const text = needing('route', { params: '{host: web.example.com, path: /, port: web}', outputs: [] });
        const [route] = ofKind(await render('kubernetes', text), 'HTTPRoute');
        expect(at(route, 'spec', 'rules', 0, 'backendRefs', 0, 'port')).toBe(80);
      },
    ),
    differs('`environment` is missing in score-k8s.', 'Its outputs are the values of the environment, in both formats.', async () => {
      const text = needing('environment', { outputs: ['level'] });
      expect(variablesOf(await render('kubernetes', text, { args: ['--set', 'level=debug'] }))['LEVEL']).toBe('debug');
      const project = projectOf(await render('compose', text, { args: ['--set', 'level=debug'] }));
      expect(at(project, 'services', 'web-main', 'environment', 'LEVEL')).toBe('debug');
    }),
    more('A variable of the environment that is not set is an error.', 'The message says how it is set.', async () => {
      const { errors, diagnostics } = await render('kubernetes', needing('environment', { outputs: ['level'] }));
      expect([errors, diagnostics.some(({ detail }) => detail.includes('set'))]).toEqual([['T3203'], true]);
    }),
    differs(
      '`service-port` gives the target port of another workload beside the name of its Service, where only the port answers (score-k8s).',
      'It gives the port at which the name answers: that of the Service, in Compose that of the container.',
      async () => {
        const files = {
          'web.yaml': needing('service-port', { params: '{workload: api, port: main}', outputs: ['hostname', 'port'] }),
          'api.yaml': atTop('service: {ports: {main: {port: 80, targetPort: 8080}}}').replace('name: web', 'name: api'),
        };
        const result = await runTutti(files, 'render', 'web.yaml', 'api.yaml', '--seed', 'x');
        const web = ofKind(result, 'Deployment').find((each) => at(each, 'metadata', 'name') === 'web');
        expect(JSON.stringify(at(web, 'spec', 'template', 'spec', 'containers', 0, 'env'))).toContain('"value":"80"');
        const composed = await runTutti(files, 'render', 'web.yaml', 'api.yaml', '--seed', 'x', '--format', 'compose');
        expect(mapOf(at(projectOf(composed), 'services', 'web-main', 'environment'))).toMatchObject({ HOSTNAME: 'api', PORT: '8080' });
      },
    ),
    same('`service` gives the address of another workload.', async () => {
      const files = {
        'web.yaml': `${inContainer('variables: {H: "${resources.api.host}"}')}resources: {api: {type: service}}\n`,
        'api.yaml': atTop('service: {ports: {main: {port: 80}}}').replace('name: web', 'name: api'),
      };
      expect((await runTutti(files, 'render', 'web.yaml', 'api.yaml', '--seed', 'x')).errors).toEqual([]);
    }),
    more(
      '`horizontal-pod-autoscaler` is met by files of the community.',
      'It is built in for Kubernetes; in Compose a warning says that nothing scales there.',
      async () => {
        const text = needing('horizontal-pod-autoscaler', { outputs: [] });
        expect(ofKind(await render('kubernetes', text), 'HorizontalPodAutoscaler').length).toBe(1);
        expect(await render('compose', text)).toMatchObject({ exitCode: 0, codes: expect.arrayContaining(['T5005']) });
      },
    ),
    differs(
      'Some images have no fixed version, and some services no health check.',
      'All images are pinned, all servers have health checks and run without privileges.',
      async () => {
        const services = Object.values(mapOf(at(projectOf(await render('compose', needing('redis', { outputs: ['host'] }))), 'services')));
        const servers = services.filter((each) => at(each, 'healthcheck') !== undefined);
        expect(servers.length).toBe(1);
        expect(servers.map((each) => [/:\d/.test(textAt(each, 'image')), at(each, 'cap_drop')])).toEqual([[true, ['ALL']]]);
      },
    ),
  ],
};
