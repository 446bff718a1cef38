import { diagnose, findPending, type Diagnostic } from '../../core/index.ts';
import type { Rendered } from './prepared.ts';

/**
 * Says which outputs would never be known: those that only the target knows, of a target that cannot be looked at.
 * Reports: T5304 for each resource.
 */
export function checkPending({ nodes, bound, graph }: Rendered): readonly Diagnostic[] {
  return [...nodes].flatMap(([uid, { resource }]) => {
    if (!resource || resource.isCompletedLater) return [];
    const open = Object.entries(resource.result.outputs).flatMap(([name, value]) => (findPending(value)?.uid === uid ? [name] : []));
    if (open.length === 0) return [];
    const node = graph.nodes[uid];
    const definition = node?.kind === 'resource' ? node.match.name : '';
    const names = open.map((name) => `"${name}"`).join(', ');
    const detail = `${uid}, met by ${definition}: ${names} cannot be read on the target "${bound.document.name}" of the type ${bound.target.type}.`;
    return [diagnose('T5304', { detail })];
  });
}
