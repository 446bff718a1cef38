import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer, type RunningApiServer } from './api-server.ts';
import { startControllers, startFakeNodes } from './controllers.ts';
import { endLeftovers, folderPrefix } from './leftovers.ts';
import { lock } from './lock.ts';
import { endPods } from './node-end.ts';
import { socketOf, startNode } from './node.ts';
import { createProcesses } from './processes.ts';

/** A whole cluster on the loopback. */
export interface RunningCluster extends RunningApiServer {
  /** Why there is no node that runs pods, where there is none. */
  readonly withoutNode?: string;
  /** Where the containerd of that node listens. */
  readonly containerd?: string;
  stop(): Promise<void>;
}

/** There is one network for pods on a machine: of two runs at once the second waits. */
const lockMsMax = 30 * 60_000;

/** Starts a cluster: an API server, controllers, nodes that run nothing and, where this machine can, one that runs pods. */
export async function startCluster(log: (line: string) => void): Promise<RunningCluster> {
  const release = await lock(join(tmpdir(), 'tutti-cluster.lock'), lockMsMax);
  await endLeftovers();
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
  const processes = createProcesses(folder);
  const stop = async (): Promise<void> => {
    await processes.stop();
    await endPods(folder);
    await rm(folder, { recursive: true, force: true });
    await release();
  };
  try {
    const server = await startApiServer(processes, log);
    await startControllers(processes, server, log);
    await startFakeNodes(processes, server, log);
    const withoutNode = await startNode(processes, server, log);
    return { ...server, stop, ...(withoutNode === undefined ? { containerd: socketOf(folder) } : { withoutNode }) };
  } catch (error) {
    await stop();
    throw error;
  }
}
