import { describe, expect, it } from 'vitest';
import { findBody, listProblems } from '../test-support.ts';
import { at, expectSound, main, podPath, render, score } from './test-support.ts';

function profile(spec: string, name = 'web'): string {
  return `apiVersion: tutti.dev/v1\nkind: WorkloadProfile\nmetadata: {name: ${name}}\nspec:\n  match: [{}]\n  kubernetes:\n${spec}`;
}

describe('a profile', () => {
  const base = (container: string, pod = ''): string => `    base:
      apiVersion: apps/v1
      kind: Deployment
      metadata: {labels: {team: blue}}
      spec:
        template:
          metadata: {annotations: {example.com/scrape: "true"}}
          spec:
            containers:
              - {name: "*", ${container}}
${pod}`;

  const pointer = '/spec/template/spec/containers/*';

  it('is written into field by field: what it does not set is free, what it sets is fixed, defaults give way', () => {
    const container =
      'resources: {limits: {memory: 1Gi, cpu: "2"}, requests: {cpu: 100m}}, env: [{name: TZ, value: UTC}, {name: LANG, value: C}]';
    const platform = profile(`${base(container)}    default: [${pointer}/resources/limits/memory, ${pointer}/env/LANG]\n`);
    const text = score(
      '  main: {image: x, resources: {limits: {memory: 2Gi}, requests: {memory: 1Gi}}, variables: {LANG: de, MINE: "1"}}\n',
    );
    expect(at(findBody(expectSound(text, { platform }), 'Deployment', 'web'), `${podPath}/containers/0`)).toEqual({
      name: 'main',
      image: 'x',
      resources: { limits: { memory: '2Gi', cpu: '2' }, requests: { cpu: '100m', memory: '1Gi' } },
      env: [
        { name: 'TZ', value: 'UTC' },
        { name: 'LANG', value: 'de' },
        { name: 'MINE', value: '1' },
      ],
    });
  });

  it('refuses what it keeps fixed, and names pointer, profile and Score field', () => {
    const container =
      'resources: {limits: {memory: 1Gi}}, env: [{name: TZ, value: UTC}], livenessProbe: {exec: {command: [a]}, periodSeconds: 5}';
    const platform = profile(
      `${base(container)}    fixed: [${pointer}/resources/requests, /spec/template/metadata/annotations/example.com~1owner]\n`,
    );
    const text = score(
      '  main: {image: x, resources: {limits: {memory: 2Gi, cpu: "1"}, requests: {cpu: 1m}}, variables: {TZ: CET}, livenessProbe: {exec: {command: [b]}}}\n',
      '',
      'name: web, annotations: {example.com/scrape: "false", example.com/owner: me}',
    );
    const rendering = render(text, { platform });
    expect(rendering.diagnostics.map((each) => each.code)).toEqual(Array(6).fill('T4105'));
    expect(
      rendering.diagnostics.map((each) => each.place?.path.join('.')).toSorted((left = '', right = '') => (left < right ? -1 : 1)),
    ).toEqual([
      'containers.main.livenessProbe',
      'containers.main.resources.limits.memory',
      'containers.main.resources.requests.cpu',
      'containers.main.variables.TZ',
      'metadata.annotations.example.com/owner',
      'metadata.annotations.example.com/scrape',
    ]);
    expect(listProblems(rendering)).toContain(
      `T4105 The Score file sets \`containers.main.variables.TZ\`, which is \`${pointer}/env/TZ\`; the profile "web" sets it, and neither \`default\` nor \`open\` covers it.`,
    );
  });

  it('lets the longest pointer decide, and fixed of two equal ones', () => {
    const platform = profile(
      `${base('resources: {limits: {memory: 1Gi, cpu: "1"}}')}    fixed: [${pointer}/resources, ${pointer}/resources/limits/cpu]\n    open: [${pointer}/resources/limits]\n`,
    );
    expect(expectSound(score('  main: {image: x, resources: {limits: {memory: 2Gi}}}\n'), { platform }).objects).toHaveLength(1);
    expect(listProblems(render(score('  main: {image: x, resources: {limits: {cpu: "2"}}}\n'), { platform }))).toHaveLength(1);
    expect(listProblems(render(score('  main: {image: x, resources: {requests: {cpu: "2"}}}\n'), { platform }))).toHaveLength(1);
  });

  it('says how often a probe asks, Score how', () => {
    const platform = profile(`${base('livenessProbe: {tcpSocket: {port: 1}, periodSeconds: 5}')}    open: [${pointer}/livenessProbe]\n`);
    const text = score('  main: {image: x, livenessProbe: {httpGet: {port: 80, path: /}}}\n');
    expect(at(findBody(expectSound(text, { platform }), 'Deployment', 'web'), `${podPath}/containers/0/livenessProbe`)).toEqual({
      periodSeconds: 5,
      httpGet: { port: 80, path: '/' },
    });
  });

  it('keeps its own labels, containers and volumes', () => {
    const platform = profile(base('', '              - {name: agent, image: a}\n            volumes: [{name: cache, emptyDir: {}}]\n'));
    const deployment = findBody(expectSound(score(main), { platform }), 'Deployment', 'web');
    expect(at(deployment, 'metadata/labels')).toMatchObject({ team: 'blue', 'app.kubernetes.io/name': 'web' });
    expect(at(deployment, `${podPath}/containers`)).toEqual([
      { name: 'main', image: 'x' },
      { name: 'agent', image: 'a' },
    ]);
    expect(at(deployment, `${podPath}/volumes`)).toEqual([{ name: 'cache', emptyDir: {} }]);
    expect(listProblems(render(score('  main: {image: x}\n  agent: {image: x}\n'), { platform }))).toEqual([
      'T4105 The profile "web" has a container "agent" of its own already.',
    ]);
  });

  it('may put a secret into env, which becomes a reference, and nowhere else', () => {
    const values = [{ key: 'TOKEN', hash: 'h' }];
    const inEnv = profile(base('env: [{name: TOKEN, value: "${context.values.TOKEN}"}]'));
    const deployment = findBody(expectSound(score(main), { platform: inEnv, values }), 'Deployment', 'web');
    expect(at(deployment, `${podPath}/containers/0/env`)).toEqual([
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'web-env', key: 'main.TOKEN' } } },
    ]);
    const inPath = profile(base('workingDir: "${context.values.TOKEN}"'));
    expect(listProblems(render(score(main), { platform: inPath, values }))).toEqual([
      'T4103 A secret stands at `/spec/template/spec/containers/0/workingDir`, where everybody who may look at the object can read it.',
    ]);
  });

  it('is refused where it is no object or names itself', () => {
    const platform = profile('    base: {kind: Deployment, metadata: {name: x}}\n');
    expect(render(score(main), { platform }).diagnostics.map((each) => each.code)).toEqual(['T4101', 'T4101']);
  });

  it('may be of a kind that tutti does not know', () => {
    const platform = profile('    base: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {selector: {}, strategy: {canary: {}}}}\n');
    expect(at(findBody(expectSound(score(main), { platform }), 'Rollout', 'web'), 'spec')).toMatchObject({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      template: { spec: { containers: [{ name: 'main', image: 'x' }] } },
    });
  });
});
