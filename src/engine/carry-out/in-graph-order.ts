import type { Uid } from '../../core/index.ts';

export interface Ordered {
  readonly uid: Uid;
  readonly dependsOn: readonly Uid[];
}

/**
 * Carries nodes out, each after all that it depends on, several at once.
 * Rule: those that are ready begin in the given order; what is not among the nodes is waited for by nobody. The first rejection ends it all,
 * after what is on its way has ended.
 */
export async function inGraphOrder<N extends Ordered>(
  nodes: readonly N[],
  limit: number,
  carryOut: (node: N) => Promise<void>,
): Promise<void> {
  const waiting = new Map(nodes.map((node) => [node.uid, node]));
  const running = new Map<Uid, Promise<void>>();
  const failures: unknown[] = [];
  const isReady = ({ dependsOn }: N): boolean => dependsOn.every((uid) => !waiting.has(uid) && !running.has(uid));
  while (failures.length === 0 && (waiting.size > 0 || running.size > 0)) {
    for (const node of [...waiting.values()].filter(isReady).slice(0, Math.max(0, limit - running.size))) {
      waiting.delete(node.uid);
      const run = carryOut(node)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => running.delete(node.uid));
      running.set(node.uid, run);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  await Promise.all(running.values());
  if (failures.length > 0) throw failures[0];
}
