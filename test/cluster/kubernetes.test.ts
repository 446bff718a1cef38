import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { completeOptions, copyCorpusFile, copyProvisioners, examplePlatform, listCorpus, readManifests, shop, tutti } from './support.ts';
import { dryRunApply } from './tools/dry-run.ts';

async function refusalsOf(...args: readonly string[]) {
  const rendered = await tutti('render', ...args, '--seed', 'cluster');
  expect(rendered.errors).not.toContain('error[');
  expect(rendered.code).toBe(0);
  const manifests = readManifests(rendered.output);
  expect(manifests.length).toBeGreaterThan(0);
  return dryRunApply(inject('apiServer'), manifests);
}

describe('an API server takes', () => {
  // In production it needs a secret value, which `render` cannot be given.
  it.each(['development', 'staging'])('the example shop in %s', async (type) => {
    expect(await refusalsOf(...shop, '--platform', examplePlatform, '--env-type', type)).toEqual([]);
  });

  it('the example shop with the built-in platform', async () => {
    expect(await refusalsOf(...shop, '--format', 'kubernetes')).toEqual([]);
  });

  it.each(readdirSync(join(import.meta.dirname, 'scores')))('%s', async (file) => {
    expect(await refusalsOf(join(import.meta.dirname, 'scores', file))).toEqual([]);
  });

  it('what the default provisioner file of score-k8s makes', async () => {
    const args = await copyProvisioners('kubernetes');
    if (args) expect(await refusalsOf(...args)).toEqual([]);
  });

  it.each(listCorpus())('the public file %s', async (file) => {
    const path = await copyCorpusFile(file);
    expect(await refusalsOf(path, '--format', 'kubernetes', ...(await completeOptions(path)))).toEqual([]);
  });
});

describe('an API server refuses, so that the suite would notice', () => {
  it('a field that a kind does not have', async () => {
    const wrong = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'wrong' }, spec: { ports: [{ prot: 80 }] } };
    expect(await dryRunApply(inject('apiServer'), [wrong])).toMatchObject([{ object: 'v1/Service wrong/x', status: 500 }]);
  });

  it('a value that a field cannot have, and names the field', async () => {
    const wrong = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'x', namespace: 'wrong' },
      spec: { ports: [{ port: 70_000, targetPort: 80 }] },
    };
    const [refusal] = await dryRunApply(inject('apiServer'), [wrong]);
    expect(refusal).toMatchObject({ status: 422, causes: [{ field: 'spec.ports[0].port' }] });
  });

  it('a field that a custom resource does not have', async () => {
    const wrong = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'x', namespace: 'wrong' },
      spec: { hostname: 'example.com' },
    };
    const [refusal] = await dryRunApply(inject('apiServer'), [wrong]);
    expect(refusal?.message).toContain('.spec.hostname');
  });

  it('a kind that it does not know', async () => {
    const wrong = { apiVersion: 'example.com/v1', kind: 'Unknown', metadata: { name: 'x', namespace: 'wrong' } };
    expect(await dryRunApply(inject('apiServer'), [wrong])).toMatchObject([{ status: 404 }]);
  });
});
