import type { DeploymentContext } from '../../model/context.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import { makeUid } from '../../model/uid.ts';
import { commonAnnotations, commonLabels } from './labels.ts';
import { makeObject } from './make-object.ts';

/** The node that the namespace object belongs to: no node of any graph. */
export const namespaceNode = makeUid({ type: '@namespace', id: 'own' });

/** The namespace that an environment owns, itself an object of its inventory. */
export function renderNamespace(context: DeploymentContext, namespace: string): RenderedObject {
  return makeObject(namespaceNode, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { ...commonLabels(context), 'app.kubernetes.io/name': namespace },
      annotations: commonAnnotations(context, namespaceNode),
    },
  });
}
