import { describe, expect, it } from 'vitest';
import type { Json } from '../model/value.ts';
import { checkExpressions, listReferences } from './check.ts';
import { scopeRoots } from './scope.ts';

const place = { file: 'platform.yaml', document: 0, path: ['spec'] };

function check(value: Json) {
  return checkExpressions(value, place, scopeRoots).map((each) => `${each.code} ${each.place?.path.join('.')}`);
}

describe('checking expressions', () => {
  it('accepts what is in scope, bound names and encoders', () => {
    expect(check({ a: '${params.x + resource.slug}', b: '${[1].map(v, v + 1)}', c: '${base64.encode("x")}' })).toEqual([]);
  });

  it('finds broken syntax, unknown names and indexes that are no literals, all at once', () => {
    expect(
      check({ a: '${1 +}', b: '${parms.x}', c: '${resources[params.t].outputs.x}', d: '${open', e: '${select.consumers(params.x)}' }),
    ).toEqual(['T3101 spec.a', 'T3102 spec.b', 'T3103 spec.c', 'T3101 spec.d', 'T3103 spec.e']);
  });

  it('says what was meant', () => {
    const [diagnostic] = checkExpressions('${parms.x}', place, scopeRoots);
    expect(diagnostic?.detail).toContain('Did you mean "params"?');
  });
});

describe('references', () => {
  it('are found in every expression of a structure', () => {
    const found = listReferences(
      {
        a: 'x${resources["postgres-instance"].outputs.host}y',
        b: ['${resources["redis.large#queue"].outputs.port}'],
        c: '${workloads["api"].service.host}',
        d: '${select.consumers("workload")[0].name}',
      },
      place,
    );
    expect(found.map(({ place: at, ...rest }) => [at.path.join('.'), rest])).toEqual([
      ['spec.a', { kind: 'resource', type: 'postgres-instance' }],
      ['spec.b.0', { kind: 'resource', type: 'redis', class: 'large', id: 'queue' }],
      ['spec.c', { kind: 'workload', name: 'api' }],
      ['spec.d', { kind: 'consumers', type: 'workload' }],
    ]);
  });
});
