import { createHmac } from 'node:crypto';
import {
  builtinPlatform,
  locate,
  mergePlatforms,
  readPlatform,
  readScore,
  renderDiagnostic,
  type Diagnostic,
  type Format,
  type PlatformFile,
  type ResourceDefinition,
} from '../../src/core/index.ts';
import { renderFiles } from '../../src/engine/index.ts';
import type { ProgramPolicy } from '../../src/drivers/score/index.ts';
import { loadPatcher, makeDrivers, targets } from '../../src/main/parts.ts';

/** What some types are asked with. */
const params: Readonly<Record<string, string>> = {
  route: '{host: example.com, path: /, port: "80"}',
  'service-port': '{workload: web, port: http}',
};

/** A workload that needs one resource of each type that provisioners are for. */
export function scoreFor(definitions: readonly ResourceDefinition[]): string {
  const types = [...new Set(definitions.map(({ type }) => type))].filter((type) => type !== 'example-provisioner-resource');
  const needs = types.map((type) => `  ${type}: {type: ${type}${params[type] ? `, params: ${params[type]}` : ''}}`);
  return `apiVersion: score.dev/v1b1
metadata: {name: web}
service: {ports: {http: {port: 80, targetPort: 8080}}}
containers: {main: {image: example/web:1}}
resources:
${needs.join('\n')}
`;
}

export interface RenderCase {
  readonly score: string;
  readonly platform: readonly PlatformFile[];
  readonly format?: Format;
  readonly values?: Readonly<Record<string, string>>;
  readonly programs?: ProgramPolicy;
}

const refused: ProgramPolicy = { kind: 'refused', cure: 'Not in this test.' };

/** Renders a Score file through provisioner files, the built-in platform behind them. */
export async function renderCase({ score, platform, format = 'kubernetes', values = {}, programs = refused }: RenderCase) {
  const read = readPlatform(platform);
  const workloads = readScore([{ file: 'web.score.yaml', text: score }]);
  if (!read.value || !workloads.value) return { diagnostics: [...read.diagnostics, ...workloads.diagnostics], rendered: undefined };
  const { value, diagnostics } = await renderFiles(
    { drivers: makeDrivers(programs), targets, patcher: loadPatcher },
    {
      project: 'shop',
      environment: 'staging',
      environmentType: 'development',
      format,
      platform: mergePlatforms(read.value, builtinPlatform()),
      workloads: workloads.value.map((declared) => ({ declared })),
      values,
      seeds: { newSeed: (identity) => derive(identity), hash: (text) => derive(['hash', text]) },
      now: '2026-01-02T03:04:05.000Z',
      signal: new AbortController().signal,
    },
  );
  return { diagnostics: [...read.diagnostics, ...workloads.diagnostics, ...diagnostics], rendered: value };
}

function derive(parts: readonly string[]): string {
  return createHmac('sha256', 'provisioners').update(JSON.stringify(parts)).digest('hex');
}

/** Diagnostics as people see them. */
export function show(diagnostics: readonly Diagnostic[], texts: readonly PlatformFile[]): string {
  return locate(diagnostics, texts)
    .map((each) => renderDiagnostic(each, texts.find(({ file }) => file === each.source?.file)?.text).trimEnd())
    .join('\n\n');
}
