import { describe, expect, it } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import type { ValueObject } from '../../model/value.ts';
import { listProblems, makeTestSecret } from '../test-support.ts';
import { renderFragmentsForTest, spellFragments } from './test-support.ts';

const secret = makeTestSecret(makeUid({ type: 'thing', id: 'web.thing' }), 'password');
const labels = {
  'app.kubernetes.io/instance': 'shop-staging-0000000000',
  'app.kubernetes.io/managed-by': 'tutti',
  'app.kubernetes.io/part-of': 'shop',
  'tutti.dev/environment': 'shop/staging',
  'tutti.dev/owner': 'thing.default#web.thing',
};

function problemsOf(...fragments: readonly ValueObject[]): readonly string[] {
  return listProblems(renderFragmentsForTest(fragments));
}

describe('fragments of a Compose project', () => {
  it('become an object for each entry of each section', () => {
    const fragment = {
      services: { db: { image: 'x' } },
      volumes: { data: null },
      networks: { back: { internal: true } },
      configs: { conf: { content: 'a' } },
      models: { small: { model: 'ai/x' } },
      files: { 'a/b.txt': { content: 'b', mode: '0755' } },
      directories: { empty: {} },
    };
    const { value } = renderFragmentsForTest([fragment]);
    expect(value?.map(({ key }) => key.replace('shop-staging-0000000000', 'slug'))).toEqual([
      'compose/Service:slug/db',
      'compose/Volume:slug/data',
      'compose/Network:slug/back',
      'compose/Config:slug/conf',
      'compose/Model:slug/small',
      'compose/File:slug/files/a/b.txt',
      'compose/Directory:slug/files/empty',
    ]);
    expect(spellFragments([fragment])).toEqual([
      { services: { db: { image: 'x', labels: { ...labels, 'tutti.dev/config-hash': expect.stringMatching(/^[0-9a-f]{16}$/) } } } },
      { volumes: { data: {} } },
      { networks: { back: { internal: true } } },
      { configs: { conf: { content: 'a' } } },
      { models: { small: { model: 'ai/x' } } },
      { files: { 'files/a/b.txt': { content: 'b', mode: '0755' } } },
      { directories: { 'files/empty': {} } },
    ]);
  });

  it('keep labels of their own, but not those that mark what is ours', () => {
    const marks = ['team=blue', 'tutti.dev/owner=me', 'app.kubernetes.io/part-of=else', 'flag'];
    const expected = { ...labels, team: 'blue', 'app.kubernetes.io/part-of': 'else', flag: '' };
    expect(spellFragments([{ services: { db: { labels: marks } } }])).toEqual([{ services: { db: { labels: expected } } }]);
    expect(spellFragments([{ services: { db: { labels: { team: 'blue' } } } }])).toEqual([
      { services: { db: { labels: { ...labels, team: 'blue' } } } },
    ]);
  });

  it('have dollars doubled, unless they come from a provisioner file, where Compose text stands already', () => {
    const fragment = { services: { db: { command: ['$A', '$$B'], environment: { C: '${D}' } } }, files: { f: { content: '$E' } } };
    const texts = (driver: string) => spellFragments([fragment], { driver }).map((body) => JSON.stringify(body).match(/\$+\{?[A-Z]/g));
    expect(texts('template')).toEqual([['$$A', '$$$$B', '$${D'], ['$E']]);
    expect(texts('score')).toEqual([['$A', '$$B', '${D'], ['$E']]);
  });

  it('mount for reading what a provisioner file says so of in the words of Score', () => {
    const volumes = ['./a:/a', { type: 'bind', source: './b', target: '/b', readOnly: true }];
    const [body] = spellFragments([{ services: { db: { volumes } } }], { driver: 'score' });
    expect(Object(body).services.db.volumes).toEqual(['./a:/a', { type: 'bind', source: './b', target: '/b', read_only: true }]);
  });

  it.each([
    [{ service: {} }, '"service" is no section of a Compose project. Did you mean "services"? Sections: services,'],
    [{ variables: {} }, '"variables" is no section of a Compose project.'],
    [{ services: [] }, 'The section "services" is no map.'],
    [{ services: { db: null } }, '"db" in `services` is no map.'],
    [{ services: { 'a b': {} } }, '"a b" is no name that Compose takes'],
    [{ volumes: { v: 'x' } }, '"v" in `volumes` is no map.'],
    [{ files: { '../x': { content: '' } } }, '"../x" is no path below the files of the project.'],
    [{ files: { '/x': { content: '' } } }, '"/x" is no path below'],
    [{ files: { 'a//b': { content: '' } } }, '"a//b" is no path below'],
    [{ files: { 'a\\b': { content: '' } } }, '"a\\b" is no path below'],
    [{ files: { x: {} } }, 'The file "x" has to have one of `content` and `base64`'],
    [{ files: { x: { content: '', base64: '' } } }, 'The file "x" has to have one of'],
    [{ files: { x: { base64: '?' } } }, 'The file "x" has to have one of'],
    [{ files: { x: { content: 1 } } }, 'The file "x" has to have one of'],
    [{ files: { x: { content: '', mode: '999' } } }, 'The file "x" has a `mode` that is not like "0644".'],
    [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } }, 'This is a manifest for Kubernetes'],
  ])('%j are refused', (fragment, problem) => {
    expect(problemsOf(fragment)).toEqual([expect.stringContaining(`T4124 ${problem}`)]);
  });

  it('say all that is wrong with them, where it stands', () => {
    const { diagnostics } = renderFragmentsForTest([{ services: { db: 1 } }, { volume: {}, files: { '..': {} } }]);
    expect(diagnostics.map(({ place }) => place?.path.slice(2))).toEqual([
      ['manifests', 0, 'services', 'db'],
      ['manifests', 1, 'volume'],
      ['manifests', 1, 'files', '..'],
    ]);
  });
});

describe('secrets in fragments', () => {
  it('stand in an env file where they are in the environment, as a map or as a list', () => {
    const file = { files: { 'env/db.env': { mode: '0600', content: 'P="dotenv(‹password›)"\n' } } };
    const text = { $tutti: 'secretText', parts: ['P=', secret] } as const;
    for (const environment of [{ A: 'a', N: null, P: secret }, ['A=a', 'N', text]]) {
      const [service, env] = spellFragments([{ services: { db: { environment, env_file: './own.env' } } }]);
      expect(service).toMatchObject({
        services: { db: { environment: { A: 'a', N: null }, env_file: ['./own.env', { path: './env/db.env' }] } },
      });
      expect(env).toEqual(file);
    }
  });

  it('of a provisioner file keep the variables of Compose around them', () => {
    const environment = { P: { $tutti: 'secretText', parts: ['$$a "${B}" ', secret] } } as const;
    const [, env] = spellFragments([{ services: { db: { environment } } }], { driver: 'score' });
    expect(env).toEqual({ files: { 'env/db.env': { mode: '0600', content: 'P="$$a \\"${B}\\" dotenv(‹password›)"\n' } } });
  });

  it('in secrets and configs become variables', () => {
    const bodies = spellFragments([{ secrets: { s: { content: secret }, p: { content: 'plain' } }, configs: { c: { content: secret } } }]);
    const [first, variable] = bodies;
    const { environment } = Object(first).secrets.s;
    expect(variable).toEqual({ variables: { [environment]: { value: '‹password›' } } });
    expect(bodies[2]).toEqual({ secrets: { p: { environment: expect.stringMatching(/^TUTTI_/) } } });
    expect(bodies[4]).toEqual({ configs: { c: { content: expect.stringMatching(/^\$\{TUTTI_[0-9A-F]{16}\}$/) } } });
  });

  it('close the file that they are in', () => {
    const content = { $tutti: 'secretText', parts: ['x ', secret] } as const;
    expect(spellFragments([{ files: { f: { content } } }])).toEqual([{ files: { 'files/f': { content: 'x ‹password›', mode: '0600' } } }]);
    expect(spellFragments([{ files: { f: { content, mode: '0640' } } }])).toEqual([
      { files: { 'files/f': { content: 'x ‹password›', mode: '0640' } } },
    ]);
  });

  it('stand nowhere else', () => {
    expect(problemsOf({ services: { db: { command: ['a', secret] } } })).toEqual([
      expect.stringMatching(/^T4103 A secret stands at `\/command\/1`/),
    ]);
    expect(problemsOf({ volumes: { v: { name: secret } } })).toEqual([expect.stringMatching(/^T4103/)]);
  });

  it('of provisioner files may stand anywhere: they become variables', () => {
    const test = ['CMD-SHELL', { $tutti: 'secretText', parts: ['login $$u ', secret, ' x'] } as const, secret];
    const [service, ...variables] = spellFragments([{ services: { db: { healthcheck: { test } } } }], { driver: 'score' });
    const [variable] = variables;
    const [name = ''] = Object.keys(Object(variable).variables);
    expect(variables).toEqual([{ variables: { [name]: { value: '‹password›' } } }]);
    expect(Object(service).services.db.healthcheck.test).toEqual(['CMD-SHELL', `login $$u \${${name}} x`, `\${${name}}`]);
  });
});
