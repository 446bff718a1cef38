import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startApiServer } from './tools/api-server.ts';
import { build, download } from './tools/build.ts';
import { installCustomResources } from './tools/custom-resources.ts';
import { dockerCompose, gatewayApi } from './tools/go-programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly apiServer: { readonly url: string; readonly token: string; readonly certificate: string };
    readonly dockerCompose: string;
    /** The command line, built. */
    readonly tutti: string;
  }
}

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

let stop: (() => Promise<void>) | undefined;

/** Starts what the suite needs, once for all its files. */
export async function setup(project: TestProject): Promise<void> {
  const log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const compose = await build(dockerCompose, log);
  const server = await startApiServer(log);
  stop = server.stop;
  try {
    const { Dir } = await download(gatewayApi.module, gatewayApi.version);
    await installCustomResources(server, join(Dir, 'config', 'crd', 'standard'));
    await execute('npm', ['run', 'build'], { cwd: root });
  } catch (error) {
    await teardown();
    throw error;
  }
  const { url, token, certificate } = server;
  project.provide('apiServer', { url, token, certificate });
  project.provide('dockerCompose', compose);
  project.provide('tutti', join(root, 'bin', 'tutti.js'));
}

export async function teardown(): Promise<void> {
  await stop?.();
}
