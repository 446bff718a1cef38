import type { Plan } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { EnvironmentState } from '../../model/state.ts';

/**
 * Lists objects that nothing renders any more and that stay nevertheless: those of retained resources, and claims.
 * Rule: a target that writes everything at once gets them besides what is rendered, else they would fall out of it.
 * Shape: as they were deployed, in plan order.
 */
export function listKeptObjects(plan: Plan, state: EnvironmentState, desired: readonly RenderedObject[]): readonly RenderedObject[] {
  const rendered = new Set(desired.map(({ key }) => key));
  return plan.changes.flatMap(({ subject, action }) => {
    if (subject.kind !== 'object' || action === 'delete' || rendered.has(subject.key)) return [];
    const last = Object.hasOwn(state.objects, subject.key) ? state.objects[subject.key] : undefined;
    return last ? [{ key: last.key, node: last.node, body: last.body, hash: last.hash }] : [];
  });
}
