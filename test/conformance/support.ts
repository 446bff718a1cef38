import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/index.ts';
import {
  hasErrors,
  locate,
  parseYaml,
  readScore,
  type DeclaredWorkload,
  type Diagnostic,
  type Json,
  type JsonObject,
  type ReadScoreOptions,
  type ScoreSource,
} from '../../src/core/index.ts';
import { connect } from '../../src/main/connect.ts';

const head = 'apiVersion: score.dev/v1b1\nmetadata: {name: web}\n';

/** A Score file with these lines behind one container. */
export function atTop(...lines: readonly string[]): string {
  return `${head}containers: {main: {image: nginx:1}}\n${lines.join('\n')}\n`;
}

/** A Score file whose one container has these lines, too. */
export function inContainer(...lines: readonly string[]): string {
  return `${head}containers:\n  main:\n    image: nginx:1\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** A Score file with this `metadata` and one container. */
export function withMetadata(metadata: string): string {
  return `apiVersion: score.dev/v1b1\nmetadata: ${metadata}\ncontainers: {main: {image: nginx:1}}\n`;
}

/** A Score file with these containers. */
export function withContainers(containers: string, ...lines: readonly string[]): string {
  return `${head}containers: ${containers}\n${lines.join('\n')}\n`;
}

/** What reading a file says, each with its place. */
export function findProblems(text: string, source: Partial<ScoreSource> = {}): readonly Diagnostic[] {
  const whole = { ...source, file: 'score.yaml', text };
  return locate(readScore([whole]).diagnostics, [whole]);
}

/** All are read, and nothing is said about them. */
export function accepts(...texts: readonly string[]): void {
  for (const text of texts) expect(findProblems(text), text).toEqual([]);
}

/** All are refused for this reason alone, at a place in the file. */
export function refuses(code: string, ...texts: readonly string[]): void {
  for (const text of texts) {
    const errors = findProblems(text).filter((each) => each.severity === 'error');
    expect([...new Set(errors.map((each) => each.code))], text).toEqual([code]);
    for (const { source } of errors) expect(source?.file, text).toBe('score.yaml');
  }
}

/** All are read, with a warning. */
export function warns(code: string, ...texts: readonly string[]): void {
  for (const text of texts) {
    const problems = findProblems(text);
    expect(hasErrors(problems), text).toBe(false);
    expect(new Set(problems.map((each) => each.code)), text).toContain(code);
  }
}

/** The one workload of a file without errors. */
export function readOne(text: string, source: Partial<ScoreSource> = {}, options: ReadScoreOptions = {}): DeclaredWorkload {
  const { value = [], diagnostics } = readScore([{ ...source, file: 'score.yaml', text }], options);
  const [workload] = value;
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  expect.assert(workload);
  return workload;
}

/** The first container of a file without errors. */
export function readContainer(text: string, source: Partial<ScoreSource> = {}): DeclaredWorkload['containers'][string] {
  const [container] = Object.values(readOne(text, source).containers);
  expect.assert(container);
  return container;
}

export interface TuttiResult {
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Of errors and warnings. */
  readonly codes: readonly string[];
  readonly errors: readonly string[];
  /** What `--json` prints as `data`. */
  readonly data: Json;
  /** Rendered objects, where the command renders. */
  readonly objects: readonly Json[];
  readonly texts: readonly string[];
}

interface Printed {
  readonly diagnostics: readonly Diagnostic[];
  readonly data: Json;
}

/** Text of a file, or where a link leads. */
export type Files = Readonly<Record<string, string | { readonly link: string }>>;

/** Runs a command in a folder with these files. */
export function runTutti(files: Files, ...args: readonly string[]): Promise<TuttiResult> {
  return runTuttiIn({ files }, ...args);
}

interface World {
  readonly files: Files;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

async function runTuttiIn({ files, env: given = {} }: World, ...args: readonly string[]): Promise<TuttiResult> {
  const cwd = await mkdtemp(join(tmpdir(), 'tutti-conformance-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    const path = join(cwd, file);
    await mkdir(dirname(path), { recursive: true });
    await (typeof content === 'string' ? writeFile(path, content) : symlink(content.link, path));
  }
  let printed = '';
  const { signal } = new AbortController();
  const env = { ...given, TUTTI_DATA_DIR: join(cwd, '.tutti') };
  const exitCode = await runCli({
    argv: [...args, '--json'],
    cwd,
    env,
    stdout: { isTerminal: false, columns: 100, write: (text) => void (printed += text) },
    stderr: { isTerminal: false, columns: 100, write: () => undefined },
    readStdin: async () => new Uint8Array(),
    signal,
    version: '0.0.0',
    connect: (request) => connect(request, { cwd, env, version: '0.0.0', signal, note: () => undefined }),
    serve: async () => 70,
    start: async () => 70,
  });
  const { diagnostics, data }: Printed = JSON.parse(printed);
  const texts = items(at(data, 'objects')).map((each) => textAt(each, 'text'));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return { exitCode, data, diagnostics, errors, codes: diagnostics.map(({ code }) => code), objects: texts.map(parseOne), texts };
}

function parseOne(text: string): Json {
  return parseYaml('rendered.yaml', text).value?.[0]?.value ?? null;
}

/** A platform that meets each type with fixed outputs. */
export function platformOf(outputs: Readonly<Record<string, Json>>): string {
  return Object.entries(outputs)
    .map(([type, values]) =>
      JSON.stringify({
        apiVersion: 'tutti.dev/v1',
        kind: 'ResourceDefinition',
        metadata: { name: `fixed-${type}` },
        spec: { type, match: [{}], driver: 'template', inputs: { outputs: values } },
      }),
    )
    .join('\n---\n');
}

export interface RenderFacts {
  /** Further files beside `score.yaml`. */
  readonly files?: Files;
  /** Outputs by type. */
  readonly outputs?: Readonly<Record<string, Json>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Renders `score.yaml` as `tutti render` does. */
export function render(format: 'kubernetes' | 'compose', text: string, facts: RenderFacts = {}): Promise<TuttiResult> {
  const { files = {}, outputs, args = [], env } = facts;
  const platform = outputs && { 'platform/fixed.yaml': platformOf(outputs) };
  const options = ['--format', format, '--seed', 'test', ...(platform ? ['--platform', 'platform'] : []), ...args];
  return runTuttiIn({ files: { 'score.yaml': text, ...files, ...platform }, env }, 'render', 'score.yaml', ...options);
}

/** What stands at a path; nothing where it does not lead anywhere. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) current = stepInto(current, step);
  return current;
}

/** The text that stands at a path; empty where there is none. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (isList(value)) return typeof step === 'number' ? value.at(step) : undefined;
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The items of a list; none for other data. */
export function items(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** The members of a map; none for other data. */
export function mapOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

/** Rendered objects of a kind. */
export function ofKind({ objects, diagnostics }: TuttiResult, kind: string): readonly Json[] {
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return objects.filter((each) => at(each, 'kind') === kind);
}

/** The pod that the only workload of a rendering runs in. */
export function podOf(result: TuttiResult): Json | undefined {
  const [workload] = [...ofKind(result, 'Deployment'), ...ofKind(result, 'StatefulSet')];
  return at(workload, 'spec', 'template', 'spec');
}

/** The variables of the first container, by name, as the container sees them: of `$$` Kubernetes makes `$`. */
export function variablesOf(result: TuttiResult): Readonly<Record<string, Json | undefined>> {
  const entries = items(at(podOf(result), 'containers', 0, 'env')).map(
    (each) => [textAt(each, 'name'), unescape(at(each, 'value'))] as const,
  );
  return Object.fromEntries(entries);
}

function unescape(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.replaceAll('$$', () => '$') : value;
}

/** The project that a rendering for Compose prints. */
export function projectOf({ data, errors }: TuttiResult): Json {
  expect(errors).toEqual([]);
  return parseOne(textAt(data, 'files', 0, 'text'));
}
