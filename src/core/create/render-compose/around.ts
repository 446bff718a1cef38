import type { ValueObject } from '../../model/value.ts';
import type { RenderWorkloadRequest } from '../render/render-workload.ts';
import type { StartOrder } from '../render/start-order.ts';
import type { Arrangement } from './arrange.ts';

/** What is the same for all containers of a workload. */
export interface Around {
  readonly request: RenderWorkloadRequest;
  readonly base: ValueObject;
  readonly order: StartOrder;
  readonly arrangement: Arrangement;
  /** What services of resources are waited for. */
  readonly waits: ValueObject;
}

/** The service of a container. */
export function nameService({ resolved }: RenderWorkloadRequest, container: string): string {
  return `${resolved.declared.name}-${container}`;
}
