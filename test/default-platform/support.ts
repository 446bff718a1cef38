import { createHmac } from 'node:crypto';
import {
  builtinPlatform,
  hasErrors,
  mergePlatforms,
  readPlatform,
  readScore,
  type Diagnostic,
  type Format,
  type RenderedObject,
  type RevealSecret,
  type ScoreSource,
} from '../../src/core/index.ts';
import { renderFiles } from '../../src/engine/index.ts';
import { drivers, loadPatcher, targets } from '../../src/main/parts.ts';

export const formats: readonly Format[] = ['kubernetes', 'compose'];

export interface Rendering {
  readonly objects: readonly RenderedObject[];
  /** `T5005 detail`, one each. */
  readonly problems: readonly string[];
  readonly reveal: RevealSecret;
}

function derive(parts: readonly string[]): string {
  return createHmac('sha256', 'default platform').update(JSON.stringify(parts)).digest('hex');
}

interface Besides {
  /** Of the environment. */
  readonly values?: Readonly<Record<string, string>>;
  /** Platform documents that stand before the default ones. */
  readonly documents?: string;
}

/** Renders Score files with the platform that comes with tutti. */
export async function renderWithDefaults(
  format: Format,
  sources: readonly ScoreSource[],
  { values = {}, documents = '' }: Besides = {},
): Promise<Rendering> {
  const read = readScore(sources);
  const configured = readPlatform([{ file: 'platform.yaml', text: documents }]);
  const rendered = await renderFiles(
    { drivers, targets, patcher: loadPatcher },
    {
      project: 'shop',
      environment: 'test',
      environmentType: 'development',
      format,
      platform: configured.value ? mergePlatforms(configured.value, builtinPlatform()) : builtinPlatform(),
      workloads: (read.value ?? []).map((declared) => ({ declared })),
      values,
      seeds: { newSeed: derive, hash: (text) => derive(['hash', text]) },
      now: '2026-01-02T03:04:05.000Z',
      signal: new AbortController().signal,
    },
  );
  const diagnostics: readonly Diagnostic[] = [
    ...read.diagnostics,
    ...configured.diagnostics,
    ...(hasErrors(read.diagnostics) ? [] : rendered.diagnostics),
  ];
  return {
    objects: rendered.value?.objects ?? [],
    problems: diagnostics.map(({ code, detail }) => `${code} ${detail}`),
    reveal: rendered.value?.reveal ?? (() => Promise.reject(new Error('nothing was rendered'))),
  };
}

export interface Need {
  readonly type: string;
  readonly id?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Outputs that the workload reads. */
  readonly reads?: readonly string[];
}

/** A Score file of one workload with two ports, that reads what is said of each need. JSON is YAML. */
export function writeScore(needs: Readonly<Record<string, Need>>, name = 'web'): ScoreSource {
  const entries = Object.entries(needs);
  const variables = entries.flatMap(([need, { reads = [] }]) =>
    reads.map((output): [string, string] => [`${need}_${output}`.toUpperCase().replaceAll('-', '_'), `\${resources.${need}.${output}}`]),
  );
  const volumes = entries.flatMap(([need, { type }]) => (type === 'volume' ? [[`/${need}`, { source: `\${resources.${need}}` }]] : []));
  const text = {
    apiVersion: 'score.dev/v1b1',
    metadata: { name },
    service: { ports: { http: { port: 80, targetPort: 8080 }, admin: { port: 9001 } } },
    containers: { main: { image: 'app:1', variables: Object.fromEntries(variables), volumes: Object.fromEntries(volumes) } },
    resources: Object.fromEntries(entries.map(([need, { reads: _, ...rest }]) => [need, rest])),
  };
  return { file: `${name}.yaml`, text: JSON.stringify(text) };
}

/** Every type that public Score files use, with the outputs that they read. */
export const everyType: Readonly<Record<string, readonly string[]>> = {
  dns: ['host'],
  volume: [],
  postgres: ['host', 'port', 'name', 'database', 'username', 'password'],
  'postgres-instance': ['host', 'port', 'username', 'password'],
  mysql: ['host', 'port', 'name', 'database', 'username', 'password'],
  mssql: ['server', 'port', 'connection', 'database', 'username', 'password'],
  mongodb: ['host', 'port', 'username', 'password', 'connection'],
  redis: ['host', 'port', 'username', 'password'],
  amqp: ['host', 'port', 'vhost', 'username', 'password'],
  'kafka-topic': ['host', 'port', 'name', 'num_partitions'],
  s3: ['bucket', 'access_key_id', 'secret_key', 'endpoint', 'region', 'aws_access_key_id', 'aws_secret_key'],
  elasticsearch: ['host', 'port', 'username', 'password'],
  'horizontal-pod-autoscaler': [],
  route: [],
};

/** What a need of a type cannot do without. */
export const neededParams: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  route: { host: 'shop.localhost', port: 80 },
};

export function needOf(type: string): Need {
  const params = neededParams[type];
  return { type, reads: everyType[type] ?? [], ...(params && { params }) };
}

/** What Compose cannot do is said; nothing else is to be said of a need. */
export function withoutNotices(problems: readonly string[]): readonly string[] {
  return problems.filter((problem) => !problem.startsWith('T5005'));
}
