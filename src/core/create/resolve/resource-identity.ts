import type { DeploymentContext } from '../../model/context.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { ResourceIdentity } from '../../ports/driver.ts';
import { makeGuid, makeSlug } from '../slug.ts';

/**
 * What expressions see as `resource`: the same for as long as the environment lives.
 * Rule: the name is the last segment of the id, which for a private resource is the need's name; that of a shared one
 * does not change with who else needs it. A guid that was taken over stands.
 */
export function identifyResource(node: ResourceNode, context: DeploymentContext, guid?: string): ResourceIdentity {
  const identity = [context.project, context.environment, node.type, node.class, node.id];
  return {
    uid: node.uid,
    type: node.type,
    class: node.class,
    id: node.id,
    guid: guid ?? makeGuid([...identity, String(context.incarnation)]),
    name: node.id.slice(node.id.lastIndexOf('.') + 1),
    slug: makeSlug(node.id, identity, context.incarnation),
    metadata: node.metadata,
  };
}
