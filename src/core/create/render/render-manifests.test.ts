import { describe, expect, it } from 'vitest';
import type { RenderedObject } from '../../model/rendering.ts';
import { listProblems, makeTestSecret, renderForTest, spell } from '../test-support.ts';
import { checkObjects } from './check-objects.ts';

const secret = makeTestSecret();
const unknown = { $tutti: 'unknown', uid: secret.ref.kind === 'generated' ? secret.ref.uid : undefined, path: 'name' } as const;

function configMap(metadata: object, rest: object = {}) {
  return JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, ...rest }));
}

function bodies(rendered: { readonly value?: readonly RenderedObject[] }) {
  return rendered.value?.map((each) => spell(each.body));
}

describe('manifests of a definition', () => {
  it('get the namespace, the labels and the annotations of the environment', () => {
    const rendered = renderForTest([
      configMap({ name: 'a', labels: { 'app.kubernetes.io/part-of': 'own', x: 'y' }, annotations: { 'tutti.dev/owner': 'me' } }),
    ]);
    expect(rendered.value?.[0]?.key).toBe('/ConfigMap:shop-staging/a');
    expect(bodies(rendered)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'a',
          namespace: 'shop-staging',
          labels: {
            'app.kubernetes.io/managed-by': 'tutti',
            'app.kubernetes.io/instance': 'shop-staging-0000000000',
            'app.kubernetes.io/part-of': 'own',
            x: 'y',
          },
          annotations: { 'tutti.dev/environment': 'shop/staging', 'tutti.dev/owner': 'thing.default#web.thing' },
        },
      },
    ]);
  });

  it.each([
    [{ kind: 'ConfigMap', metadata: { name: 'a' } }, 'T4101', /apiVersion/],
    [{ apiVersion: 'v1', kind: 'ConfigMap' }, 'T4101', /metadata\.name/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: unknown } }, 'T4101', /known only after provisioning/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 5 } }, 'T4101', /no text/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'A_b' } }, 'T4101', /"A_b" cannot name/],
    [{ apiVersion: 'v1', kind: 'Service', metadata: { name: '1st' } }, 'T4101', /begins with a letter/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: ['x'] } }, 'T4101', /labels/],
    [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'a' }, items: [] }, 'T4101', /one by one/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'other' } }, 'T4102', /"other".*"shop-staging"/],
    [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a' } }, 'T4102', /whole cluster/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, status: {} }, 'T4104', /status/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', generateName: 'a-' } }, 'T4104', /generateName/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', finalizers: [] } }, 'T4104', /finalizers/],
  ])('are refused: %j (%s)', (manifest, code, detail) => {
    const rendered = renderForTest([configMap({ name: 'sound' }), JSON.parse(JSON.stringify(manifest))]);
    expect(rendered.value).toBeUndefined();
    expect(rendered.diagnostics.map((each) => each.code)).toEqual([code]);
    expect(rendered.diagnostics[0]?.detail).toMatch(detail);
    expect(rendered.diagnostics[0]?.place?.path.slice(0, 4)).toEqual(['spec', 'inputs', 'manifests', 1]);
  });

  it('may lie outside the namespace where the definition has leave', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:a' } };
    const allowScope = { isCluster: true, namespaces: ['other'] };
    const rendered = renderForTest([role, configMap({ name: 'a', namespace: 'other' })], { allowScope });
    expect(rendered.value?.map((each) => each.key)).toEqual(['rbac.authorization.k8s.io/ClusterRole:/system:a', '/ConfigMap:other/a']);
    const misplaced = { ...role, metadata: { name: 'a', namespace: 'other' } };
    expect(listProblems(renderForTest([misplaced], { allowScope }))).toEqual([expect.stringMatching(/^T4102 .*has no namespace/)]);
  });

  it('are not taken for kinds of the cluster by their name alone', () => {
    expect(listProblems(renderForTest([{ apiVersion: 'longhorn.io/v1beta2', kind: 'Node', metadata: { name: 'a' } }]))).toEqual([]);
  });

  it('hold secrets in Secrets: stringData becomes data', () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      type: 'Opaque',
      data: { plain: 'YQ==', coded: { $tutti: 'secretText', parts: [secret], encoding: 'base64' } },
      stringData: { url: { $tutti: 'secretText', parts: ['u:', secret] }, alone: secret, text: 'a', number: 5, later: unknown },
    };
    const rendered = renderForTest([JSON.parse(JSON.stringify(manifest))]);
    expect(listProblems(rendered)).toEqual([]);
    expect(bodies(rendered)).toMatchObject([
      {
        type: 'Opaque',
        data: {
          plain: 'YQ==',
          coded: 'base64(‹password›)',
          url: 'base64(u:‹password›)',
          alone: 'base64(‹password›)',
          text: 'YQ==',
          number: 'NQ==',
          later: '?',
        },
      },
    ]);
    expect(Object.keys(rendered.value?.[0]?.body ?? {})).not.toContain('stringData');
  });

  it('say what is wrong with the data of a Secret', () => {
    const rendered = renderForTest([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        data: { raw: secret, text: 'not base64', number: 5 },
        stringData: { map: { a: secret } },
      },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' }, stringData: ['x'] },
    ]);
    expect(rendered.diagnostics.map((each) => `${each.code} ${each.place?.path.slice(4).join('.')}`)).toEqual([
      'T4119 data.raw',
      'T4119 data.text',
      'T4119 data.number',
      'T4119 stringData.map',
      'T4119 stringData',
    ]);
  });

  it('hold secrets in env, which become references to a Secret beside it', () => {
    const container = (name: string) => ({
      name,
      image: 'x',
      env: [
        { name: 'P', value: secret },
        { name: 'Q', value: 'q' },
      ],
    });
    const pod = { spec: { containers: [container('main')], initContainers: [container('init')] } };
    const rendered = renderForTest([
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { template: pod } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template: pod } },
    ]);
    expect(listProblems(rendered)).toEqual([]);
    expect(rendered.value?.map((each) => each.key)).toEqual([
      'apps/Deployment:shop-staging/a',
      '/Secret:shop-staging/a-deployment-env',
      'batch/Job:shop-staging/a',
      '/Secret:shop-staging/a-job-env',
    ]);
    expect(bodies(rendered)).toMatchObject([
      {
        spec: {
          template: {
            metadata: { annotations: { 'tutti.dev/config-hash': expect.any(String) } },
            spec: {
              containers: [
                {
                  env: [
                    { name: 'P', valueFrom: { secretKeyRef: { name: 'a-deployment-env', key: 'main.P' } } },
                    { name: 'Q', value: 'q' },
                  ],
                },
              ],
              initContainers: [{ env: [{ name: 'P', valueFrom: { secretKeyRef: { key: 'init.P' } } }, { name: 'Q' }] }],
            },
          },
        },
      },
      { data: { 'init.P': 'base64(‹password›)', 'main.P': 'base64(‹password›)' } },
      {},
      {},
    ]);
  });

  it('keep apart what two pods of one object call the same', () => {
    const other = makeTestSecret(undefined, 'other');
    const pod = (value: object) => ({ containers: [{ name: 'main', image: 'x', env: [{ name: 'P', value }] }] });
    const rendered = renderForTest([
      JSON.parse(
        JSON.stringify({
          apiVersion: 'example.com/v1',
          kind: 'Pair',
          metadata: { name: 'a' },
          spec: { left: pod(secret), right: pod(other) },
        }),
      ),
    ]);
    expect(Object.values(Object(bodies(rendered)?.[1]).data).toSorted((left, right) => (String(left) < String(right) ? -1 : 1))).toEqual([
      'base64(‹other›)',
      'base64(‹password›)',
    ]);
  });

  it('hold secrets nowhere else', () => {
    const rendered = renderForTest([
      configMap({ name: 'a', labels: { x: secret } }, { data: { 'a/b': secret } }),
      JSON.parse(
        JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b', annotations: { x: secret } }, stringData: { a: 'b' } }),
      ),
    ]);
    const problems = listProblems(rendered);
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toMatch(/`\/data\/a~1b`/);
    expect(problems.join('\n')).not.toContain(secret.hash);
  });
});

describe('objects of an environment', () => {
  it('are rendered by one node alone', () => {
    const [object] = renderForTest([configMap({ name: 'a' })]).value ?? [];
    expect(object && listProblems({ diagnostics: checkObjects([object, object]) })).toEqual([
      'T4109 ConfigMap a in shop-staging: thing.default#web.thing renders it twice.',
    ]);
  });

  it('have at most 1 MiB, however many small parts they are made of', () => {
    const data = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key-${index}`, 'x'.repeat(400)]));
    expect(listProblems(renderForTest([configMap({ name: 'a' }, { data })]))).toEqual([
      'T4110 ConfigMap a in shop-staging, of thing.default#web.thing, would have 1.2 MiB.',
    ]);
    expect(listProblems(renderForTest([configMap({ name: 'b' }, { data: { a: 'x'.repeat(1_000_000) } })]))).toEqual([]);
  });
});
