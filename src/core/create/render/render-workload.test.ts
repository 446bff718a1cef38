import { describe, expect, it } from 'vitest';
import { findBody, listProblems, printObjects } from '../test-support.ts';
import { at, expectSound, main, podPath, render, score } from './test-support.ts';

describe('rendering a workload', () => {
  it('makes a Deployment and nothing else of the smallest Score file', () => {
    const rendering = expectSound(score(main));
    expect(printObjects(rendering.objects)).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    tutti.dev/environment: shop/staging
    tutti.dev/owner: workload.default#web
  labels:
    app.kubernetes.io/instance: shop-staging-0000000000
    app.kubernetes.io/managed-by: tutti
    app.kubernetes.io/name: web
    app.kubernetes.io/part-of: shop
  name: web
  namespace: shop-staging
spec:
  replicas: 1
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/instance: shop-staging-0000000000
      app.kubernetes.io/name: web
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: shop-staging-0000000000
        app.kubernetes.io/managed-by: tutti
        app.kubernetes.io/name: web
        app.kubernetes.io/part-of: shop
    spec:
      automountServiceAccountToken: false
      containers:
        - image: x
          name: main
          securityContext:
            allowPrivilegeEscalation: false
            privileged: false
      securityContext:
        seccompProfile:
          type: RuntimeDefault
`);
  });

  it('writes variables in order, so that the container sees exactly what Score says', () => {
    const rendering = expectSound(
      score(`  main:
    image: x
    variables: {ZETA: last, ALPHA: "$(HOME)", B: "a$$$$b", C: "$", D: "$$(X) $x", E: "\${metadata.name}"}
`),
    );
    expect(at(findBody(rendering, 'Deployment', 'web'), `${podPath}/containers/0/env`)).toEqual([
      { name: 'ALPHA', value: '$$(HOME)' },
      { name: 'B', value: 'a$$$$b' },
      { name: 'C', value: '$' },
      { name: 'D', value: '$$(X) $x' },
      { name: 'E', value: 'web' },
      { name: 'ZETA', value: 'last' },
    ]);
  });

  it('leaves command and args as they are: references in them are a feature of Kubernetes', () => {
    const rendering = expectSound(score('  main: {image: x, command: ["$(A)"], args: ["$$", "${metadata.name}"]}\n'));
    expect(at(findBody(rendering, 'Deployment', 'web'), `${podPath}/containers/0`)).toMatchObject({
      command: ['$(A)'],
      args: ['$$', '${metadata.name}'],
    });
  });

  it('gives variables that hold a secret by reference to one Secret', () => {
    const rendering = expectSound(
      score(
        '  main: {image: x, variables: {"odd name!": "${resources.env.TOKEN}", URL: "http://u:${resources.env.TOKEN}@h"}}\n',
        'resources: {env: {type: environment}}\n',
      ),
      { values: [{ key: 'TOKEN', hash: 'h' }] },
    );
    const key = expect.stringMatching(/^main\.[0-9a-f]{16}$/);
    expect(at(findBody(rendering, 'Deployment', 'web'), `${podPath}/containers/0/env`)).toEqual([
      { name: 'URL', valueFrom: { secretKeyRef: { name: 'web-env', key: 'main.URL' } } },
      { name: 'odd name!', valueFrom: { secretKeyRef: { name: 'web-env', key } } },
    ]);
    expect(Object.values(Object(at(findBody(rendering, 'Secret', 'web-env'), 'data')))).toEqual(
      expect.arrayContaining(['base64(http://u:‹TOKEN›@h)', 'base64(‹TOKEN›)']),
    );
  });

  it('mounts every file by itself, text and bytes in a ConfigMap, text with a secret in a Secret', () => {
    const rendering = expectSound(
      score(
        `  main:
    image: x
    files:
      /etc/a.conf: {content: "a \${metadata.name}", mode: "0755"}
      /etc/raw: {binaryContent: aGk=}
      /other/a.conf: {content: "\${metadata.name}", noExpand: true}
      /run/key: {content: "k=\${resources.env.TOKEN}"}
`,
        'resources: {env: {type: environment}}\n',
      ),
      { values: [{ key: 'TOKEN', hash: 'h' }] },
    );
    const config = findBody(rendering, 'ConfigMap', 'web-files');
    expect(Object.values(Object(at(config, 'data')))).toEqual(['a web', '${metadata.name}']);
    expect(Object.values(Object(at(config, 'binaryData')))).toEqual(['aGk=']);
    expect(Object.values(Object(at(findBody(rendering, 'Secret', 'web-files'), 'data')))).toEqual(['base64(k=‹TOKEN›)']);
    const deployment = findBody(rendering, 'Deployment', 'web');
    expect(at(deployment, `${podPath}/containers/0/volumeMounts`)).toEqual([
      { name: 'files', mountPath: '/etc/a.conf', subPath: expect.stringMatching(/^main-.*-a\.conf$/), readOnly: true },
      { name: 'files', mountPath: '/etc/raw', subPath: expect.stringMatching(/-raw$/), readOnly: true },
      { name: 'files', mountPath: '/other/a.conf', subPath: expect.stringMatching(/-a\.conf$/), readOnly: true },
      { name: 'secret-files', mountPath: '/run/key', subPath: expect.stringMatching(/-key$/), readOnly: true },
    ]);
    expect(at(deployment, `${podPath}/volumes/0/configMap/items/0/mode`)).toBe(0o755);
  });

  it('restarts the pods when a file or a secret changes, and only then', () => {
    const hashOf = (content: string, secret: string): unknown => {
      const rendering = expectSound(
        score(
          `  main: {image: x, files: {/a: {content: "${content}"}}, variables: {T: "\${resources.env.T}"}}\n`,
          'resources: {env: {type: environment}}\n',
        ),
        { values: [{ key: 'T', hash: secret }] },
      );
      return Object(at(findBody(rendering, 'Deployment', 'web'), 'spec/template/metadata/annotations'))['tutti.dev/config-hash'];
    };
    expect(hashOf('a', 's')).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf('a', 's')).toBe(hashOf('a', 's'));
    expect(new Set([hashOf('a', 's'), hashOf('b', 's'), hashOf('a', 't')]).size).toBe(3);
  });

  it('does not know the hash as long as it does not know what the pods read', () => {
    const outputs = { host: { $tutti: 'unknown', uid: 'postgres.default#web.db', path: 'host' } };
    const text = score(
      '  main: {image: x, files: {/a: {content: "${resources.db.host}"}}, variables: {H: "${resources.db.host}"}}\n',
      'resources: {db: {type: postgres}}\n',
    );
    // What an impure driver will give, as its preview says it.
    const rendering = render(text, { outputs: (node) => (node.kind === 'resource' ? JSON.parse(JSON.stringify(outputs)) : undefined) });
    const deployment = findBody(rendering, 'Deployment', 'web');
    expect(Object(at(deployment, 'spec/template/metadata/annotations'))).toEqual({ 'tutti.dev/config-hash': '?' });
    expect(at(deployment, `${podPath}/containers/0/env`)).toEqual([{ name: 'H', value: '?' }]);
  });

  it('prefers exec where a probe has both forms', () => {
    const rendering = expectSound(
      score(
        '  main: {image: x, livenessProbe: {httpGet: {port: 80, path: /}, exec: {command: [a]}}, readinessProbe: {httpGet: {port: 80, path: /r, scheme: HTTPS, host: h, httpHeaders: [{name: A, value: b}]}}}\n',
      ),
    );
    expect(at(findBody(rendering, 'Deployment', 'web'), `${podPath}/containers/0`)).toMatchObject({
      livenessProbe: { exec: { command: ['a'] } },
      readinessProbe: { httpGet: { port: 80, path: '/r', scheme: 'HTTPS', host: 'h', httpHeaders: [{ name: 'A', value: 'b' }] } },
    });
  });

  it('copies annotations to the pods, but those that are meant for tutti', () => {
    const rendering = expectSound(score(main, '', 'name: web, annotations: {tutti.dev/profile: worker, example.com/aa: b}'));
    expect(at(findBody(rendering, 'Deployment', 'web'), 'spec/template/metadata/annotations')).toEqual({ 'example.com/aa': 'b' });
  });

  it('takes names that JavaScript knows of for what they are', () => {
    const rendering = expectSound(
      score(
        '  constructor: {image: x, variables: {toString: "1", constructor: "2"}}\n',
        '',
        'name: constructor, annotations: {constructor: c, valueOf: v}',
      ),
    );
    const deployment = findBody(rendering, 'Deployment', 'constructor');
    expect(at(deployment, 'spec/template/metadata/annotations')).toEqual({ constructor: 'c', valueOf: 'v' });
    expect(at(deployment, `${podPath}/containers/0/env`)).toEqual([
      { name: 'constructor', value: '2' },
      { name: 'toString', value: '1' },
    ]);
  });

  it('takes the number of replicas from the values of the environment', () => {
    const rendering = expectSound(score(main), { values: [{ key: 'web.replicas', value: '3' }] });
    expect(at(findBody(rendering, 'Deployment', 'web'), 'spec/replicas')).toBe(3);
  });

  it('says which workload it is when an expression of the profile fails', () => {
    const rendering = render(score(main), { values: [{ key: 'web.replicas', value: 'many' }] });
    expect(rendering.diagnostics.map((each) => [each.code, each.related.map((related) => related.message)])).toEqual([
      ['T3104', ['rendered for the workload "web"']],
    ]);
  });
});

describe('the start order', () => {
  const probe = 'readinessProbe: {exec: {command: [ok]}}';

  it('makes what completes an init container and what stays a sidecar, each after what comes before it', () => {
    const rendering = expectSound(
      score(`  main: {image: x}
  a-migrate: {image: x, before: {main: {ready: complete}}}
  proxy: {image: x, ${probe}, before: {main: {ready: healthy}, a-migrate: {ready: healthy}}}
  z-log: {image: x, before: {proxy: {ready: started}}}
`),
    );
    const pod = Object(at(findBody(rendering, 'Deployment', 'web'), podPath));
    expect(pod.containers.map((each: { name: string }) => each.name)).toEqual(['main']);
    expect(
      pod.initContainers.map((each: { name: string; restartPolicy?: string; startupProbe?: object }) => [
        each.name,
        each.restartPolicy,
        each.startupProbe !== undefined,
      ]),
    ).toEqual([
      ['z-log', 'Always', false],
      ['proxy', 'Always', true],
      ['a-migrate', undefined, false],
    ]);
  });

  it('is refused where it cannot be met', () => {
    const rendering = render(
      score(`  main: {image: x}
  other: {image: x}
  both: {image: x, before: {main: {ready: complete}, other: {ready: started}}}
  blind: {image: x, before: {main: {ready: healthy}}}
`),
    );
    expect(rendering.diagnostics.map((each) => `${each.code} ${each.place?.path.join('.')}`)).toEqual([
      'T4107 containers.both.before',
      'T4107 containers.blind.before',
    ]);
  });

  it('warns of probes that nobody would ask', () => {
    const rendering = render(score(`  main: {image: x}\n  init: {image: x, ${probe}, before: {main: {ready: complete}}}\n`));
    expect(rendering.diagnostics.map((each) => [each.code, each.severity])).toEqual([['T4118', 'warning']]);
    expect(findBody(rendering, 'Deployment', 'web')).toBeDefined();
  });
});

describe('kinds of workloads', () => {
  const ports = 'service: {ports: {http: {port: 80, targetPort: 8080}}}\n';

  it('gives a workload with ports a Service of its name', () => {
    const service = findBody(expectSound(score(main, ports)), 'Service', 'web');
    expect(at(service, 'spec')).toEqual({
      selector: { 'app.kubernetes.io/instance': 'shop-staging-0000000000', 'app.kubernetes.io/name': 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    });
  });

  it('gives a stateful one a headless Service, and claims of its own for each replica', () => {
    const platform = `apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: claims}
spec:
  type: volume
  match: [{}]
  driver: static
  inputs: {outputs: {claimSpec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: volume}
spec: {stateful: true}
`;
    const text = (profileName: string): string =>
      score(
        '  main: {image: x, volumes: {/data: {source: "${resources.data}", path: /sub, readOnly: true}}}\n',
        'resources: {data: {type: volume}}\n',
        `name: web, annotations: {tutti.dev/profile: ${profileName}}`,
      );
    const rendering = expectSound(text('stateful'), { platform });
    const set = findBody(rendering, 'StatefulSet', 'web');
    expect(at(set, 'spec/serviceName')).toBe('web-headless');
    expect(at(findBody(rendering, 'Service', 'web-headless'), 'spec/clusterIP')).toBe('None');
    expect(at(set, 'spec/volumeClaimTemplates')).toEqual([
      { metadata: { name: 'vol-data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    ]);
    expect(at(set, `${podPath}/containers/0/volumeMounts`)).toEqual([
      { name: 'vol-data', mountPath: '/data', subPath: 'sub', readOnly: true },
    ]);
    expect(listProblems(render(text('worker'), { platform }))).toEqual([expect.stringMatching(/^T4108 .*stateful/)]);
  });

  it('makes a Job and a CronJob without selectors', () => {
    const job = findBody(expectSound(score(main, '', 'name: web, annotations: {tutti.dev/profile: job}')), 'Job', 'web');
    expect(at(job, 'spec/selector')).toBeUndefined();
    const rendering = expectSound(score(main, '', 'name: web, annotations: {tutti.dev/profile: cron, tutti.dev/schedule: "30 2 * * 1-5"}'));
    const cron = findBody(rendering, 'CronJob', 'web');
    expect(at(cron, 'spec/schedule')).toBe('30 2 * * 1-5');
    expect(at(cron, 'spec/jobTemplate/spec/template/spec/containers/0/image')).toBe('x');
  });

  it.each([
    ['', 'metadata'],
    [', tutti.dev/schedule: "often"', 'metadata.annotations.tutti.dev/schedule'],
  ])('asks for a schedule where it is needed (%j)', (annotation, path) => {
    const rendering = render(score(main, '', `name: web, annotations: {tutti.dev/profile: cron${annotation}}`));
    expect(rendering.diagnostics.map((each) => `${each.code} ${each.place?.path.join('.')}`)).toEqual([`T4115 ${path}`]);
  });

  it('keeps names of which Kubernetes makes longer ones short enough', () => {
    const long = 'w'.repeat(63);
    const rendering = expectSound(score(main, ports, `name: ${long}, annotations: {tutti.dev/profile: stateful}`));
    const names = rendering.objects.map(({ key }) => key.slice(key.lastIndexOf('/') + 1).length);
    expect(names).toEqual([63, 63, 52]);
  });

  it('refuses ports and names of which no Service can be made', () => {
    const rendering = render(
      score(main, 'service: {ports: {aa: {port: 80}, bb: {port: 80}, cc: {port: 80, protocol: UDP}}}\n', 'name: 9web'),
    );
    expect(rendering.diagnostics.map((each) => `${each.code} ${each.place?.path.join('.')}`)).toEqual([
      'T4116 metadata.name',
      'T4116 service.ports.bb',
    ]);
  });

  it('are not on a schedule in Compose, which has none', () => {
    const rendering = render(score(main, '', 'name: web, annotations: {tutti.dev/profile: cron, tutti.dev/schedule: "@daily"}'), {
      context: { format: 'compose' },
    });
    expect(listProblems(rendering)).toEqual([
      'T4106 The profile "cron" of the workload "web" cannot be rendered in the format "compose"; it has: kubernetes.',
    ]);
  });
});

describe('volumes', () => {
  const data = 'resources: {data: {type: volume}, db: {type: postgres}}\n';

  it.each([
    ['my-volume', 'T4108'],
    ['x-${resources.data}', 'T4108'],
    ['${resources.db}', 'T4108'],
    ['${resources.dta}', 'T4108'],
    ['${metadata.name}', 'T4108'],
  ])('refuse the source %j', (source) => {
    const rendering = render(score(`  main: {image: x, volumes: {/data: {source: "${source}"}}}\n`, data));
    expect(rendering.diagnostics.map((each) => each.place?.path.join('.'))).toEqual(['containers.main.volumes./data.source']);
    expect(rendering.diagnostics.map((each) => each.code)).toEqual([source.includes('dta') ? 'T3202' : 'T4108']);
  });

  it('refuse a path that leads out', () => {
    expect(
      listProblems(render(score('  main: {image: x, volumes: {/data: {source: "${resources.data}", path: a/../../b}}}\n', data))),
    ).toEqual(['T4108 The path "a/../../b" leads out of the volume.']);
  });

  it('do not stand where a file stands', () => {
    const text = score('  main: {image: x, volumes: {/data: {source: "${resources.data}"}}, files: {/data: {content: x}}}\n', data);
    expect(listProblems(render(text))).toEqual(['T4117 In "main" both a file and a volume stand at "/data".']);
  });

  it('stand once in the pod however many containers mount them', () => {
    const text = score(
      '  main: {image: x, volumes: {/a: {source: "${resources.data}"}}}\n  other: {image: x, volumes: {/b: {source: "${resources.data.source}"}}}\n',
      data,
    );
    expect(at(findBody(expectSound(text), 'Deployment', 'web'), `${podPath}/volumes`)).toEqual([
      { name: 'vol-data', persistentVolumeClaim: { claimName: expect.stringMatching(/^vol-web-data-/) } },
    ]);
  });
});
