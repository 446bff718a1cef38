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

it('refuses what is wrong: the suite would notice', async () => {
  const wrong = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'wrong' }, spec: { ports: [{ prot: 80 }] } };
  const [refusal] = await dryRunApply(inject('apiServer'), [wrong]);
  expect(refusal).toMatchObject({ object: 'v1/Service wrong/x' });
});
