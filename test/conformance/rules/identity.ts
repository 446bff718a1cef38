import { expect } from 'vitest';
import { differs, more, same, stricter, type Chapter } from '../rule.ts';
import { at, items, platformOf, render, runTutti, textAt, variablesOf, type TuttiResult } from '../support.ts';

function score(name: string, resources: string, value = 'x', metadata = ''): string {
  return `apiVersion: score.dev/v1b1
metadata: {name: ${name}${metadata}}
containers: {main: {image: nginx:1, variables: {V: "${value}"}}}
resources: ${resources}
`;
}

const platform = platformOf({ thing: { host: 'h', echo: '${params}' }, other: { echo: '${params}' } });

function graph(...files: readonly string[]): Promise<TuttiResult> {
  const named = Object.fromEntries(files.map((text, index) => [`${index}.yaml`, text]));
  return runTutti({ ...named, 'platform/p.yaml': platform }, 'graph', ...Object.keys(named), '--platform', 'platform');
}

async function uidsOf(...files: readonly string[]): Promise<readonly string[]> {
  const { data, errors } = await graph(...files);
  expect(errors).toEqual([]);
  return items(at(data, 'nodes'))
    .map((each) => textAt(each, 'uid'))
    .filter((uid) => !uid.startsWith('workload.'));
}

export const chapter: Chapter = {
  name: 'identity',
  title: 'Identity of resources and their graph',
  source: 'score-go: `framework/resource_uid.go`, `framework/state.go`.',
  rules: [
    same('The uid of a resource with an id is `TYPE.CLASS#ID`.', async () => {
      expect(await uidsOf(score('web', '{db: {type: thing, id: main}}'))).toEqual(['thing.default#main']);
    }),
    same('The uid of a resource without an id is `TYPE.CLASS#WORKLOAD.NAME`.', async () => {
      expect(await uidsOf(score('web', '{db: {type: thing}}'))).toEqual(['thing.default#web.db']);
    }),
    same('The class is `default` where none is given.', async () => {
      expect(await uidsOf(score('web', '{ab: {type: thing, class: default}, cd: {type: thing}}'))).toEqual([
        'thing.default#web.ab',
        'thing.default#web.cd',
      ]);
    }),
    same('One uid in several workloads is one resource.', async () => {
      const resources = '{db: {type: thing, id: main}}';
      expect(await uidsOf(score('web', resources), score('api', resources.replace('db', 'store')))).toEqual(['thing.default#main']);
    }),
    stricter(
      'An id `api.db` is the private resource `db` of the workload `api`.',
      'An error: a workload cannot get at what another has for itself.',
      async () => {
        const { errors } = await graph(score('web', '{mine: {type: thing, id: api.db}}'), score('api', '{db: {type: thing}}'));
        expect(errors).toEqual(['T3002']);
      },
    ),
    same('Different params for one uid are an error.', async () => {
      const shared = (size: number): string => `{db: {type: thing, id: main, params: {size: ${size}}}}`;
      const { errors, diagnostics } = await graph(score('web', shared(1)), score('api', shared(2)));
      expect([errors, diagnostics.flatMap((each) => each.related).length > 0]).toEqual([['T3003'], true]);
    }),
    more(
      'Params for one uid must be equal, or be left out by all but one.',
      'They are united by key: each workload says what it cares about.',
      async () => {
        const shared = (params: string): string => `{db: {type: thing, id: main${params}}}`;
        expect(
          await uidsOf(score('web', shared(', params: {a: 1}')), score('api', shared(', params: {b: 2}')), score('job', shared(''))),
        ).toHaveLength(1);
      },
    ),
    same('Params may refer to outputs of other resources of the workload; these come first.', async () => {
      const resources = '{aa: {type: other, params: {h: "${resources.zz.host}"}}, zz: {type: thing}}';
      expect(await uidsOf(score('web', resources))).toEqual(['thing.default#web.zz', 'other.default#web.aa']);
      const text = score('web', resources, '${resources.aa.echo}');
      expect(
        variablesOf(await render('kubernetes', text, { files: { 'platform/p.yaml': platform }, args: ['--platform', 'platform'] }))['V'],
      ).toBe('{"h":"h"}');
    }),
    same('Params may refer to the metadata of the workload.', async () => {
      const text = score('web', '{aa: {type: other, params: {t: "${metadata.team}"}}}', '${resources.aa.echo}', ', team: blue');
      expect(
        variablesOf(await render('kubernetes', text, { files: { 'platform/p.yaml': platform }, args: ['--platform', 'platform'] }))['V'],
      ).toBe('{"t":"blue"}');
    }),
    same('Params that refer to a resource the file does not declare are an error.', async () => {
      expect((await graph(score('web', '{aa: {type: other, params: {h: "${resources.zz.host}"}}}'))).errors).toEqual(['T3004']);
    }),
    more('A circle of params is an error.', 'The message names its members in order.', async () => {
      const { errors, diagnostics } = await graph(
        score('web', '{aa: {type: other, params: {x: "${resources.bb.echo}"}}, bb: {type: other, params: {x: "${resources.aa.echo}"}}}'),
      );
      expect(errors).toEqual(['T3007']);
      expect(diagnostics.map((each) => each.detail).join()).toMatch(/web\.aa.*web\.bb/);
    }),
    same('The order of resources is topological, ties by uid.', async () => {
      expect(await uidsOf(score('web', '{cc: {type: thing}, aa: {type: thing}, bb: {type: other}}'))).toEqual([
        'other.default#web.bb',
        'thing.default#web.aa',
        'thing.default#web.cc',
      ]);
    }),
    differs(
      'A resource that one workload defines with params and another without may be provisioned twice or too early.',
      'It is one node with the edges of all its needs.',
      async () => {
        const shared = (params: string): string => `{db: {type: other, id: main${params}}, zz: {type: thing, id: zz}}`;
        const uids = await uidsOf(score('web', shared(', params: {h: "${resources.zz.host}"}')), score('api', shared('')));
        expect(uids).toEqual(['thing.default#zz', 'other.default#main']);
      },
    ),
    differs(
      'Each resource gets a random `guid` once.',
      'It is made of its identity: the same on every machine, and for ever.',
      async () => {
        const guid = async (): Promise<unknown> => {
          const files = { 'platform/p.yaml': platformOf({ thing: { guid: '${resource.guid}' } }) };
          return variablesOf(
            await render('kubernetes', score('web', '{db: {type: thing}}', '${resources.db.guid}'), {
              files,
              args: ['--platform', 'platform'],
            }),
          )['V'];
        };
        expect(await guid()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(await guid()).toBe(await guid());
      },
    ),
    more('A type that nothing provisions is an error.', 'The message lists the types there are, and says which was meant.', async () => {
      const { errors, diagnostics } = await graph(score('web', '{db: {type: thng}}'));
      expect([errors, diagnostics[0]?.detail.includes('thing')]).toEqual([['T2001'], true]);
    }),
  ],
};
