import type { DeploymentContext } from '../../model/context.ts';
import type { ValueObject } from '../../model/value.ts';

/** Labels of every object that tutti renders. They hold nothing that changes from one deployment to the next. */
export function commonLabels(context: DeploymentContext): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'tutti',
    'app.kubernetes.io/instance': context.slug,
    'app.kubernetes.io/part-of': context.project,
  };
}

/** What the pods of a workload are selected by: derived from names alone, the same for ever. */
export function selectorLabels(context: DeploymentContext, workload: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/instance': context.slug, 'app.kubernetes.io/name': workload };
}

export function commonAnnotations(context: DeploymentContext, owner: string): ValueObject {
  return { 'tutti.dev/environment': `${context.project}/${context.environment}`, 'tutti.dev/owner': owner };
}
