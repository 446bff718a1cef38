import { describe, expect, it } from 'vitest';
import { expectValue, testContext } from '../test-support.ts';
import { readScore } from '../../read/score/score.ts';
import { describeAbsentService, describeService, findPort, scopeEnvironment } from './environment-scope.ts';

function read(service: string) {
  const text = `apiVersion: score.dev/v1b1\nmetadata: {name: api}\n${service}containers: {main: {image: x}}\n`;
  const [workload] = expectValue(readScore([{ file: 'score.yaml', text }]));
  return workload === undefined ? [] : [workload];
}

describe('what every node of an environment sees', () => {
  it('has values, secret ones by reference, and the namespace among the inputs of the target', () => {
    const change = { version: 2, changedAt: '', changedBy: '' };
    const scope = scopeEnvironment({
      context: testContext,
      values: [
        { key: 'LEVEL', value: 'debug', ...change },
        { key: 'TOKEN', hash: 'h', ...change },
      ],
      targetInputs: { context: 'eu-1', namespace: 'overruled' },
      namespace: 'shop-staging',
      workloads: [],
    });
    const secret = { $tutti: 'secret', ref: { kind: 'stored', key: 'TOKEN', version: 2 }, hash: 'h' };
    expect(scope.values).toEqual({ LEVEL: 'debug', TOKEN: secret });
    expect(scope.context).toMatchObject({ project: 'shop', slug: testContext.slug, values: { TOKEN: secret } });
    expect(scope.target).toEqual({ context: 'eu-1', namespace: 'shop-staging' });
  });

  it('finds workloads by their names; the first port by name is the port', () => {
    const first = read('service: {ports: {web: {port: 80}, admin: {port: 9000}}}\n').map((each) => describeService(each, 'kubernetes'));
    const second = read('service: {ports: {admin: {port: 9000}, web: {port: 80}}}\n').map((each) => describeService(each, 'kubernetes'));
    expect(first).toEqual([{ name: 'api', host: 'api', hostname: 'api', port: 9000, ports: { admin: 9000, web: 80 } }]);
    expect(second).toEqual(first);
  });

  it('reaches ports of a workload in Compose where its containers listen, for nothing translates there', () => {
    const [workload] = read('service: {ports: {web: {port: 80, targetPort: 8080}, admin: {port: 9000}}}\n');
    if (!workload) throw new Error('the file was read');
    expect(describeService(workload, 'compose')).toMatchObject({ port: 9000, ports: { admin: 9000, web: 8080 } });
    const wanted = ['web', '80', 80, 'admin', '8080', 'other', ''];
    expect(wanted.map((each) => findPort(workload, each, 'compose'))).toEqual([8080, 8080, 8080, 9000, undefined, undefined, undefined]);
    expect(wanted.map((each) => findPort(workload, each, 'kubernetes'))).toEqual([80, 80, 80, 9000, undefined, undefined, undefined]);
  });

  it('knows the host of a workload without ports, and of one that is not there', () => {
    expect(read('').map((each) => describeService(each, 'kubernetes'))).toEqual([{ name: 'api', host: 'api', hostname: 'api', ports: {} }]);
    expect(describeAbsentService('other')).toEqual({ name: 'other', host: 'other', hostname: 'other' });
  });
});
