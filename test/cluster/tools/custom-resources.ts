import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { call, type ApiServer } from './call.ts';
import type { Manifest } from './dry-run.ts';

const readyMsMax = 30_000;

/** Installs the custom resources of a folder, and waits until the API server serves them. */
export async function installCustomResources(server: ApiServer, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const definitions = texts.flatMap((text) => parseAllDocuments(text).map((document): unknown => document.toJS())).filter(isDefinition);
  for (const definition of definitions) {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition.metadata.name}?fieldManager=tutti-test&force=true`;
    const { status, body } = await call(server, 'PATCH', path, { body: definition, type: 'application/apply-patch+yaml' });
    if (status >= 300) throw new Error(`${definition.metadata.name} was not taken: ${status} ${JSON.stringify(body)}`);
  }
  await untilServed(server);
}

function isDefinition(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'CustomResourceDefinition';
}

async function untilServed(server: ApiServer): Promise<void> {
  const deadline = Date.now() + readyMsMax;
  while (Date.now() < deadline) {
    const { status, body } = await call(server, 'GET', '/apis/gateway.networking.k8s.io/v1');
    if (status === 200 && JSON.stringify(body).includes('HTTPRoute')) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The API server does not serve HTTPRoute.');
}
