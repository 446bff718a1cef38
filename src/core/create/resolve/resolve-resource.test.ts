import { describe, expect, it } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import { listProblems, renderAll, spell } from '../test-support.ts';
import { digestInputs } from './resolve-resource.ts';

function score(resources: string, name = 'api'): string {
  return `apiVersion: score.dev/v1b1\nmetadata: {name: ${name}, team: blue}\ncontainers: {main: {image: x}}\nresources:\n${resources}`;
}

function definition(spec: string, name = 'thing'): string {
  return `apiVersion: tutti.dev/v1\nkind: ResourceDefinition\nmetadata: {name: ${name}}\nspec:\n  type: ${name}\n  match: [{}]\n  driver: static\n${spec}`;
}

function contract(spec: string): string {
  return `apiVersion: tutti.dev/v1\nkind: ResourceType\nmetadata: {name: thing}\nspec: {stateful: false, ${spec}}\n`;
}

const need = '  main: {type: thing}\n';

/** The inputs of the resources of one type, spelled out. */
function inputsOf(type: string, rendering: ReturnType<typeof renderAll>) {
  return rendering.resources.filter((each) => each.identity.type === type).map((each) => spell(each.inputs));
}

describe('resolving a resource', () => {
  it('evaluates params, then generated values, then locals, then all other inputs', () => {
    const platform = definition(`  inputs:
    generate:
      key: {kind: hex, length: 8}
      port: {kind: integer, min: 30000, max: 30009}
    locals:
      url: "https://\${locals.host}:\${generate.port}"
      host: "\${params.name}.\${context.values.DOMAIN}"
    outputs:
      url: \${locals.url}
      key: Bearer \${generate.key}
      where: \${target.cluster}/\${target.namespace}
      who: \${resource.type}.\${resource.class}#\${resource.id} \${resource.name}
      region: \${context.labels.region}
`);
    const rendering = renderAll({
      score: score('  main: {type: thing, params: {name: "${metadata.team}"}}\n'),
      platform,
      values: [{ key: 'DOMAIN', value: 'example.com' }],
    });
    expect(listProblems(rendering)).toEqual([]);
    expect(inputsOf('thing', rendering)).toEqual([
      {
        outputs: {
          url: expect.stringMatching(/^https:\/\/blue\.example\.com:3000\d$/),
          key: 'Bearer ‹key›',
          where: 'eu-1/shop-staging',
          who: 'thing.default#api.main main',
          region: 'eu',
        },
      },
    ]);
  });

  it('fills placeholders in params with the outputs of needs of the same workload', () => {
    const platform = [
      definition('  inputs: {outputs: {host: "h-${resource.name}", secret: "${context.values.TOKEN}"}}\n', 'other'),
      definition('  inputs: {outputs: {}}\n'),
    ].join('---\n');
    const rendering = renderAll({
      score: score(
        '  first: {type: other}\n  main: {type: thing, params: {list: ["${resources.first.host}", 1], token: "${resources.first.secret}"}}\n',
      ),
      platform,
      values: [{ key: 'TOKEN', hash: 'h' }],
    });
    expect(listProblems(rendering)).toEqual([]);
    const thing = rendering.resources.find((each) => each.identity.type === 'thing');
    expect(thing && spell(thing.params)).toEqual({ list: ['h-first', 1], token: '‹TOKEN›' });
  });

  it('evaluates params of what is provisioned along in the scope of the one that does it', () => {
    const platform = [
      definition(
        '  coProvision: [{type: along, params: {host: "${locals.host}", size: "${params.size}"}}]\n  inputs: {locals: {host: "db-${resource.name}"}, outputs: {}}\n',
      ),
      definition('  inputs: {outputs: {}}\n', 'along'),
    ].join('---\n');
    const rendering = renderAll({ score: score('  main: {type: thing, params: {size: 3}}\n'), platform });
    expect(listProblems(rendering)).toEqual([]);
    expect(rendering.resources.find((each) => each.identity.type === 'along')?.params).toEqual({ host: 'db-main', size: 3 });
  });

  it('says where the params of what is provisioned along are wrong', () => {
    const platform = [
      definition('  coProvision: [{type: other}, {type: along, params: {size: "${params.size}"}}]\n  inputs: {outputs: {}}\n'),
      definition('  inputs: {outputs: {}}\n', 'along'),
      definition('  inputs: {outputs: {}}\n', 'other'),
    ].join('---\n');
    const { diagnostics } = renderAll({ score: score(need), platform });
    expect(diagnostics.map((each) => each.place)).toEqual([
      expect.objectContaining({ path: ['spec', 'coProvision', 1, 'params', 'size'] }),
    ]);
  });

  it('names the members of a circle of locals and reports all else beside it', () => {
    const platform = definition(`  inputs:
    locals: {a: "\${locals.b}", b: "\${locals.c + 'x'}", c: "\${locals['a']}", after: "\${locals.a}", own: "\${locals.own}", text: "\${'locals.text'}"}
    outputs: {one: "\${locals.after}", two: "\${params.missing}", three: "\${locals.text}"}
`);
    const rendering = renderAll({ score: score(need), platform });
    const circles = rendering.diagnostics.filter((each) => each.code === 'T4114');
    expect(circles.map((each) => each.detail)).toEqual(['`a` → `b` → `c` → `a`.', '`own` refers to itself.']);
    expect(circles[0]?.related).toHaveLength(3);
    const others = rendering.diagnostics.filter((each) => each.code !== 'T4114');
    expect(others.map((each) => each.place?.path.join('.'))).toEqual(['spec.inputs.outputs.two']);
  });

  it('reports broken params, locals and inputs together, each once', () => {
    const platform = [
      definition(
        '  inputs: {locals: {bad: "${1/0}", from: "${locals.bad}"}, outputs: {a: "${locals.from}", b: "${params.x}", c: "${context.labels.nope}"}}\n',
      ),
      definition('  inputs: {outputs: {}}\n', 'other'),
    ].join('---\n');
    const rendering = renderAll({
      score: score('  first: {type: other}\n  main: {type: thing, params: {x: "${resources.first.y}"}}\n'),
      platform,
    });
    const places = rendering.diagnostics.map((each) => `${each.code} ${each.place?.path.join('.')}`);
    expect(places).toEqual(['T3203 resources.main.params.x', expect.stringMatching(/locals\.bad$/), expect.stringMatching(/outputs\.c$/)]);
  });

  it('holds params against the contract', () => {
    const platform = `${contract('params: {type: object, properties: {size: {type: integer}}, additionalProperties: false}')}---\n${definition('  inputs: {outputs: {}}\n')}`;
    const rendering = renderAll({ score: score('  main: {type: thing, params: {size: big, sise: 1}}\n'), platform });
    expect(rendering.diagnostics.map((each) => each.code)).toEqual(['T4113', 'T4113']);
    expect(rendering.diagnostics.map((each) => String(each.place?.path.join('.'))).toSorted()).toEqual(
      ['resources.main.params', 'resources.main.params.size'].map((each) => expect.stringContaining(each)),
    );
  });

  it('holds outputs against the contract, and lets no secret one be plain', () => {
    const outputs =
      'outputs: {type: object, required: [host, port], properties: {host: {type: string}, port: {type: integer}, password: {type: string, writeOnly: true}}}';
    const platform = `${contract(outputs)}---\n${definition('  inputs: {outputs: {host: 5, password: hunter2}}\n')}`;
    const rendering = renderAll({ score: score(need), platform });
    expect(rendering.diagnostics.map((each) => each.code).toSorted()).toEqual(['T4111', 'T4111', 'T4112']);
    expect(listProblems(rendering).join('\n')).not.toContain('hunter2');
  });

  it('lets secrets and unknowns pass a contract', () => {
    const outputs = 'outputs: {type: object, required: [password], properties: {password: {type: string, writeOnly: true}}}';
    const platform = `${contract(outputs)}---\n${definition('  inputs: {generate: {p: {kind: password}}, outputs: {password: "${generate.p}"}}\n')}`;
    expect(listProblems(renderAll({ score: score(need), platform }))).toEqual([]);
  });

  it('carries an unknown through to the inputs that read it, and to their digest', () => {
    const platform = [
      definition('  inputs: {outputs: {}}\n', 'other'),
      definition('  inputs: {outputs: {url: "http://${params.host}/", fixed: 1}}\n'),
    ].join('---\n');
    const text = score('  first: {type: other}\n  main: {type: thing, params: {host: "${resources.first.host}"}}\n');
    const uid = makeUid({ type: 'other', id: 'api.first' });
    const digests = ['host', 'address'].map((path) => {
      const outputs = { host: { $tutti: 'unknown', uid, path } } as const;
      const rendering = renderAll({ score: text, platform, outputs: (node) => (node.uid === uid ? outputs : undefined) });
      expect(inputsOf('thing', rendering)).toEqual([{ outputs: { url: '?', fixed: 1 } }]);
      const thing = rendering.resources.find((each) => each.identity.type === 'thing');
      return thing && digestInputs(thing);
    });
    expect(new Set(digests).size).toBe(2);
  });

  it('gives a shared resource one identity, whoever needs it and whatever they call it', () => {
    const platform = definition('  inputs: {outputs: {name: "${resource.name}", slug: "${resource.slug}", guid: "${resource.guid}"}}\n');
    const alone = renderAll({ score: score('  zulu: {type: thing, id: pool.orders}\n'), platform });
    const both = renderAll({
      score: [score('  zulu: {type: thing, id: pool.orders}\n'), score('  alpha: {type: thing, id: pool.orders}\n', 'aaa')],
      platform,
    });
    expect(inputsOf('thing', both)).toEqual(inputsOf('thing', alone));
    expect(both.resources[0]?.identity.name).toBe('orders');
  });

  it('gives every incarnation of an environment names of its own', () => {
    const platform = definition('  inputs: {outputs: {slug: "${resource.slug}", guid: "${resource.guid}"}}\n');
    const [first, second] = [1, 2].map(
      (incarnation) => renderAll({ score: score(need), platform, context: { incarnation } }).resources[0]?.identity,
    );
    expect(second?.slug).not.toBe(first?.slug);
    expect(second?.guid).not.toBe(first?.guid);
  });
});
