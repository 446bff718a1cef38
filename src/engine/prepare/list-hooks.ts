import {
  describeObject,
  diagnose,
  hookTimeOf,
  isEffective,
  type Diagnostic,
  type HookTime,
  type Plan,
  type RenderedObject,
  type Uid,
} from '../../core/index.ts';
import { nodeOf } from '../node-of.ts';
import type { Rendered } from './prepared.ts';

/**
 * Hooks of a time that a plan makes run, in graph order; those of no node last.
 * Rule: a hook runs when the plan changes anything of its node; one of a resource also for the workloads that need it; one of no node for
 * any change.
 */
export function listHooks(
  { hooks, graph, nodes }: Pick<Rendered, 'hooks' | 'graph' | 'nodes'>,
  plan: Plan,
  time: HookTime,
): readonly RenderedObject[] {
  if (hooks.length === 0) return [];
  const changed = new Set(plan.changes.filter(isEffective).map(({ subject }) => nodeOf(subject)));
  const isConcerned = (uid: Uid): boolean =>
    changed.has(uid) || graph.order.some((each) => changed.has(each) && graph.nodes[each]?.dependsOn.includes(uid) === true);
  const isDue = ({ node }: RenderedObject): boolean => (nodes.has(node) ? isConcerned(node) : changed.size > 0);
  const due = hooks.filter((hook) => hookTimeOf(hook) === time && isDue(hook));
  const places = new Map(graph.order.map((uid, index) => [uid, index]));
  const placeOf = ({ node }: RenderedObject): number => places.get(node) ?? graph.order.length;
  return due.toSorted((left, right) => placeOf(left) - placeOf(right));
}

/** Says which hooks a plan makes run. */
export function announceHooks(rendered: Rendered, plan: Plan): readonly Diagnostic[] {
  const announce = (time: HookTime, says: (name: string) => string): readonly Diagnostic[] =>
    listHooks(rendered, plan, time).map(({ key, node }) =>
      diagnose('T5107', { detail: `${describeObject(key)} ${says(nameNode(rendered, node))}.` }),
    );
  return [
    ...announce('before', (name) => `runs before ${name} is deployed`),
    ...announce('after', (name) => `runs when all is deployed and ready, for ${name}`),
  ];
}

function nameNode({ graph }: Rendered, uid: Uid): string {
  const node = graph.nodes[uid];
  if (!node) return 'the environment';
  return node.kind === 'workload' ? `the workload "${node.workload}"` : uid;
}
