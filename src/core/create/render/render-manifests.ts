import type { Outcome } from '../../diagnostics/diagnostic.ts';
import type { DeploymentContext, Format } from '../../model/context.ts';
import type { ResourceDefinition } from '../../model/platform.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import type { ValueObject } from '../../model/value.ts';
import { renderFragments } from '../render-compose/compose-fragments.ts';
import { renderKubernetesManifests } from './kubernetes-manifests.ts';

export interface RenderManifestsRequest {
  readonly node: Uid;
  readonly definition: ResourceDefinition;
  readonly manifests: readonly ValueObject[];
  readonly context: DeploymentContext;
  readonly namespace: string;
}

type Render = (request: RenderManifestsRequest) => Outcome<readonly RenderedObject[]>;

const renderers: Readonly<Record<Format, Render>> = { kubernetes: renderKubernetesManifests, compose: renderFragments };

/**
 * Turns what a driver made into objects of the environment.
 * Rule: a manifest is an object of Kubernetes, or a fragment of a Compose project, as the format of the context says. Secrets stand only where
 * the format has a place for them. A pure function of the request.
 * Shape: manifests in, objects out; linear.
 * Reports: T4101–T4104, T4110, T4119, T4124–T4126, each at the manifest in the definition.
 */
export function renderManifests(request: RenderManifestsRequest): Outcome<readonly RenderedObject[]> {
  return renderers[request.context.format](request);
}
