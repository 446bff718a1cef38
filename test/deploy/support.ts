import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ApiAnswer, Client, OperationOutput } from '../../src/client/index.ts';
import { openLocal, type LocalConnection } from '../../src/main/connect.ts';
import { createTestDatabase } from '../support/test-database.ts';

export const ref = { project: 'shop', environment: 'staging' };

export interface TestInstallation {
  readonly client: Client;
  readonly local: LocalConnection;
  /** Where relative paths of targets start. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly notes: string[];
}

/** A whole tutti in this process: a database of its own, a folder of its own, everything real. */
export async function openTestInstallation(existing?: Pick<TestInstallation, 'folder' | 'databaseUrl'>): Promise<TestInstallation> {
  const folder = existing?.folder ?? (await mkdtemp(join(tmpdir(), 'tutti-deploy-')));
  const databaseUrl = existing?.databaseUrl ?? (await createTestDatabase());
  const dataDir = join(folder, '.tutti');
  await mkdir(dataDir, { recursive: true });
  const notes: string[] = [];
  const local = openLocal(
    dataDir,
    {
      cwd: folder,
      env: { DATABASE_URL: databaseUrl },
      version: 'test',
      signal: new AbortController().signal,
      note: (line) => notes.push(line),
    },
    'on',
  );
  onTestFinished(async () => {
    await local.close();
    if (!existing) await rm(folder, { recursive: true, force: true });
  });
  return { client: local.client, local, folder, databaseUrl, notes };
}

/** The answer of an operation that has to succeed. */
export function need<T>(answer: ApiAnswer<T>): T {
  expect(answer).toMatchObject({ ok: true });
  if (!answer.ok) throw new Error(JSON.stringify(answer.diagnostics));
  return answer.data;
}

export function codesOf(answer: ApiAnswer<unknown>): readonly string[] {
  return answer.diagnostics.map((diagnostic) => diagnostic.code);
}

/** A folder for each environment. */
export const targetDocument = `
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: folder}
spec:
  type: directory
  match: [{}]
  inputs: {path: "out/\${context.environment}"}
`;

/** A project with one environment, on the built-in platform and a folder as its target. */
export async function prepareEnvironment(
  client: Client,
  platform: string = targetDocument,
  further: readonly { readonly file: string; readonly text: string }[] = [],
): Promise<void> {
  need(await client.call('releases.create', { body: { files: [{ file: 'platform.yaml', text: platform }, ...further] } }));
  need(await client.call('projects.create', { body: { name: ref.project } }));
  need(await client.call('environments.create', { project: ref.project, body: { environment: ref.environment, type: 'staging' } }));
}

export interface ScoreParts {
  readonly name: string;
  readonly image?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** A Score file; JSON is YAML. */
export function score({ name, image = 'example/app:1', variables = {}, resources = {} }: ScoreParts) {
  const text = JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name },
    service: { ports: { http: { port: 80 } } },
    containers: { main: { image, variables } },
    resources,
  });
  return { file: `${name}.yaml`, text };
}

/** Deploys and follows to the end. */
export async function deploy(
  client: Client,
  change: {
    readonly sources?: readonly { readonly file: string; readonly text: string }[];
    readonly remove?: readonly string[];
    readonly only?: boolean;
    readonly images?: Readonly<Record<string, string>>;
    readonly deleteResources?: readonly string[];
    readonly confirm?: string;
  },
): Promise<OperationOutput<'deployments.show'>> {
  const { confirm, ...rest } = change;
  const body = { change: { kind: 'deploy' as const, ...rest }, ...(confirm !== undefined && { confirm }) };
  const accepted = need(await client.call('deployments.create', { ...ref, body }));
  return follow(client, accepted.number);
}

export async function follow(client: Client, number: number): Promise<OperationOutput<'deployments.show'>> {
  for await (const item of client.stream('deployments.events', { ...ref, number })) if (!item.ok) throw new Error(JSON.stringify(item));
  return need(await client.call('deployments.show', { ...ref, number }));
}

/** File name → text, of all files below a folder. */
export async function readFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const entries = await Promise.all(files.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const));
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
