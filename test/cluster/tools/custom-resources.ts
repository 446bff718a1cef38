import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { call, type ApiServer } from './call.ts';
import { isResourceList, type Manifest } from './dry-run.ts';

const readyMsMax = 30_000;

const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Installs the custom resources of some folders, and waits until the API server serves them. */
export async function installCustomResources(server: ApiServer, folders: readonly string[]): Promise<void> {
  const definitions = (await Promise.all(folders.map(readDefinitions))).flat();
  for (const definition of definitions) {
    const path = `${definitionsPath}/${definition.metadata.name}?fieldManager=tutti-test&force=true`;
    const { status, body } = await call(server, 'PATCH', path, { body: definition, type: 'application/apply-patch+yaml' });
    if (status >= 300) throw new Error(`${definition.metadata.name} was not taken: ${status} ${JSON.stringify(body)}`);
  }
  for (const { metadata } of definitions) await untilServed(server, metadata.name);
}

async function readDefinitions(folder: string): Promise<readonly Manifest[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document): unknown => document.toJS())).filter(isDefinition);
}

function isDefinition(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'CustomResourceDefinition';
}

/** A name is `<plural>.<group>`; the server serves it a moment after it took it. */
async function untilServed(server: ApiServer, name: string): Promise<void> {
  const [plural = '', ...group] = name.split('.');
  const deadline = Date.now() + readyMsMax;
  while (Date.now() < deadline) {
    if ((await listServed(server, group.join('.'))).includes(plural)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The API server does not serve ${name}.`);
}

async function listServed(server: ApiServer, group: string): Promise<readonly string[]> {
  const found = await call(server, 'GET', `/apis/${group}`);
  if (!isGroup(found.body)) return [];
  const { body } = await call(server, 'GET', `/apis/${found.body.preferredVersion.groupVersion}`);
  return isResourceList(body) ? body.resources.map(({ name }) => name) : [];
}

interface Group {
  readonly preferredVersion: { readonly groupVersion: string };
}

function isGroup(body: unknown): body is Group {
  return typeof body === 'object' && body !== null && 'preferredVersion' in body;
}
