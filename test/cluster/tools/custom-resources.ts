import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { call, type ApiServer } from './call.ts';
import { isResourceList, type Manifest } from './dry-run.ts';

const readyMsMax = 30_000;

const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

interface Definition extends Manifest {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** Installs custom resources, and waits until the API server serves them. */
export async function installCustomResources(server: ApiServer, files: readonly string[]): Promise<void> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const definitions = texts.flatMap((text) => parseAllDocuments(text).map((document): unknown => document.toJS())).filter(isDefinition);
  for (const definition of definitions) {
    const path = `${definitionsPath}/${definition.metadata.name}?fieldManager=tutti-test&force=true`;
    const { status, body } = await call(server, 'PATCH', path, { body: definition, type: 'application/apply-patch+yaml' });
    if (status >= 300) throw new Error(`${definition.metadata.name} was not taken: ${status} ${JSON.stringify(body)}`);
  }
  for (const definition of definitions) await untilServed(server, definition);
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'CustomResourceDefinition';
}

/** The server serves a resource a moment after it took it. */
async function untilServed(server: ApiServer, { metadata, spec }: Definition): Promise<void> {
  const version = spec.versions.find(({ served }) => served)?.name;
  const deadline = Date.now() + readyMsMax;
  while (Date.now() < deadline) {
    const { status, body } = await call(server, 'GET', `/apis/${spec.group}/${version}`);
    if (status === 200 && isResourceList(body) && body.resources.some(({ name }) => name === spec.names.plural)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The API server does not serve ${metadata.name}.`);
}
