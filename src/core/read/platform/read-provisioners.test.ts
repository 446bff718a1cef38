import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainNeed } from '../../match/explain.ts';
import { matchNeed } from '../../match/match-need.ts';
import { locate } from '../locate.ts';
import { readPlatform } from './read-platform.ts';

const folder = new URL('../../../../../shared/corpus/score/provisioners/', import.meta.url);

function read(text: string, file = 'custom.provisioners.yaml') {
  return readPlatform([{ file, text }]);
}

function problems(text: string): readonly string[] {
  const file = 'custom.provisioners.yaml';
  return locate(read(text).diagnostics, [{ file, text }]).map(
    ({ code, source, detail }) => `${code} ${source?.start.line}:${source?.start.column} ${detail}`,
  );
}

describe('a provisioner file', () => {
  it.each([['kubernetes'], ['compose']])('is read whole: the default one for %s', (tool) => {
    const path = new URL(`${tool}-default.provisioners.yaml`, folder);
    if (!existsSync(path)) {
      process.stderr.write('The corpus is not there: its provisioner files were not read.\n');
      return;
    }
    const { value, diagnostics } = read(readFileSync(path, 'utf8'));
    expect(diagnostics).toEqual([]);
    expect(value?.definitions.length).toBeGreaterThan(12);
    expect(new Set(value?.definitions.map(({ tier }) => tier))).toEqual(new Set(['provisioner']));
  });

  it('says of each entry what is wrong with it, and where', () => {
    expect(
      problems(
        [
          '- uri: http://x',
          '  type: a',
          '- uri: template://x',
          '- uri: template://x',
          '  type: a',
          '  otputs: x',
          '- uri: cmd://x',
          '  type: a',
          '  args: text',
          '- text',
        ].join('\n'),
      ),
    ).toMatchInlineSnapshot(`
      [
        "T1514 1:8 "http://x" is none of template://…, cmd://…, local-env://….",
        "T1104 3:3 The document needs the key "type".",
        "T1103 6:3 "otputs" is not a key that can stand at the top of the document. Did you mean "outputs"? Allowed are uri, class, id, description, supported_params, expected_outputs, type, init, state, shared, outputs, manifests, directories, files, networks, services, volumes, models, info_logs.",
        "T1105 9:9 args must be a list; text stands there.",
        "T1514 10:3 An entry is a map with a \`uri\` that says what carries it out.",
      ]
    `);
  });

  it('is a list', () => {
    expect(problems('uri: template://x\ntype: a')).toMatchInlineSnapshot(`
      [
        "T1513 1:1 custom.provisioners.yaml holds a map.",
      ]
    `);
  });
});

const context = { project: 'p', environment: 'e', environmentType: 't', target: 'x', format: 'kubernetes' } as const;

function winner(
  texts: Readonly<Record<string, string>>,
  need: { type: string; class?: string; id?: string },
  format: 'kubernetes' | 'compose' = 'kubernetes',
) {
  const { value } = readPlatform(Object.entries(texts).map(([file, text]) => ({ file, text })));
  if (!value) return undefined;
  return matchNeed(value, { ...context, format }, { class: 'default', id: 'web.db', ...need }).value?.name;
}

describe('provisioners match as those of the tools', () => {
  it('an entry without class and id holds for every class and id', () => {
    const file = { 'a.provisioners.yaml': '- {uri: template://any, type: postgres}' };
    expect(winner(file, { type: 'postgres', class: 'large', id: 'shared' })).toBe('template://any (postgres)');
  });

  it('the first that holds wins, in the order of the file and then of the files', () => {
    const files = {
      'b.provisioners.yaml': '- {uri: template://late, type: postgres, class: large}',
      'a.provisioners.yaml':
        '- {uri: template://other, type: redis}\n- {uri: template://early, type: postgres}\n- {uri: template://exact, type: postgres, id: web.db}',
    };
    expect(winner(files, { type: 'postgres', class: 'large' })).toBe('template://early (postgres)');
  });

  it('an id is the whole id, that of a private resource with its workload', () => {
    const file = { 'a.provisioners.yaml': '- {uri: template://one, type: postgres, id: web.db}\n- {uri: template://rest, type: postgres}' };
    expect(winner(file, { type: 'postgres', id: 'web.db' })).toBe('template://one (postgres#web.db)');
    expect(winner(file, { type: 'postgres', id: 'db' })).toBe('template://rest (postgres)');
  });

  it('an entry for one of the tools holds for its format alone', () => {
    const file = {
      'a.provisioners.yaml': '- {uri: template://x, type: redis, manifests: "[]"}\n- {uri: template://x, type: redis, services: "{}"}',
    };
    expect(winner(file, { type: 'redis' }, 'kubernetes')).toBe('template://x (redis for kubernetes)');
    expect(winner(file, { type: 'redis' }, 'compose')).toBe('template://x (redis for compose)');
  });

  it('a definition of the platform comes before them', () => {
    const files = {
      'a.provisioners.yaml': '- {uri: template://x, type: redis}',
      'b.yaml':
        'apiVersion: tutti.dev/v1\nkind: ResourceDefinition\nmetadata: {name: own}\nspec: {type: redis, match: [{}], driver: static, inputs: {outputs: {}}}',
    };
    expect(winner(files, { type: 'redis' })).toBe('own');
    expect(winner(files, { type: 'redis', class: 'large' })).toBe('template://x (redis)');
  });

  it('why one does not win can be asked', () => {
    const { value } = read('- {uri: template://a, type: redis}\n- {uri: template://b, type: redis}');
    const explained = value && explainNeed(value, context, { type: 'redis', class: 'default', id: 'web.cache' });
    expect(explained?.others.map(({ name, decidedBy, reason }) => ({ name, decidedBy, reason }))).toEqual([
      { name: 'template://b (redis)', decidedBy: 'order', reason: 'template://a (redis) stands before it' },
    ]);
  });

  it('equal entries are no clash: the second never holds', () => {
    const { value } = read('- {uri: template://a, type: redis}\n- {uri: template://a, type: redis}');
    expect(value?.definitions.map(({ name }) => name)).toEqual(['template://a (redis)', 'template://a (redis) 2']);
  });
});
