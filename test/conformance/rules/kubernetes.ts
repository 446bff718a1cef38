import { expect } from 'vitest';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import { at, atTop, inContainer, items, mapOf, ofKind, podOf, render, runTutti, textAt, withContainers, withMetadata } from '../support.ts';

const withNeed = 'resources: {data: {type: store}}\n';

async function renderContainer(...lines: readonly string[]) {
  return at(podOf(await render('kubernetes', inContainer(...lines))), 'containers', 0);
}

function withVolume(outputs: Readonly<Record<string, unknown>>, lines = '{source: "${resources.data}"}') {
  const parsed = JSON.parse(JSON.stringify(outputs));
  return render('kubernetes', `${inContainer(`volumes: {/data: ${lines}}`)}${withNeed}`, { outputs: { store: parsed } });
}

function withAnnotations(annotations: string): string {
  return withMetadata(`{name: web, annotations: ${annotations}}`);
}

export const chapter: Chapter = {
  name: 'kubernetes',
  title: 'Rendering to Kubernetes',
  source: 'score-k8s 0.15.',
  rules: [
    same('A workload is a Deployment of its name.', async () => {
      const [deployment] = ofKind(await render('kubernetes', atTop()), 'Deployment');
      expect(at(deployment, 'metadata', 'name')).toBe('web');
    }),
    same('The annotation `k8s.score.dev/kind: StatefulSet` makes a StatefulSet with a headless Service.', async () => {
      const result = await render('kubernetes', withAnnotations('{k8s.score.dev/kind: StatefulSet}'));
      expect(ofKind(result, 'StatefulSet').length).toBe(1);
      expect(ofKind(result, 'Service').map((each) => at(each, 'spec', 'clusterIP'))).toEqual(['None']);
    }),
    differs(
      'With any other kind the workload silently vanishes from the output.',
      'An error that says which kinds there are: a workload is never dropped.',
      async () => {
        const result = await render('kubernetes', withAnnotations('{k8s.score.dev/kind: DaemonSet}'));
        expect([result.exitCode, result.errors]).toEqual([1, ['T1213']]);
      },
    ),
    more(
      'Other kinds come about by patch templates.',
      'The annotation `tutti.dev/profile` names a workload profile: `web`, `worker`, `job`, `cron`, `stateful`, or one of the platform.',
      async () => {
        expect(ofKind(await render('kubernetes', withAnnotations('{tutti.dev/profile: job}')), 'Job').length).toBe(1);
      },
    ),
    same('Other annotations of the workload go to its pods; those of the tool do not.', async () => {
      const result = await render('kubernetes', withAnnotations('{example.com/team: blue, k8s.score.dev/kind: Deployment}'));
      const annotations = mapOf(at(ofKind(result, 'Deployment')[0], 'spec', 'template', 'metadata', 'annotations'));
      expect(Object.keys(annotations)).toEqual(['example.com/team']);
    }),
    differs(
      'The selector holds ten random characters that are kept in the state; without the state `kubectl apply` fails.',
      'The selector is made of the names of workload and environment: it is the same on every machine and for ever.',
      async () => {
        const [one] = ofKind(await render('kubernetes', atTop()), 'Deployment');
        const [two] = ofKind(await render('kubernetes', atTop(), { args: ['--set', 'A=b'] }), 'Deployment');
        expect(at(one, 'spec', 'selector')).toEqual(at(two, 'spec', 'selector'));
        expect(mapOf(at(one, 'spec', 'template', 'metadata', 'labels'))).toMatchObject(mapOf(at(one, 'spec', 'selector', 'matchLabels')));
      },
    ),
    differs(
      'Workloads, ports and variables come in random order.',
      'Everything is sorted: the same input gives the same bytes.',
      async () => {
        const ports = (first: string, second: string): string => atTop(`service: {ports: {${first}, ${second}}}`);
        const one = await render('kubernetes', ports('ab: {port: 80}', 'cd: {port: 81}'));
        const two = await render('kubernetes', ports('cd: {port: 81}', 'ab: {port: 80}'));
        expect(one.texts).toEqual(two.texts);
      },
    ),
    same('A Service has the ports of the workload by name, with target port and protocol.', async () => {
      const result = await render(
        'kubernetes',
        atTop('service: {ports: {web: {port: 80, targetPort: 8080}, dns: {port: 53, protocol: UDP}}}'),
      );
      expect(at(ofKind(result, 'Service')[0], 'spec', 'ports')).toEqual([
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'web', port: 80, protocol: 'TCP', targetPort: 8080 },
      ]);
    }),
    same('A workload without ports has no Service.', async () => {
      expect(ofKind(await render('kubernetes', atTop()), 'Service')).toEqual([]);
    }),
    differs(
      'The annotation `k8s.score.dev/service-name` names the Service.',
      'A warning: the Service has the name of its workload, by which needs of the type `service` find it.',
      async () => {
        const result = await render('kubernetes', withAnnotations('{k8s.score.dev/service-name: www}'));
        expect([result.exitCode, result.codes]).toEqual([0, ['T1214']]);
      },
    ),
    stricter(
      'Two ports with one number and protocol give a Service that the cluster refuses.',
      'An error at the second port.',
      async () => {
        const result = await render('kubernetes', atTop('service: {ports: {ab: {port: 80}, cd: {port: 80}}}'));
        expect(result.errors).toEqual(['T4116']);
      },
    ),
    same('`command` and `args` go to the container as they are.', async () => {
      expect(await renderContainer('command: [sh, -c]', 'args: ["$HOME $(x)"]')).toMatchObject({
        command: ['sh', '-c'],
        args: ['$HOME $(x)'],
      });
    }),
    same('Variables are sorted by name.', async () => {
      const container = await renderContainer('variables: {B: x, A: y}');
      expect(items(at(container, 'env')).map((each) => at(each, 'name'))).toEqual(['A', 'B']);
    }),
    stricter(
      '`$(NAME)` in the value of a variable is replaced by Kubernetes.',
      'It is escaped, so that the container sees the text of the Score file.',
      async () => {
        expect(at(await renderContainer('variables: {A: "$(B)"}'), 'env', 0, 'value')).toBe('$$(B)');
      },
    ),
    same('`resources` become limits and requests.', async () => {
      expect(at(await renderContainer('resources: {limits: {memory: 1Gi}, requests: {cpu: 250m}}'), 'resources')).toEqual({
        limits: { memory: '1Gi' },
        requests: { cpu: '250m' },
      });
    }),
    differs(
      '`K`, which Score allows and Kubernetes does not know, goes to the manifest.',
      'It is written as `k`, which means the same.',
      async () => {
        expect(at(await renderContainer('resources: {limits: {memory: 500K}}'), 'resources', 'limits', 'memory')).toBe('500k');
      },
    ),
    same('Both probes are rendered.', async () => {
      expect(
        await renderContainer('livenessProbe: {exec: {command: [x]}}', 'readinessProbe: {httpGet: {port: 80, path: /r}}'),
      ).toMatchObject({
        livenessProbe: { exec: { command: ['x'] } },
        readinessProbe: { httpGet: { port: 80, path: '/r' } },
      });
    }),
    same('All fields of `httpGet` are rendered.', async () => {
      const get = '{port: 80, path: /, host: h.example, scheme: HTTPS, httpHeaders: [{name: A, value: b}]}';
      expect(at(await renderContainer(`livenessProbe: {httpGet: ${get}}`), 'livenessProbe', 'httpGet')).toEqual({
        port: 80,
        path: '/',
        host: 'h.example',
        scheme: 'HTTPS',
        httpHeaders: [{ name: 'A', value: 'b' }],
      });
    }),
    differs('Of `httpGet` and `exec` in one probe `httpGet` is taken.', '`exec` is taken, as the specification asks.', async () => {
      const probe = await renderContainer('livenessProbe: {httpGet: {port: 80, path: /}, exec: {command: [x]}}');
      expect(at(probe, 'livenessProbe')).toEqual({ exec: { command: ['x'] } });
    }),
    differs(
      '`before` is ignored.',
      'A container that completes before others is an init container; one that has started or is healthy before them is one that keeps running.',
      async () => {
        const order = (ready: string): string =>
          withContainers(
            `{main: {image: x}, first: {image: y, readinessProbe: {exec: {command: [z]}}, before: {main: {ready: ${ready}}}}}`,
          );
        const complete = podOf(await render('kubernetes', order('complete')));
        expect(items(at(complete, 'initContainers')).map((each) => [at(each, 'name'), at(each, 'restartPolicy')])).toEqual([
          ['first', undefined],
        ]);
        const healthy = podOf(await render('kubernetes', order('healthy')));
        expect(at(healthy, 'initContainers', 0)).toMatchObject({
          name: 'first',
          restartPolicy: 'Always',
          startupProbe: { exec: { command: ['z'] } },
        });
        const started = podOf(await render('kubernetes', order('started')));
        expect(at(started, 'initContainers', 0)).toMatchObject({ name: 'first', restartPolicy: 'Always' });
        expect(at(started, 'initContainers', 0)).not.toHaveProperty('startupProbe');
      },
    ),
    stricter('`before` with `healthy` needs a probe.', 'An error where the container has no readiness probe.', async () => {
      const text = withContainers('{main: {image: x}, first: {image: y, before: {main: {ready: healthy}}}}');
      expect((await render('kubernetes', text)).errors).toEqual(['T4107']);
    }),
    same('Files are kept in ConfigMaps, bytes as bytes.', async () => {
      const result = await render('kubernetes', inContainer('files: {/a: {content: text}, /b: {binaryContent: AP8=}}'));
      const [map] = ofKind(result, 'ConfigMap');
      expect([Object.values(mapOf(at(map, 'data'))), Object.values(mapOf(at(map, 'binaryData')))]).toEqual([['text'], ['AP8=']]);
    }),
    differs(
      'A file is mounted as the folder it stands in, which hides what the image has there.',
      'Each file is mounted by itself (`subPath`): what lies beside it stays.',
      async () => {
        const container = await renderContainer('files: {/etc/nginx/nginx.conf: {content: x}}');
        expect(at(container, 'volumeMounts', 0)).toMatchObject({ mountPath: '/etc/nginx/nginx.conf', readOnly: true });
        expect(textAt(container, 'volumeMounts', 0, 'subPath')).not.toBe('');
      },
    ),
    differs(
      'Two containers with files at one target give volumes of one name.',
      'The key of a file is made of container and target.',
      async () => {
        const result = await render(
          'kubernetes',
          withContainers('{ab: {image: x, files: {/a: {content: one}}}, cd: {image: y, files: {/a: {content: two}}}}'),
        );
        expect(new Set(Object.values(mapOf(at(ofKind(result, 'ConfigMap')[0], 'data'))))).toEqual(new Set(['one', 'two']));
      },
    ),
    same('`mode` is the mode of the mounted file.', async () => {
      const pod = podOf(await render('kubernetes', inContainer('files: {/a: {content: x, mode: "0400"}}')));
      expect(at(pod, 'volumes', 0, 'configMap', 'items', 0, 'mode')).toBe(0o400);
    }),
    same('A volume with the output `source` is a volume of the pod.', async () => {
      const result = await withVolume({ source: { emptyDir: {} } }, '{source: "${resources.data}", path: sub, readOnly: true}');
      expect(at(podOf(result), 'volumes', 0)).toMatchObject({ emptyDir: {} });
      expect(at(podOf(result), 'containers', 0, 'volumeMounts', 0)).toMatchObject({ mountPath: '/data', subPath: 'sub', readOnly: true });
    }),
    same('A volume with the output `claimSpec` is a claim template of a StatefulSet.', async () => {
      const text = withAnnotations('{k8s.score.dev/kind: StatefulSet}').replace(
        'nginx:1',
        'nginx:1, volumes: {/data: {source: "${resources.data}"}}',
      );
      const result = await render('kubernetes', text + withNeed, { outputs: { store: { claimSpec: { accessModes: ['ReadWriteOnce'] } } } });
      expect(at(ofKind(result, 'StatefulSet')[0], 'spec', 'volumeClaimTemplates', 0, 'spec')).toEqual({ accessModes: ['ReadWriteOnce'] });
    }),
    differs('With a `claimSpec` on a Deployment the workload silently vanishes.', 'An error that says what to do.', async () => {
      expect((await withVolume({ claimSpec: { accessModes: ['ReadWriteOnce'] } })).errors).toEqual(['T4108']);
    }),
    same('A volume with both `source` and `claimSpec`, or with neither, is an error.', async () => {
      expect((await withVolume({ source: { emptyDir: {} }, claimSpec: {} })).errors).toEqual(['T4108']);
      expect((await withVolume({ size: 1 })).errors).toEqual(['T4108']);
    }),
    stricter('A file and a volume at one target give a pod that the cluster refuses.', 'An error.', async () => {
      const text = `${inContainer('volumes: {/data: {source: "${resources.data}"}}', 'files: {/data: {content: x}}')}${withNeed}`;
      expect((await render('kubernetes', text, { outputs: { store: { source: { emptyDir: {} } } } })).errors).toEqual(['T4117']);
    }),
    differs(
      'A file whose content holds a secret is mounted from a Secret if it holds nothing else; else it is an error.',
      'It is mounted from a Secret in both cases.',
      async () => {
        for (const content of ['${resources.db.password}', 'password = ${resources.db.password}']) {
          const result = await render(
            'kubernetes',
            `${inContainer(`files: {/a: {content: "${content}"}}`)}resources: {db: {type: postgres}}\n`,
          );
          expect(ofKind(result, 'ConfigMap').map((each) => at(each, 'metadata', 'name'))).not.toContain('web-files');
          expect(ofKind(result, 'Secret').map((each) => at(each, 'metadata', 'name'))).toContain('web-files');
        }
      },
    ),
    same('A variable that is a secret refers to it.', async () => {
      const result = await render(
        'kubernetes',
        `${inContainer('variables: {P: "${resources.db.password}"}')}resources: {db: {type: postgres}}\n`,
      );
      expect(at(podOf(result), 'containers', 0, 'env', 0, 'valueFrom', 'secretKeyRef', 'key')).toBeDefined();
    }),
    differs(
      'A secret within the text of a variable becomes two variables, one of which Kubernetes puts into the other.',
      'The whole text is one value of a Secret: no helper variable is seen by the container.',
      async () => {
        const result = await render(
          'kubernetes',
          `${inContainer('variables: {U: "pg://${resources.db.password}@x"}')}resources: {db: {type: postgres}}\n`,
        );
        expect(items(at(podOf(result), 'containers', 0, 'env')).map((each) => at(each, 'name'))).toEqual(['U']);
      },
    ),
    more('The number of replicas is left to patch templates.', 'It is a value of the environment, `WORKLOAD.replicas`.', async () => {
      const [deployment] = ofKind(await render('kubernetes', atTop(), { args: ['--set', 'web.replicas=3'] }), 'Deployment');
      expect(at(deployment, 'spec', 'replicas')).toBe(3);
    }),
    differs(
      'Containers run as the cluster lets them; hardening is left to patch templates.',
      'No privileges can be gained, no token of the cluster is mounted, and the profile of the runtime applies.',
      async () => {
        const pod = podOf(await render('kubernetes', atTop()));
        expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } });
        expect(at(pod, 'containers', 0, 'securityContext')).toMatchObject({ allowPrivilegeEscalation: false });
      },
    ),
    differs(
      '`--namespace` sets a namespace on every object, on cluster-scoped ones too; `--generate-namespace` makes it.',
      'An environment has its namespace, which is one of its objects unless the target names another.',
      async () => {
        const result = await render('kubernetes', atTop());
        const [namespace] = ofKind(result, 'Namespace');
        expect(at(ofKind(result, 'Deployment')[0], 'metadata', 'namespace')).toBe(at(namespace, 'metadata', 'name'));
      },
    ),
    same('All objects carry the labels `app.kubernetes.io/name`, `instance` and `managed-by`.', async () => {
      const { objects } = await render('kubernetes', atTop('service: {ports: {web: {port: 80}}}'));
      for (const each of objects) {
        const labels = mapOf(at(each, 'metadata', 'labels'));
        expect(Object.keys(labels)).toEqual(
          expect.arrayContaining(['app.kubernetes.io/instance', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/name']),
        );
      }
    }),
    differs(
      'One file holds all manifests.',
      'So it is on standard output; `--out DIR` writes one file an object, whose changes are easy to read.',
      async () => {
        const result = await runTutti({ 'score.yaml': atTop() }, 'render', '--seed', 'x', '--out', 'made');
        expect([result.exitCode, result.texts.length]).toEqual([0, 2]);
      },
    ),
  ],
};
