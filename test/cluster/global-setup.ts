import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build, fetchFiles } from './tools/build.ts';
import type { ApiServer } from './tools/call.ts';
import { startCluster } from './tools/cluster.ts';
import { findGiven, openGiven } from './tools/given-cluster.ts';
import { installCustomResources } from './tools/custom-resources.ts';
import { customResources, dockerCompose } from './tools/go-programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly apiServer: ApiServer;
    /** A kubeconfig for the same. */
    readonly kubeconfig: string;
    /** A line for each request of the tests' own user; not there with a cluster of somebody else. */
    readonly auditLog: string;
    /** Where the containerd of the node listens; not there where there is no node. */
    readonly containerd: string;
    readonly dockerCompose: string;
    /** The command line, from its sources. */
    readonly tutti: string;
  }
}

const root = join(import.meta.dirname, '..', '..');

let stop: (() => Promise<void>) | undefined;

/** Starts what the suite needs, once for all its files. */
export async function setup(project: TestProject): Promise<void> {
  const log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const compose = await build(dockerCompose, log);
  const definitions: string[] = [];
  for (const files of customResources) definitions.push(...(await fetchFiles(files)));
  const given = findGiven();
  const server = given === undefined ? await startCluster(log) : await openGiven(given);
  stop = server.stop;
  try {
    await installCustomResources(server, definitions);
  } catch (error) {
    await teardown();
    throw error;
  }
  const { url, token, client, certificate } = server;
  project.provide('apiServer', { url, certificate, ...(token !== undefined && { token }), ...(client && { client }) });
  project.provide('kubeconfig', server.kubeconfig);
  if (server.auditLog !== undefined) project.provide('auditLog', server.auditLog);
  if ('containerd' in server && server.containerd !== undefined) project.provide('containerd', server.containerd);
  project.provide('dockerCompose', compose);
  project.provide('tutti', join(root, 'src', 'main', 'tutti.ts'));
}

export async function teardown(): Promise<void> {
  await stop?.();
}
