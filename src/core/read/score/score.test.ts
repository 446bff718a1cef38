import { describe, expect, test } from 'vitest';
import type { DeclaredWorkload } from '../../model/workload.ts';
import { listFileSources, readScore, type ReadScoreOptions, type ScoreSource } from './score.ts';

const minimal = 'apiVersion: score.dev/v1b1\nmetadata: {name: shop}\ncontainers: {web: {image: nginx}}\n';

const full = `apiVersion: score.dev/v1b1
metadata:
  name: shop
  team: {name: blue, members: [1, 2]}
  annotations: {example.com/Key_1: value}
service:
  ports:
    web: {port: 80, targetPort: 8080}
    dns: {port: 53, protocol: UDP}
containers:
  migrate:
    image: shop-migrate
    before: {web: {ready: complete}}
  web:
    image: shop
    command: [run]
    args: ["--port", "8080"]
    variables: {PORT: "8080", "weird key.": "\${resources.db.host}"}
    volumes: {/data: {source: "\${resources.data}", path: sub, readOnly: true}}
    resources:
      limits: {memory: 1.5Gi, cpu: "0.5"}
      requests: {memory: 100K, cpu: 250m}
    livenessProbe: {exec: {command: ["true"]}}
    readinessProbe:
      httpGet: {port: 8080, path: /ready, scheme: HTTPS, host: localhost, httpHeaders: [{name: X-A, value: b}]}
      exec: {command: [check]}
resources:
  db: {type: postgres, class: large, id: main.db, params: {size: small, list: [1]}, metadata: {annotations: {a.b: c}, x: 1}}
  data: {type: volume}
  empty: {type: x1, params: {}}
`;

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

function read(text: string, attachments: ScoreSource['attachments'] = {}, options: ReadScoreOptions = {}): DeclaredWorkload {
  const { value, diagnostics } = readScore([{ file: 'score.yaml', text, attachments }], options);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  const workload = value?.[0];
  if (!workload) throw new Error('no workload was read');
  return workload;
}

function container(body: string): string {
  return `apiVersion: score.dev/v1b1\nmetadata: {name: shop}\ncontainers:\n  web:\n    image: nginx\n    ${body.replaceAll('\n', '\n    ')}\n`;
}

function codes(sources: readonly ScoreSource[], options?: ReadScoreOptions): readonly string[] {
  return readScore(sources, options).diagnostics.map((each) => each.code);
}

function placeOf(need: string) {
  return { file: 'score.yaml', document: 0, path: ['resources', need] };
}

function images(text: string, supplied: Record<string, string>): Record<string, string> {
  const { containers } = read(text, {}, { images: supplied });
  return Object.fromEntries(Object.entries(containers).map(([name, { image }]) => [name, image]));
}

describe('a workload', () => {
  test('of the least that a Score file can say has all defaults filled in', () => {
    expect(read(minimal)).toEqual({
      name: 'shop',
      metadata: { name: 'shop' },
      annotations: {},
      ports: {},
      containers: { web: { image: 'nginx', variables: {}, files: {}, volumes: {}, before: {}, limits: {}, requests: {} } },
      needs: {},
      origin: { file: 'score.yaml', document: 0 },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('keeps everything that a Score file can say', () => {
    const { containers, ports, needs, annotations, metadata } = read(full);
    expect(metadata).toEqual({ name: 'shop', team: { name: 'blue', members: [1, 2] }, annotations: { 'example.com/Key_1': 'value' } });
    expect(annotations).toEqual({ 'example.com/Key_1': 'value' });
    expect(ports).toEqual({
      web: { port: 80, targetPort: 8080, protocol: 'TCP' },
      dns: { port: 53, targetPort: 53, protocol: 'UDP' },
    });
    expect(containers['migrate']?.before).toEqual({ web: { ready: 'complete' } });
    expect(containers['web']).toEqual({
      image: 'shop',
      command: ['run'],
      args: ['--port', '8080'],
      variables: { PORT: '8080', 'weird key.': '${resources.db.host}' },
      files: {},
      volumes: { '/data': { source: '${resources.data}', path: 'sub', isReadOnly: true } },
      before: {},
      limits: { memory: '1.5Gi', cpu: '0.5' },
      requests: { memory: '100K', cpu: '250m' },
      livenessProbe: { exec: { command: ['true'] } },
      readinessProbe: {
        httpGet: { port: 8080, path: '/ready', scheme: 'HTTPS', host: 'localhost', httpHeaders: [{ name: 'X-A', value: 'b' }] },
        exec: { command: ['check'] },
      },
    });
    expect(needs).toEqual({
      db: {
        name: 'db',
        type: 'postgres',
        class: 'large',
        id: 'main.db',
        params: { size: 'small', list: [1] },
        metadata: { annotations: { 'a.b': 'c' }, x: 1 },
        place: placeOf('db'),
      },
      data: { name: 'data', type: 'volume', class: 'default', metadata: {}, place: placeOf('data') },
      empty: { name: 'empty', type: 'x1', class: 'default', params: {}, metadata: {}, place: placeOf('empty') },
    });
  });
});

describe('the identity of a workload', () => {
  test('has a digest of what it says, not of where or in which order it says it', () => {
    const other = readScore([{ file: 'b.yaml', text: `---\n---\n---\n${minimal}` }]).value?.[0];
    const reordered = 'containers: {web: {image: nginx}}\nmetadata: {name: shop}\napiVersion: score.dev/v1b1\n';
    expect(other?.origin).toEqual({ file: 'b.yaml', document: 2 });
    expect(other?.digest).toBe(read(minimal).digest);
    expect(read(reordered).digest).toBe(read(minimal).digest);
    expect(read(minimal.replace('nginx', 'nginx:2')).digest).not.toBe(read(minimal).digest);
  });

  test('may use names that programs trip over', () => {
    const { containers } = read(container('variables: {constructor: a, toString: b}'));
    expect(Object.entries(containers['web']?.variables ?? {})).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
  });
});

describe('files', () => {
  test('are text where they are valid UTF-8, else bytes, and carry mode and expansion', () => {
    const text = container(`files:
  /a: {content: "x\\n", mode: "0600"}
  /b: {source: b.txt, noExpand: true}
  /c: {source: ./dir//c.bin}
  /d: {binaryContent: "aGk="}`);
    const attachments = { 'b.txt': { base64: base64('\xc3\xa9') }, 'dir/c.bin': { base64: base64('\xff') } };
    expect(read(text, attachments).containers['web']?.files).toEqual({
      '/a': { kind: 'text', text: 'x\n', isExpanded: true, mode: '0600' },
      '/b': { kind: 'text', text: 'é', isExpanded: false },
      '/c': { kind: 'bytes', base64: '/w==' },
      '/d': { kind: 'bytes', base64: 'aGk=' },
    });
  });

  test('in lists are upgraded, lines joined, with warnings', () => {
    const text = container(`files:
  - {target: /a, content: [one, two]}
  - {target: /b, content: x}
volumes:
  - {target: /data, source: v, read_only: true}`);
    const { containers } = read(text);
    expect(containers['web']?.files['/a']).toEqual({ kind: 'text', text: 'one\ntwo', isExpanded: true });
    expect(containers['web']?.volumes).toEqual({ '/data': { source: 'v', isReadOnly: true } });
    expect(codes([{ file: 'a', text }])).toEqual(['T1401', 'T1402', 'T1401', 'T1402']);
  });

  test('give the same workload, whichever form they are written in', () => {
    const list = container('files: [{target: /a, content: x}]');
    const map = container('files: {/a: {content: x}}');
    expect(read(list).digest).toBe(read(map).digest);
  });

  test.each(['/etc/passwd', '../up', 'a/../../up', 'a\\\\b', 'C:x', '.', './', 'a\\0b'])(
    'from outside the folder are refused: %s',
    (source) => {
      const text = container(`files: {/a: {source: "${source}"}}`);
      expect(codes([{ file: 'score.yaml', text }])).toEqual(['T1221']);
      expect(listFileSources({ file: 'score.yaml', text })).toEqual([]);
    },
  );

  test('that a shell shall load are listed once, sorted, from every document and form', () => {
    const one = container('files: {/a: {source: ./b/c}, /b: {source: a}}');
    const two = container('files: [{target: /a, source: a}, {target: /b, source: x}]').replace('shop', 'other');
    expect(listFileSources({ file: 'score.yaml', text: `${one}---\n${two}` })).toEqual(['a', 'b/c', 'x']);
    expect(listFileSources({ file: 'score.yaml', text: 'files: source: [' })).toEqual([]);
    expect(listFileSources({ file: 'score.yaml', text: container('"fi\\x6ces": {/a: {"s\\x6furce": a}}') })).toEqual(['a']);
  });
});

describe('images', () => {
  const open = 'apiVersion: score.dev/v1b1\nmetadata: {name: shop}\ncontainers: {web: {image: .}, log: {image: logger}}\n';

  test('of a workload go to the containers that leave theirs open', () => {
    expect(images(open, { shop: 'shop:1' })).toEqual({ web: 'shop:1', log: 'logger' });
  });

  test('of a container replace whatever it says, and win over that of the workload', () => {
    expect(images(open, { 'shop/web': 'b:1', shop: 'a:1', 'shop/log': 'c:1' })).toEqual({ web: 'b:1', log: 'c:1' });
  });

  test('of a workload go to its only container, even if that names one', () => {
    expect(images(minimal, { shop: 'shop:1' })).toEqual({ web: 'shop:1' });
  });

  test.each([
    [open, {}, ['T1202']],
    [open, { shpo: 'a' }, ['T1203', 'T1202']],
    [open, { 'shop/wbe': 'a' }, ['T1203', 'T1202']],
    [open.replace('image: .', 'image: x'), { shop: 'a' }, ['T1204']],
    [minimal, { shop: '.' }, ['T1205']],
    [minimal, { shop: 'a b' }, ['T1205']],
    [minimal, { shop: '' }, ['T1205']],
    [minimal, { __proto__x: 'a', constructor: 'b' }, ['T1203', 'T1203']],
  ])('%# that fit nothing are errors', (text, supplied, expected) => {
    expect(codes([{ file: 'score.yaml', text }], { images: supplied })).toEqual(expected);
  });

  test('for a workload whose document has errors are no further error', () => {
    expect(codes([{ file: 'score.yaml', text: minimal.replace('image: nginx', 'imag: nginx') }], { images: { shop: 'a' } })).toEqual([
      'T1104',
      'T1103',
    ]);
  });
});

describe('several documents', () => {
  test('are read from all files, in order', () => {
    const sources = [
      { file: 'b.yaml', text: `${minimal}---\n${minimal.replace('shop', 'api')}` },
      { file: 'a.yaml', text: minimal.replace('shop', 'worker') },
    ];
    expect(readScore(sources).value?.map(({ name }) => name)).toEqual(['shop', 'api', 'worker']);
  });

  test('of one name are an error with both places, also when one of them has other errors', () => {
    const sources = [
      { file: 'a.yaml', text: minimal },
      { file: 'b.yaml', text: minimal.replace('image', 'imag') },
    ];
    const duplicate = readScore(sources).diagnostics.find((each) => each.code === 'T1201');
    expect(duplicate?.place?.file).toBe('b.yaml');
    expect(duplicate?.related[0]?.place?.file).toBe('a.yaml');
  });

  test.each([
    ['', 'T1101'],
    ['# only a comment', 'T1101'],
    ['just text', 'T1101'],
    ['[]', 'T1101'],
    ['apiVersion: tutti.dev/v1\nkind: Target', 'T1101'],
    ['apiVersion: apps/v1\nkind: Deployment', 'T1101'],
  ])('%j is no Score document', (text, code) => {
    expect(codes([{ file: 'score.yaml', text }])).toEqual([code]);
  });
});

test('problems of different kinds are all reported at once', () => {
  const text = container(`variables: {PORT: 8080}
files: {/a: {source: ../x}, /b: {source: missing}, /c: {binaryContent: "!"}}
before: {web: {ready: started}, other: {ready: started}}`);
  expect(codes([{ file: 'score.yaml', text }]).toSorted()).toEqual(['T1105', 'T1211', 'T1212', 'T1221', 'T1222', 'T1223']);
});

test('an order of thousands of containers is checked in linear time', () => {
  const chain = Array.from({ length: 5000 }, (_, index) => `  c${index}x: {image: i, before: {c${index + 1}x: {ready: started}}}`).join(
    '\n',
  );
  const text = `apiVersion: score.dev/v1b1\nmetadata: {name: shop}\ncontainers:\n${chain}\n  c5000x: {image: i}\n`;
  expect(codes([{ file: 'score.yaml', text }])).toEqual([]);
});
