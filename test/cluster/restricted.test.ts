import { expect, inject, it } from 'vitest';
import { isValueObject, showValue, type Json } from '../../src/core/index.ts';
import { everyType, needOf, renderWithDefaults, writeScore } from '../default-platform/support.ts';
import { call } from './tools/call.ts';
import { dryRunApply, type Manifest } from './tools/dry-run.ts';

const namespace = 'restricted';

async function makeRestrictedNamespace(): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } };
  const path = `/api/v1/namespaces/${namespace}?fieldManager=tutti-test&force=true`;
  const { status } = await call(inject('apiServer'), 'PATCH', path, { body, type: 'application/apply-patch+yaml' });
  expect(status).toBeLessThan(300);
}

/** The pods that the controllers would make of resources, with folders in place of claims. */
async function listPods(): Promise<readonly Manifest[]> {
  const needs = Object.fromEntries(Object.keys(everyType).map((type) => [type, needOf(type)]));
  const { objects } = await renderWithDefaults('kubernetes', [writeScore(needs)]);
  return objects.flatMap(({ node, body }) => {
    const spec = isValueObject(body['spec']) ? body['spec'] : {};
    const template = isValueObject(spec['template']) ? showValue(spec['template']) : undefined;
    return template === undefined || node.startsWith('workload')
      ? []
      : [makePod(node, template, spec['volumeClaimTemplates'] !== undefined)];
  });
}

function makePod(node: string, template: Json, hasClaim: boolean) {
  const { metadata, spec } = Object(template);
  const volumes = [...(spec.volumes ?? []), ...(hasClaim ? [{ name: 'data', emptyDir: {} }] : [])];
  const name = node.replaceAll(/[^a-z0-9]+/g, '-');
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name, namespace }, spec: { ...spec, volumes } };
}

it('an API server takes the servers of the default platform where pods are restricted', async () => {
  await makeRestrictedNamespace();
  const pods = await listPods();
  expect(pods).toHaveLength(10);
  expect(await dryRunApply(inject('apiServer'), pods)).toEqual([]);
});

it('refuses a pod that is not: the suite would notice', async () => {
  await makeRestrictedNamespace();
  const open = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'open', namespace }, spec: { containers: [{ name: 'a', image: 'a' }] } };
  const [refusal] = await dryRunApply(inject('apiServer'), [open]);
  expect(refusal?.message).toContain('violates PodSecurity');
});
