import { externaliseSecrets, matchSecretStore, type JsonObject, type Platform, type RenderedObject } from '../../core/index.ts';
import type { Rendered, SecretDelivery } from './prepared.ts';

/**
 * Replaces Secrets by references where the target must not hold any (domain.md §8).
 * Rule: only with a SecretStore that matches; without one the target's own check refuses what holds a secret.
 */
export function keepSecretsOut(rendered: Rendered, platform: Platform): Rendered {
  if (rendered.bound.target.type !== 'git') return rendered;
  const match = matchSecretStore(platform, rendered.bound.context);
  const store = platform.secretStores.find((each) => each.name === match?.name);
  if (!store) return rendered;
  const { project, environment } = rendered.bound.context;
  const reference = { prefix: `${project}/${environment}`, secretStoreRef: referenceOf(store.inputs, store.name) };
  const deliveries: SecretDelivery[] = [];
  const replace = (objects: readonly RenderedObject[]): readonly RenderedObject[] => {
    const externalised = externaliseSecrets(objects, reference);
    deliveries.push(...externalised.deliveries);
    return externalised.objects;
  };
  const nodes = new Map([...rendered.nodes].map(([uid, node]) => [uid, { ...node, objects: replace(node.objects) }]));
  return { ...rendered, nodes, secrets: deliveries };
}

/** What ExternalSecrets call the store in the cluster: an input, else the document's own name. */
function referenceOf(inputs: JsonObject, name: string): JsonObject {
  const reference = inputs['secretStoreRef'];
  const isMap = typeof reference === 'object' && reference !== null && !Array.isArray(reference);
  return isMap ? toObject(reference) : { kind: 'ClusterSecretStore', name };
}

function toObject(value: object): JsonObject {
  return Object.fromEntries(Object.entries(value));
}
