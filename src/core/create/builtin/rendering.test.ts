import { describe, expect, it } from 'vitest';
import { findBody, listProblems, renderAll, spell } from '../test-support.ts';

const score = `apiVersion: score.dev/v1b1
metadata: {name: web}
service: {ports: {http: {port: 80, targetPort: 8080}}}
containers:
  main:
    image: x
    variables:
      DB: "\${resources.db.host}:\${resources.db.port}/\${resources.db.database} \${resources.db.username} \${resources.db.name}"
      CACHE: "\${resources.cache.host}:\${resources.cache.port} \${resources.cache.username}"
      URL: "http://\${resources.domain.host}"
    volumes: {/data: {source: "\${resources.data}"}}
resources:
  db: {type: postgres}
  cache: {type: redis}
  domain: {type: dns}
  entrance: {type: route, params: {host: "\${resources.domain.host}", path: /shop, port: 80}}
  data: {type: volume, params: {size: 2Gi}}
`;

const rendering = renderAll({ score });

interface Pod {
  readonly spec: {
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: { readonly seccompProfile: { readonly type: string } };
    readonly containers: readonly {
      readonly image: string;
      readonly readinessProbe: object;
      readonly resources: { readonly limits: object };
      readonly securityContext: object;
      readonly env: readonly { readonly value?: string }[];
    }[];
  };
}

/** The pods of built-in resources, not those of workloads. */
function listPods(): readonly Pod[] {
  const specs = rendering.objects.filter((each) => !each.node.startsWith('workload')).map((each) => Object(spell(each.body)).spec);
  return specs.flatMap((spec) => (spec?.template === undefined ? [] : [spec.template]));
}

describe('built-in resources', () => {
  it('meet their contracts', () => {
    expect(listProblems(rendering)).toEqual([]);
    const keys = rendering.objects.map(({ key }) => key.replace(/-[0-9a-v]{10}$/, ''));
    expect(keys).toEqual(
      expect.arrayContaining([
        '/PersistentVolumeClaim:shop-staging/vol-web-data',
        'apps/Deployment:shop-staging/redis-web-cache',
        'apps/StatefulSet:shop-staging/pg-web-db',
        'gateway.networking.k8s.io/HTTPRoute:shop-staging/route-web-entrance',
      ]),
    );
  });

  it('lead requests for a host to the port of the workload', () => {
    const { name } = Object(rendering.objects.find(({ key }) => key.includes('HTTPRoute')))?.body.metadata ?? {};
    expect(Object(findBody(rendering, 'HTTPRoute', String(name))).spec).toEqual({
      parentRefs: [{ name: 'default' }],
      hostnames: [expect.stringMatching(/^web-domain-[0-9a-v]{10}\.localhost$/)],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/shop' } }], backendRefs: [{ name: 'web', port: 80 }] }],
    });
  });

  it('claim as much as they are asked for', () => {
    const claim = rendering.objects.find(({ key }) => key.includes('PersistentVolumeClaim'));
    expect(claim && Object(claim.body).spec.resources).toEqual({ requests: { storage: '2Gi' } });
  });

  it('run pinned images with probes and limits, without privileges, tokens or secrets in plain', () => {
    const pods = listPods();
    expect(pods).toHaveLength(2);
    for (const { spec } of pods) {
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.securityContext.seccompProfile.type).toBe('RuntimeDefault');
      for (const container of spec.containers) {
        expect(container.image).toMatch(/^docker\.io\/library\/[a-z]+:\d+\.\d+[-.0-9a-z]*$/);
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.readinessProbe).toBeDefined();
        expect(container.resources.limits).toBeDefined();
        expect(container.env.every((each) => !each.value?.includes('‹'))).toBe(true);
      }
    }
  });

  it('are selected by labels of their own', () => {
    for (const { body } of rendering.objects.filter(({ key, node }) => key.includes('/Service:') && !node.startsWith('workload'))) {
      expect(Object.keys(Object(body).spec.selector)).toEqual(['tutti.dev/resource']);
    }
  });
});
