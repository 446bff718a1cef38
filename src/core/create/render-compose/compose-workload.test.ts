import { describe, expect, it } from 'vitest';
import { findBody, listProblems, makeTestSecret, printObjects } from '../test-support.ts';
import { main, score } from '../render/test-support.ts';
import { makeUid } from '../../model/uid.ts';
import { renderProject, serviceOf } from './test-support.ts';

const secret = makeTestSecret(makeUid({ type: 'postgres', id: 'web.db' }), 'password');
const database = { outputs: (node: { readonly kind: string }) => (node.kind === 'resource' ? { host: 'h', password: secret } : undefined) };
const platform = `apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: db}
spec:
  type: server
  match: [{}]
  driver: template
  inputs:
    manifests:
      - services: {db: {image: postgres, healthcheck: {test: [CMD, pg_isready]}}, slow: {image: x}, once: {image: y, labels: ["dev.score.compose.labels.is-init-container=true"]}, off: {image: z, healthcheck: {disable: true, test: [CMD, x]}}, late: {image: v, depends_on: [web-main]}}
        volumes: {data: {}}
    outputs: {host: db}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: vol}
spec:
  type: disk
  match: [{}]
  driver: template
  inputs: {outputs: "\${params}"}
`;

function problemsOf(text: string, rest = {}): readonly string[] {
  return listProblems(renderProject(text, rest));
}

describe('rendering a workload for Compose', () => {
  it('makes one service of the smallest Score file', () => {
    expect(printObjects(renderProject(score(main)).objects)).toBe(`services:
  web-main:
    hostname: web
    image: x
    labels:
      app.kubernetes.io/instance: shop-staging-0000000000
      app.kubernetes.io/managed-by: tutti
      app.kubernetes.io/name: web
      app.kubernetes.io/part-of: shop
      tutti.dev/environment: shop/staging
      tutti.dev/owner: workload.default#web
    networks:
      default:
        aliases:
          - web
    restart: unless-stopped
    security_opt:
      - no-new-privileges:true
`);
  });

  it('writes command and args, variables, annotations and ports where Compose has them', () => {
    const text = score(
      '  main: {image: x, command: [a], args: ["b c"], variables: {B: "2", A: "1"}}\n',
      'service: {ports: {web: {port: 80, targetPort: 8080}, dns: {port: 53, protocol: UDP}, other: {port: 81, targetPort: 8080}}}\n',
      'name: web, annotations: {example.com/team: blue, tutti.dev/profile: web}',
    );
    expect(serviceOf(text)).toMatchObject({
      entrypoint: ['a'],
      command: ['b c'],
      environment: { A: '1', B: '2' },
      annotations: { 'example.com/team': 'blue' },
      expose: ['53/udp', '8080'],
    });
    expect(serviceOf(text)).not.toHaveProperty('ports');
  });

  it('doubles every dollar of every text, once', () => {
    const text = score(
      '  main: {image: "x$1", command: ["x$A", "\\"$A\\"", "  $A", "$(cmd)", "$$", "${A}"], args: ["$"], variables: {A: "$HOME $$x"}, files: {/a: {content: "$b $${c}"}}}\n',
      '',
      'name: web, annotations: {example.com/team: "a$b"}',
    );
    expect(serviceOf(text)).toMatchObject({
      image: 'x$$1',
      entrypoint: ['x$$A', '"$$A"', '  $$A', '$$(cmd)', '$$$$', '$${A}'],
      command: ['$$'],
      environment: { A: '$$HOME $$x' },
      annotations: { 'example.com/team': 'a$$b' },
    });
    expect(findBody(renderProject(text), 'Config', 'web-main-54b379c9-a')).toEqual({
      configs: { 'web-main-54b379c9-a': { content: '$$b $${c}' } },
    });
  });

  it('gives amounts in bytes and in parts of a processor, for limits and requests', () => {
    const resources = '{limits: {memory: 1.5Gi, cpu: 500m}, requests: {memory: 64M, cpu: "0.25"}}';
    expect(serviceOf(score(`  main: {image: x, resources: ${resources}}\n`))['deploy']).toEqual({
      resources: { limits: { memory: '1610612736', cpus: '0.5' }, reservations: { memory: '64000000', cpus: '0.25' } },
    });
  });

  it('cannot run a cron workload', () => {
    const text = score(main, '', 'name: web, annotations: {tutti.dev/profile: cron, tutti.dev/schedule: "@daily"}');
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^T4106 The profile "cron"/)]);
  });

  it.each([
    ['web', 'unless-stopped'],
    ['worker', 'unless-stopped'],
    ['stateful', 'unless-stopped'],
    ['job', 'on-failure:3'],
  ])('restarts a %s workload %s', (profile, restart) => {
    expect(serviceOf(score(main, '', `name: web, annotations: {tutti.dev/profile: ${profile}}`))['restart']).toBe(restart);
  });
});

describe('ports', () => {
  const publish = (text: string, rest = '') =>
    score(
      `  main: {image: x}\n${rest}`,
      'service: {ports: {http: {port: 80, targetPort: 8080}, dns: {port: 53, protocol: UDP}}}\n',
      `name: web, annotations: {tutti.dev/publish: "${text}"}`,
    );

  it('are published where the annotation says so, by name or by number', () => {
    const text = publish('8080:http, 5353:53', '  side: {image: y}\n  init: {image: z, before: {main: {ready: complete}}}\n');
    expect(serviceOf(text)['ports']).toEqual([
      { target: 8080, published: '8080', protocol: 'tcp' },
      { target: 53, published: '5353', protocol: 'udp' },
    ]);
    for (const name of ['web-side', 'web-init']) expect(serviceOf(text, name)).not.toHaveProperty('ports');
  });

  it.each([
    ['8080', 'T4129 "8080" is not like 8080:http.'],
    ['0:http', 'T4129 "0:http" is not like 8080:http.'],
    ['80:htp', 'T4129 The workload "web" has no port "htp"; its ports: dns, http.'],
  ])('cannot be published as %s', (text, problem) => {
    expect(problemsOf(publish(text))).toEqual([problem]);
  });
});

describe('containers of one workload', () => {
  const text = score(
    '  main: {image: x}\n  init: {image: y, before: {main: {ready: complete}}}\n  side: {image: z, before: {main: {ready: started}}}\n',
    'service: {ports: {web: {port: 80}}}\n',
  );

  it('share the network of the one that starts first', () => {
    expect(serviceOf(text, 'web-side')).toMatchObject({ hostname: 'web', networks: { default: { aliases: ['web'] } }, expose: ['80'] });
    expect(serviceOf(text)).toMatchObject({ network_mode: 'service:web-side' });
    expect(serviceOf(text)).not.toHaveProperty('hostname');
    expect(serviceOf(text)).not.toHaveProperty('networks');
    expect(serviceOf(text)).not.toHaveProperty('expose');
  });

  it('run by themselves where they end before others, and are not restarted', () => {
    const init = serviceOf(text, 'web-init');
    expect(init['restart']).toBe('no');
    for (const key of ['hostname', 'networks', 'network_mode', 'expose']) expect(init).not.toHaveProperty(key);
  });

  it('wait for each other as `before` says', () => {
    expect(serviceOf(text)['depends_on']).toEqual({
      'web-init': { condition: 'service_completed_successfully' },
      'web-side': { condition: 'service_started' },
    });
    expect(serviceOf(text, 'web-side')).not.toHaveProperty('depends_on');
  });

  it('never wait in a circle for the one that has the network', () => {
    const chain = score(
      '  aa: {image: x}\n  bb: {image: x, before: {aa: {ready: started}}}\n  cc: {image: x, before: {bb: {ready: started}}}\n  dd: {image: x, before: {cc: {ready: complete}}}\n  ee: {image: x, before: {dd: {ready: started}}}\n',
    );
    expect(serviceOf(chain, 'web-ee')['hostname']).toBe('web');
    for (const name of ['aa', 'bb', 'cc']) {
      if (name !== 'cc') expect(serviceOf(chain, `web-${name}`)['network_mode']).toBe('service:web-ee');
    }
  });

  it('prefer one that nobody waits for', () => {
    const both = score('  zz: {image: x}\n  aa: {image: x, before: {mm: {ready: started}}}\n  mm: {image: x}\n');
    expect(serviceOf(both, 'web-zz')['hostname']).toBe('web');
  });

  it('may be waited for until they are healthy only with a probe that runs within', () => {
    const ready = '  side: {image: x, before: {main: {ready: healthy}}, readinessProbe: PROBE}\n  main: {image: y}\n';
    const exec = score(ready.replace('PROBE', '{exec: {command: [ls]}}'));
    expect(serviceOf(exec)['depends_on']).toEqual({ 'web-side': { condition: 'service_healthy' } });
    expect(problemsOf(score(ready.replace('PROBE', '{httpGet: {path: /, port: 80}}')))).toEqual([
      expect.stringMatching(/^T4123/),
      'T4107 "side" shall be healthy before another starts, and Compose can only tell by an `exec` probe.',
    ]);
    expect(problemsOf(score('  side: {image: x, before: {main: {ready: healthy}}}\n  main: {image: y}\n'))).toEqual([
      expect.stringMatching(/^T4107/),
    ]);
  });
});

describe('probes', () => {
  const exec = (...command: readonly string[]) => `{exec: {command: [${command.join(', ')}]}}`;

  it('become a health check, the readiness probe before the liveness probe', () => {
    const checked = { interval: '5s', timeout: '5s', retries: 3, start_period: '60s' };
    expect(serviceOf(score(`  main: {image: x, livenessProbe: ${exec('a')}}\n`))['healthcheck']).toEqual({
      ...checked,
      test: ['CMD', 'a'],
    });
    const both = score(`  main: {image: x, livenessProbe: ${exec('a')}, readinessProbe: ${exec('b', '"$c"')}}\n`);
    expect(serviceOf(both)['healthcheck']).toEqual({ ...checked, test: ['CMD', 'b', '$$c'] });
    expect(problemsOf(both)).toEqual([
      'T4123 The livenessProbe is left out: a service of Compose has one health check, and that is the readinessProbe.',
    ]);
  });

  it('take `exec` where both are given, and are never dropped in silence', () => {
    const both = '{exec: {command: [a]}, httpGet: {path: /, port: 80}}';
    expect(problemsOf(score(`  main: {image: x, readinessProbe: ${both}}\n`))).toEqual([]);
    const http = score('  main: {image: x, readinessProbe: {httpGet: {path: /, port: 80}}, livenessProbe: {exec: {command: [a]}}}\n');
    expect(problemsOf(http)).toEqual([expect.stringMatching(/^T4123 The readinessProbe is left out: .*no httpGet/)]);
    expect(serviceOf(http)['healthcheck']).toMatchObject({ test: ['CMD', 'a'] });
  });

  it('mean nothing for a container that ends before others start', () => {
    const text = score(`  init: {image: x, before: {main: {ready: complete}}, livenessProbe: ${exec('a')}}\n  main: {image: y}\n`);
    expect(problemsOf(text)).toEqual(['T4118 "init" completes before others start; its probes are left out.']);
  });
});

describe('files', () => {
  it('stand in the project by themselves, whatever they are called in their folders', () => {
    const text = score('  main: {image: x, files: {/a/x.conf: {content: one, mode: "600"}, /b/x.conf: {content: two}}}\n');
    const configs = serviceOf(text)['configs'];
    expect(configs).toEqual([
      { source: expect.stringMatching(/^web-main-[0-9a-f]{8}-x\.conf$/), target: '/a/x.conf', mode: '0600' },
      { source: expect.stringMatching(/^web-main-[0-9a-f]{8}-x\.conf$/), target: '/b/x.conf', mode: '0644' },
    ]);
    expect(new Set(Object(configs).map((each: { readonly source: string }) => each.source)).size).toBe(2);
  });

  it('of bytes lie beside it and are mounted for reading', () => {
    const text = score('  main: {image: x, files: {/logo.png: {binaryContent: /wA=}}}\n');
    const name = 'files/web-main-54578338-logo.png';
    expect(serviceOf(text)['volumes']).toEqual([
      { type: 'bind', source: `./${name}`, target: '/logo.png', read_only: true, bind: { create_host_path: false } },
    ]);
    expect(findBody(renderProject(text), 'File', name)).toEqual({ files: { [name]: { base64: '/wA=', mode: '0644' } } });
  });

  it('without text lie beside it, too: Compose takes no empty config', () => {
    const text = score('  main: {image: x, files: {/logo.png: {content: ""}}}\n');
    const name = 'files/web-main-54578338-logo.png';
    expect(serviceOf(text)['volumes']).toEqual([expect.objectContaining({ source: `./${name}` })]);
    expect(findBody(renderProject(text), 'File', name)).toEqual({ files: { [name]: { content: '', mode: '0644' } } });
  });

  it('with a secret in them are secrets, which Compose copies from a variable', () => {
    const text = score(
      '  main: {image: x, files: {/a: {content: "p=${resources.db.password}", mode: "0400"}}}\n',
      'resources: {db: {type: postgres}}\n',
    );
    const rendering = renderProject(text, database);
    const [mount] = Object(serviceOf(text, 'web-main', database)['secrets']);
    expect(mount).toEqual({ source: 'web-main-54b379c9-a', target: '/a', mode: '0400' });
    const { environment } = Object(findBody(rendering, 'Secret', mount.source)).secrets[mount.source];
    expect(environment).toMatch(/^TUTTI_[0-9A-F]{16}$/);
    expect(findBody(rendering, 'Variable', environment)).toEqual({ variables: { [environment]: { value: 'p=‹password›' } } });
  });

  it('that change restart the service', () => {
    const hash = (content: string) =>
      Object(serviceOf(score(`  main: {image: x, files: {/a: {content: ${content}}}}\n`))['labels'])['tutti.dev/config-hash'];
    expect(hash('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(hash('a')).not.toBe(hash('b'));
  });

  it('do not stand where a volume does', () => {
    const text = score(
      '  main: {image: x, files: {/a: {content: x}}, volumes: {/a: {source: "${resources.data}"}}}\n',
      'resources: {data: {type: disk, params: {source: v}}}\n',
    );
    expect(problemsOf(text, { platform })).toEqual(['T4117 In "main" both a file and a volume stand at "/a".']);
  });
});

describe('variables with a secret in them', () => {
  const text = score(
    '  main: {image: x, variables: {PLAIN: "a", URL: "p://u:${resources.db.password}@h", PASSWORD: "${resources.db.password}"}}\n',
    'resources: {db: {type: postgres}}\n',
  );

  it('stand in an env file for its owner alone', () => {
    const service = serviceOf(text, 'web-main', database);
    expect(service).toMatchObject({ environment: { PLAIN: 'a' }, env_file: [{ path: './env/web-main.env' }] });
    expect(findBody(renderProject(text, database), 'File', 'env/web-main.env')).toEqual({
      files: { 'env/web-main.env': { mode: '0600', content: 'PASSWORD="dotenv(‹password›)"\nURL="dotenv(p://u:‹password›@h)"\n' } },
    });
  });

  it('have names that an env file can have', () => {
    const odd = score('  main: {image: x, variables: {"a b": "${resources.db.password}"}}\n', 'resources: {db: {type: postgres}}\n');
    expect(problemsOf(odd, database)).toEqual([expect.stringMatching(/^T4125 The variable "a b" holds a secret/)]);
  });
});

describe('what is known only after provisioning', () => {
  it('keeps its place in services and files, and the hash of what is read is not known either', () => {
    const text = score(
      '  main: {image: x, variables: {H: "${resources.db.host}"}, files: {/a: {content: "${resources.db.host}"}}}\n',
      'resources: {db: {type: postgres}}\n',
    );
    const unknown = { $tutti: 'unknown', uid: makeUid({ type: 'postgres', id: 'web.db' }), path: 'host' } as const;
    const rest = { outputs: (node: { readonly kind: string }) => (node.kind === 'resource' ? { host: unknown } : undefined) };
    const service = serviceOf(text, 'web-main', rest);
    expect(service['environment']).toEqual({ H: '?' });
    expect(Object(service['labels'])['tutti.dev/config-hash']).toBe('?');
    expect(findBody(renderProject(text, rest), 'Config', 'web-main-54b379c9-a')).toEqual({
      configs: { 'web-main-54b379c9-a': { content: '?' } },
    });
  });
});

describe('volumes', () => {
  const mount = (params: string, more = '') =>
    score(
      `  main: {image: x, volumes: {/data: {source: "\${resources.data}"${more}}}}\n`,
      `resources: {data: {type: disk, params: ${params}}}\n`,
    );

  it.each([
    ['{source: v}', '', { type: 'volume', source: 'v' }],
    [
      '{type: volume, source: v, volume: {nocopy: true}}',
      ', path: /a/b, readOnly: true',
      { type: 'volume', source: 'v', volume: { nocopy: true, subpath: 'a/b' }, read_only: true },
    ],
    ['{type: bind, source: ./x, bind: {propagation: shared}}', '', { type: 'bind', source: './x', bind: { propagation: 'shared' } }],
    ['{type: bind, source: ./x/}', ', path: y', { type: 'bind', source: './x/y' }],
    ['{type: tmpfs, tmpfs: {size: 1024}}', '', { type: 'tmpfs', tmpfs: { size: 1024 } }],
  ])('of %s%s are mounted', (params, more, expected) => {
    expect(serviceOf(mount(params, more), 'web-main', { platform })['volumes']).toEqual([{ ...expected, target: '/data' }]);
  });

  it.each([
    ['{type: tmpfs}', ', path: a', 'T4108 A tmpfs begins empty: there is no path in it.'],
    ['{type: disk, source: x}', '', 'T4108 "data" has the type "disk"; Compose mounts volume, bind, tmpfs.'],
    ['{claimName: x}', '', 'T4108 "data" has no output `source` with the name or the path; its outputs are: claimName.'],
    ['{source: x, volume: 1}', '', 'T4108 "data" has an output `volume` that is no map.'],
  ])('of %s%s are refused', (params, more, problem) => {
    expect(problemsOf(mount(params, more), { platform })).toEqual([problem]);
  });
});

describe('resources of a workload', () => {
  const text = score(main, 'resources: {db: {type: server}}\n');

  it('are waited for: healthy, ended or started, as they can say it', () => {
    expect(serviceOf(text, 'web-main', { platform })['depends_on']).toEqual({
      db: { condition: 'service_healthy' },
      slow: { condition: 'service_started' },
      once: { condition: 'service_completed_successfully' },
      off: { condition: 'service_started' },
    });
  });
});

describe('names', () => {
  it('of services are those of one workload and container alone', () => {
    const different = [score('  bb: {image: x}\n', '', 'name: aa'), score('  cc: {image: x}\n', '', 'name: aa-bb')];
    expect(listProblems(renderProject(different))).toEqual([expect.stringMatching(/^T4126/)]);
    const same = [score('  bb-cc: {image: x}\n', '', 'name: aa'), score('  cc: {image: x}\n', '', 'name: aa-bb')];
    expect(listProblems(renderProject(same))).toEqual([
      'T4109 Service aa-bb-cc in shop-staging-0000000000: workload.default#aa and workload.default#aa-bb both render it.',
    ]);
  });

  it('of workloads are no names of services of others', () => {
    const texts = [score('  api: {image: x}\n'), score('  main: {image: x}\n', '', 'name: web-api')];
    expect(listProblems(renderProject(texts))).toEqual([
      expect.stringMatching(
        /^T4126 The service "web-api-main" of workload\.default#web-api and the service "web-api" of workload\.default#web both answer/,
      ),
    ]);
  });
});
