import { describe, expect, it } from 'vitest';
import { makeUid } from '../model/uid.ts';
import type { CoProvision } from '../model/platform.ts';
import { buildGraph } from './build-graph.ts';
import { graphToDot, graphToText } from './picture.ts';
import { listConsumers } from './neighbours.ts';
import { context, definition, need, placeOf, platformOf, workload } from './test-support.ts';

const platform = platformOf([
  definition('pg', 'postgres'),
  definition('redis', 'redis'),
  definition('dns', 'dns'),
  definition('route', 'route'),
]);

function build(workloads: Parameters<typeof buildGraph>[0]['workloads'], of = platform) {
  return buildGraph({ platform: of, context, workloads });
}

const coProvision = (parts: Partial<CoProvision>): CoProvision => ({
  type: 'backup',
  dependsOnThis: false,
  dependentsWait: false,
  place: placeOf('pg.yaml'),
  ...parts,
});

describe('the graph', () => {
  it('has a node per need, and one for needs that mean the same', () => {
    const shared = need('queue', { type: 'redis', id: 'queue' });
    const graph = build([workload('api', [need('db', { type: 'postgres' }), shared]), workload('worker', [shared])]).value;
    expect(graph?.order).toEqual(['postgres.default#api.db', 'redis.default#queue', 'workload.default#api', 'workload.default#worker']);
  });

  it('orders needs by the placeholders in their params', () => {
    const needs = [need('entrance', { type: 'route', params: { host: '${resources.domain.host}' } }), need('domain', { type: 'dns' })];
    const graph = build([workload('web', needs)]).value;
    expect(graph && graphToText(graph)).toMatchInlineSnapshot(`
      "dns.default#web.domain  dns
      route.default#web.entrance  route
        ← dns.default#web.domain
      workload.default#web  profile web
        ← dns.default#web.domain
        ← route.default#web.entrance"
    `);
  });

  it('lets workloads call each other both ways', () => {
    const graph = build([workload('api', [need('web', { type: 'service' })]), workload('web', [need('api', { type: 'service' })])]);
    expect(graph.diagnostics).toEqual([]);
    expect(graph.value?.order).toHaveLength(4);
  });

  it('warns of a service that is not there, and says what was meant', () => {
    const graph = build([workload('api'), workload('web', [need('apii', { type: 'service' })])]);
    expect(graph.diagnostics).toMatchObject([
      { code: 'T3006', severity: 'warning', detail: expect.stringContaining('Did you mean "api"?') },
    ]);
  });

  it('unites params by key, and refuses unequal ones with both places', () => {
    const one = need('cache', { type: 'redis', id: 'cache', params: { size: 'small' } });
    const two = need('cache', { type: 'redis', id: 'cache', params: { size: 'small', ttl: 1 } });
    const graph = build([workload('aa', [one]), workload('bb', [two])]).value;
    expect(graph?.nodes[makeUid({ type: 'redis', id: 'cache' })]).toMatchObject({ params: { size: 'small', ttl: 1 } });
    const [conflict] = build([workload('aa', [one]), workload('bb', [{ ...two, params: { size: 'large' } }])]).diagnostics;
    expect(conflict).toMatchObject({ code: 'T3003', place: { file: 'bb.yaml' }, related: [{ place: { file: 'aa.yaml' } }] });
  });

  it('refuses an id that would capture a private resource', () => {
    const [capture] = build([
      workload('api', [need('db', { type: 'postgres' })]),
      workload('eve', [need('db', { type: 'postgres', id: 'api.db' })]),
    ]).diagnostics;
    expect(capture).toMatchObject({ code: 'T3002', place: { file: 'eve.yaml' } });
  });

  it('names the members of a circle in order', () => {
    const needs = [
      need('a1', { type: 'dns', params: { x: '${resources.b1.x}' } }),
      need('b1', { type: 'dns', params: { x: '${resources.a1.x}' } }),
    ];
    const [circle] = build([workload('web', needs)]).diagnostics;
    expect(circle).toMatchObject({ code: 'T3007' });
    expect(circle?.detail).toContain('dns.default#web.a1 → dns.default#web.b1 → dns.default#web.a1');
  });

  it('follows references of definitions, which inherit class and id', () => {
    const withInstance = platformOf([
      definition('db', 'postgres', { inputs: { outputs: { host: '${resources["postgres-instance#main"].outputs.host}' } } }),
      definition('instance', 'postgres-instance'),
    ]);
    const graph = build([workload('api', [need('db', { type: 'postgres' })])], withInstance).value;
    expect(graph?.order).toEqual(['postgres-instance.default#main', 'postgres.default#api.db', 'workload.default#api']);
  });

  it('brings along what a definition co-provisions, and lets dependents wait for it', () => {
    const along = platformOf([
      definition('db', 'postgres', { coProvision: [coProvision({ dependsOnThis: true, dependentsWait: true })] }),
      definition('backup', 'backup'),
    ]);
    const graph = build([workload('api', [need('db', { type: 'postgres' })])], along).value;
    expect(graph?.order).toEqual(['postgres.default#api.db', 'backup.default#api.db', 'workload.default#api']);
    expect(graph?.nodes[makeUid({ type: 'workload', id: 'api' })]?.dependsOn).toContain('backup.default#api.db');
  });

  it('ends where definitions never do', () => {
    const endless = platformOf([definition('a', 'redis', { coProvision: [coProvision({ type: 'redis', id: 'x' })] })]);
    expect(build([workload('api', [need('cache', { type: 'redis' })])], endless).value?.order).toHaveLength(3);
    const growing = platformOf(
      Array.from({ length: 70 }, (_, index) =>
        definition(`d${index}`, `t${index}`, { coProvision: [coProvision({ type: `t${index + 1}` })] }),
      ),
    );
    expect(build([workload('api', [need('t0')])], growing).diagnostics[0]?.code).toBe('T3005');
  });

  it('adds the needs of the environment type to every workload', () => {
    const typed = platformOf([definition('net', 'network-policy')], {
      environmentTypes: [
        {
          name: 'staging',
          isProtected: false,
          requiredApprovals: 0,
          onDestroy: 'retain',
          needs: { net: need('net', { type: 'network-policy' }) },
          place: placeOf('t.yaml'),
          digest: 't',
        },
      ],
    });
    const graph = build([workload('api'), workload('web')], typed).value;
    const uid = makeUid({ type: 'network-policy', id: '@type.net' });
    expect(graph && listConsumers(graph, uid, 'workload').map((node) => node.uid)).toEqual([
      'workload.default#api',
      'workload.default#web',
    ]);
  });

  it('keeps a resource bound, and says what matching would do', () => {
    const uid = makeUid({ type: 'postgres', id: 'api.db' });
    const moved = platformOf([definition('pg', 'postgres', { match: [] }), definition('pg-new', 'postgres')]);
    const graph = buildGraph({
      platform: moved,
      context,
      workloads: [workload('api', [need('db', { type: 'postgres' })])],
      bound: { [uid]: 'pg' },
    });
    expect(graph.value?.nodes[uid]).toMatchObject({ match: { name: 'pg' }, rebind: { name: 'pg-new' } });
  });

  it('does not depend on the order of anything', () => {
    const workloads = [workload('api', [need('db', { type: 'postgres' })]), workload('web', [need('domain', { type: 'dns' })])];
    const one = build(workloads).value;
    const other = build(workloads.toReversed(), platformOf(platform.definitions.toReversed())).value;
    expect(other).toEqual(one);
  });

  it('draws a picture that Graphviz reads', () => {
    const graph = build([workload('web', [need('domain', { type: 'dns' })])]).value;
    expect(graph && graphToDot(graph)).toContain('"workload.default#web" -> "dns.default#web.domain";');
  });
});
