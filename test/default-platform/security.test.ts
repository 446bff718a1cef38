import { describe, expect, it } from 'vitest';
import { isMark, isValueObject, type Value, type ValueObject } from '../../src/core/index.ts';
import { findPlainSecrets, isList } from './plain-secrets.ts';
import { everyType, needOf, renderWithDefaults, writeScore } from './support.ts';

const types = Object.keys(everyType);
const sources = [writeScore(Object.fromEntries(types.map((type) => [type, needOf(type)])))];
const inKubernetes = await renderWithDefaults('kubernetes', sources);
const inCompose = await renderWithDefaults('compose', sources);

/** A tag with the whole version: what `latest` or a bare major means changes. */
const pinned = /^[a-z0-9.-]+\/[a-z0-9./-]+:(v?\d+\.\d+\.\d+|\d+\.\d+-[a-z]+|RELEASE\.\d{4}-|\d{4}-CU\d+-)/;

function memberOf(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  return isValueObject(value) ? memberOf(value[step], ...rest) : undefined;
}

function mapsOf(value: Value | undefined): readonly ValueObject[] {
  return isList(value) ? value.filter(isValueObject) : [];
}

/** Pods of resources, not of the workload. */
function listPods() {
  return inKubernetes.objects
    .filter(({ node }) => !node.startsWith('workload'))
    .flatMap(({ key, body }) => {
      const spec = memberOf(body, 'spec', 'template', 'spec');
      return isValueObject(spec) ? [{ key, spec, containers: mapsOf(spec['containers']) }] : [];
    });
}

function listServices() {
  return inCompose.objects
    .filter(({ node }) => !node.startsWith('workload'))
    .flatMap(({ body }) => Object.entries(isValueObject(body['services']) ? body['services'] : {}));
}

describe('servers of the default platform', () => {
  it('are there for every type that needs one', () => {
    expect(listPods()).toHaveLength(10);
    expect(listServices()).toHaveLength(11);
  });

  it('run images of one version', () => {
    const inPods = listPods().flatMap(({ containers }) => containers.map((container) => container['image']));
    const inServices = listServices().map(([, service]) => memberOf(service, 'image'));
    for (const image of [...inPods, ...inServices]) expect(image).toMatch(pinned);
    expect(inPods.filter((image) => !inServices.includes(image))).toEqual([]);
  });

  it.each(listPods())('have no privileges in Kubernetes: $key', ({ spec, containers }) => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(memberOf(spec, 'securityContext', 'runAsUser')).toBeGreaterThan(0);
    expect(containers).toHaveLength(1);
    for (const { securityContext } of containers) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        privileged: false,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
      });
      expect([undefined, ['NET_BIND_SERVICE']]).toContainEqual(memberOf(securityContext, 'capabilities', 'add'));
    }
  });

  it.each(listPods())('say when they have started, are ready, and are alive, and what they may use: $key', ({ containers }) => {
    for (const container of containers) {
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect(container[probe]).toBeDefined();
      expect(memberOf(container, 'resources', 'requests', 'cpu')).toBeDefined();
      expect(memberOf(container, 'resources', 'limits', 'memory')).toBeDefined();
    }
  });

  it.each(listPods())('write only to volumes where nothing else of the image can be written: $key', ({ spec, containers }) => {
    const volumes = mapsOf(spec['volumes']).map(({ name }) => name);
    for (const container of containers) {
      const isReadOnly = memberOf(container, 'securityContext', 'readOnlyRootFilesystem');
      const mounts = mapsOf(container['volumeMounts']);
      expect(mounts.length).toBeGreaterThan(isReadOnly === true ? volumes.length - 1 : 0);
      expect(mounts.every(({ name }) => name === 'data' || volumes.includes(name ?? null))).toBe(true);
    }
  });

  it.each(listServices())('have no privileges in Compose: %s', (_name, service) => {
    expect(service).toMatchObject({
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
      deploy: { resources: { limits: { memory: expect.stringMatching(/^\d+$/) } } },
      healthcheck: { test: expect.any(Array), interval: '5s' },
    });
    expect(memberOf(service, 'user')).toMatch(/^\d+:\d+$/);
  });

  it.each([
    ['Kubernetes', inKubernetes],
    ['Compose', inCompose],
  ])('show no secret in what is written for %s', async (_format, rendering) => {
    const { secrets, shown } = await findPlainSecrets(rendering);
    expect(shown).toEqual([]);
    expect(secrets.length).toBeGreaterThan(8);
    expect(secrets.every((secret) => secret.length >= 16)).toBe(true);
  });

  it('give passwords to containers by reference alone', () => {
    for (const { containers } of listPods()) {
      const values = containers.flatMap((container) => mapsOf(container['env'])).map(({ value }) => value);
      expect(values.filter((value) => value !== undefined && isMark(value))).toEqual([]);
    }
  });

  it('select their own pods alone', () => {
    const selectors = inKubernetes.objects
      .filter(({ key, node }) => key.startsWith('/Service:') && !node.startsWith('workload'))
      .map(({ body }) => memberOf(body, 'spec', 'selector', 'tutti.dev/resource'));
    expect(new Set(selectors).size).toBe(10);
  });
});
