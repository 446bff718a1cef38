import { describe, expect, it } from 'vitest';
import { formats, needOf, renderWithDefaults, withoutNotices, writeScore, type Need } from './support.ts';

function route(params: Readonly<Record<string, unknown>>, annotations?: Readonly<Record<string, string>>): Need {
  return { type: 'route', params, ...(annotations && { metadata: { annotations } }) };
}

const dns: Need = { type: 'dns' };
const host = '${resources.domain.host}';

async function renderRules(needs: Readonly<Record<string, Need>>) {
  const { objects, problems } = await renderWithDefaults('kubernetes', [writeScore({ domain: dns, ...needs })]);
  expect(problems).toEqual([]);
  return objects.filter(({ key }) => key.includes('/HTTPRoute:')).map(({ body }) => Object(body).spec.rules[0]);
}

async function renderGateway(needs: Readonly<Record<string, Need>>, values: Readonly<Record<string, string>> = {}) {
  const { objects, problems } = await renderWithDefaults('compose', [writeScore({ domain: dns, ...needs })], { values });
  const gateways = objects.filter(({ node }) => node === 'http-gateway.default#gateway');
  const [config] = gateways.flatMap(({ body }) => Object.values(Object(Object(body).configs)));
  const [service] = gateways.flatMap(({ body }) => Object.values(Object(Object(body).services)));
  return { gateways, config: String(Object(config).content), service: Object(service), problems };
}

describe('a route in Kubernetes', () => {
  it.each(['http', 80, '80'])('leads to the port of the Service, named or numbered: %s', async (port) => {
    expect(await renderRules({ it: route({ host, port }) })).toEqual([
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] },
    ]);
  });

  it('means one path alone where the need says so', async () => {
    const needs = { it: route({ host, path: '/cart', port: 'admin' }, { 'k8s.score.dev/route-provisioner-path-type': 'Exact' }) };
    expect(await renderRules(needs)).toEqual([
      { matches: [{ path: { type: 'Exact', value: '/cart' } }], backendRefs: [{ name: 'web', port: 9001 }] },
    ]);
  });
});

describe('a route in Compose', () => {
  it('stands with all others behind one gateway, which leads to the port of the container', async () => {
    const { gateways, config, service, problems } = await renderGateway({
      shop: route({ host: 'shop.example', port: 80 }),
      cart: route({ host: 'shop.example', path: '/cart', port: 'admin' }),
      any: route({ host: '*.shop.example', path: '/files/', port: 'http' }),
      one: route({ host: 'shop.example', path: '/cart', port: 'http' }, { 'compose.score.dev/route-provisioner-path-type': 'Exact' }),
    });
    expect(problems).toEqual([]);
    expect(gateways).toHaveLength(2);
    expect(config.match(/rule: '.*'/g)).toEqual([
      "rule: 'HostRegexp(`^.+\\.shop\\.example$$`) && PathPrefix(`/files/`)'",
      "rule: 'Host(`shop.example`) && (Path(`/cart`) || PathPrefix(`/cart/`))'",
      "rule: 'Host(`shop.example`) && Path(`/cart`)'",
      "rule: 'Host(`shop.example`) && PathPrefix(`/`)'",
    ]);
    expect(config.match(/priority: \d+/g)).toEqual(['priority: 14', 'priority: 10', 'priority: 11', 'priority: 2']);
    expect(config.match(/url: ".*"/g)).toEqual(['web:8080', 'web:9001', 'web:8080', 'web:8080'].map((each) => `url: "http://${each}"`));
    expect(service.ports).toEqual(['8080:8080']);
  });

  it('is published where the environment says', async () => {
    const { service } = await renderGateway({ it: route({ host, port: 80 }) }, { 'gateway.port': '18080' });
    expect(service.ports).toEqual(['18080:8080']);
  });

  it('is reached from several workloads through the same gateway', async () => {
    const { objects, problems } = await renderWithDefaults('compose', [
      writeScore({ it: route({ host: 'web.example', port: 80 }) }, 'web'),
      writeScore({ it: route({ host: 'api.example', port: 80 }) }, 'api'),
    ]);
    expect(problems).toEqual([]);
    const gateways = objects.filter(({ key, node }) => key.startsWith('compose/Service:') && node.startsWith('http-gateway'));
    expect(gateways).toHaveLength(1);
  });

  it('says that snippets for nginx have no effect', async () => {
    const annotations = { 'compose.score.dev/route-provisioner-server-snippet': 'gzip on;' };
    const { problems } = await renderGateway({ it: route({ host, port: 80 }, annotations) });
    expect(problems).toEqual([expect.stringMatching(/^T5005 .*server-snippet is for nginx/)]);
  });
});

describe.each(formats)('a route in %s', (format) => {
  it('says which ports there are where it leads to none', async () => {
    const { problems } = await renderWithDefaults(format, [writeScore({ domain: dns, it: route({ host, port: 'htpp' }) })]);
    expect(problems).toEqual([
      expect.stringMatching(/^T5006 .*The workload web has no port htpp\. Its ports: admin \(9001\), http \(80\)\.$/),
    ]);
  });

  it('is refused where no workload needs it', async () => {
    const resources = { entrance: route({ host: 'shop.example', port: 80 }) };
    const project = { apiVersion: 'tutti.dev/v1', kind: 'Project', metadata: { name: 'shop' }, spec: { resources } };
    const { problems } = await renderWithDefaults(format, [writeScore({})], { documents: JSON.stringify(project) });
    expect(problems).toEqual([
      expect.stringMatching(/^T5006 .*No workload needs it: a route belongs among the resources of a Score file\.$/),
    ]);
  });

  it('says to whom it leads where several workloads share it', async () => {
    const shared = { ...route({ host: 'shop.example', port: 80 }), id: 'entrance' };
    const { problems } = await renderWithDefaults(format, [writeScore({ it: shared }, 'web'), writeScore({ it: shared }, 'api')]);
    expect(problems).toEqual([expect.stringMatching(/^T5005 .*\(api, web\): the route leads to api alone/)]);
  });

  it.each(['shop example', '`shop`', 'a.example/path'])('refuses the host %s', async (wrong) => {
    const { problems } = await renderWithDefaults(format, [writeScore({ it: route({ host: wrong, port: 80 }) })]);
    expect(problems).toEqual([expect.stringMatching(/^T4113 .*host/)]);
  });

  it.each(['shop', "/it's", '/a`b', '/a b', '/$x'])('refuses the path %s', async (path) => {
    const { problems } = await renderWithDefaults(format, [writeScore({ it: route({ host: 'a.example', path, port: 80 }) })]);
    expect(problems).toEqual([expect.stringMatching(/^T4113 .*path/)]);
  });
});

describe('what a need says besides', () => {
  it('publishes the port of a server on this machine alone', async () => {
    const need = { ...needOf('postgres'), metadata: { annotations: { 'compose.score.dev/publish-port': '15432' } } };
    const { objects, problems } = await renderWithDefaults('compose', [writeScore({ db: need })]);
    expect(problems).toEqual([]);
    const services = objects.flatMap(({ node, body }) => (node.startsWith('postgres') ? Object.values(Object(Object(body).services)) : []));
    expect(services.map((service) => Object(service).ports)).toEqual([['127.0.0.1:15432:5432']]);
  });

  it('claims room for large data, and more replicas than ten where that is the fewest', async () => {
    const { objects, problems } = await renderWithDefaults('kubernetes', [
      writeScore({
        db: { ...needOf('mysql'), params: { size: 'large' } },
        scale: { type: 'horizontal-pod-autoscaler', params: { minReplicas: 12 } },
      }),
    ]);
    expect(withoutNotices(problems)).toEqual([]);
    const specs = objects.map(({ body }) => Object(body).spec);
    expect(specs.flatMap((spec) => spec?.volumeClaimTemplates ?? []).map((claim) => Object(claim).spec.resources)).toEqual([
      { requests: { storage: '20Gi' } },
    ]);
    expect(specs.find((spec) => spec?.minReplicas === 12)).toMatchObject({
      maxReplicas: 12,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
    });
  });

  it('is refused where the fewest replicas are more than the most', async () => {
    const need: Need = { type: 'horizontal-pod-autoscaler', params: { minReplicas: 5, maxReplicas: '2' } };
    const { problems } = await renderWithDefaults('kubernetes', [writeScore({ scale: need })]);
    expect(problems).toEqual([expect.stringMatching(/^T5006 .*minReplicas is greater than maxReplicas/)]);
  });
});
