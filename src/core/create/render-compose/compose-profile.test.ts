import { describe, expect, it } from 'vitest';
import { listProblems } from '../test-support.ts';
import { main, score } from '../render/test-support.ts';
import { renderProject, serviceOf } from './test-support.ts';

describe('profiles for Compose', () => {
  const profile = (base: string, rest = '') => ({
    platform: `apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: web}
spec:
  match: [{}]
  compose:
    base: ${base}
${rest}`,
  });

  it('fix what Score may not change', () => {
    const fixed = profile(
      '{image: y, environment: [A=1, B=2], deploy: {resources: {limits: {memory: "1"}}}}',
      '    default: [/environment]\n',
    );
    const text = score('  main: {image: x, variables: {A: "3"}, resources: {limits: {memory: 1Gi}}}\n');
    expect(listProblems(renderProject(text, fixed))).toEqual([
      expect.stringMatching(/^T4105 .*`containers\.main\.image`, which is `\/image`/),
      expect.stringMatching(/^T4105 .*`containers\.main\.resources\.limits\.memory`, which is `\/deploy\/resources\/limits\/memory`/),
    ]);
    const open = profile('{environment: [A=1, B=2]}', '    default: [/environment]\n');
    expect(serviceOf(score('  main: {image: x, variables: {A: "3"}}\n'), 'web-main', open)['environment']).toEqual({ A: '3', B: '2' });
  });

  it('are united with lists and maps of Score, however they write them', () => {
    const base = profile(
      '{networks: [front], volumes: ["./a:/a", {type: tmpfs, target: /t}], labels: [team=blue], depends_on: [other], healthcheck: {interval: 1m}}',
    );
    const text = score('  main: {image: x, files: {/b: {binaryContent: aGk=}}, readinessProbe: {exec: {command: [ls]}}}\n');
    const service = serviceOf(text, 'web-main', base);
    expect(service).toMatchObject({
      networks: { front: {}, default: { aliases: ['web'] } },
      labels: { team: 'blue', 'app.kubernetes.io/name': 'web' },
      depends_on: { other: { condition: 'service_started' } },
      healthcheck: { interval: '1m', timeout: '5s', test: ['CMD', 'ls'] },
    });
    expect(service['volumes']).toEqual(['./a:/a', { type: 'tmpfs', target: '/t' }, expect.objectContaining({ target: '/b' })]);
  });

  it('say of the network of a workload only to the service that has it', () => {
    const base = profile('{ports: ["80:80"], dns: 1.1.1.1, extra_hosts: [a=b], networks: [front], tty: true}');
    const text = score('  main: {image: x}\n  side: {image: y}\n  init: {image: z, before: {main: {ready: complete}}}\n');
    expect(serviceOf(text, 'web-main', base)).toMatchObject({ ports: ['80:80'], dns: '1.1.1.1', extra_hosts: ['a=b'] });
    expect(Object.keys(serviceOf(text, 'web-side', base)).toSorted()).toEqual(['image', 'labels', 'network_mode', 'tty']);
    expect(Object.keys(serviceOf(text, 'web-init', base)).toSorted()).toEqual([
      'dns',
      'extra_hosts',
      'image',
      'labels',
      'networks',
      'restart',
      'tty',
    ]);
  });

  it('keep their own network', () => {
    const service = serviceOf(score(main), 'web-main', profile('{network_mode: host}'));
    expect(service['network_mode']).toBe('host');
    expect(service).not.toHaveProperty('networks');
  });
});
