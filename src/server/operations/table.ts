import type { OperationId } from '../../contract/index.ts';
import { invariant } from '../../core/index.ts';
import type { Handler } from './handler.ts';

/** Implementations by the first part of the operation's id; each is loaded when it is first called. */
const modules: Readonly<Record<string, () => Promise<{ readonly handlers: readonly Handler[] }>>> = {
  system: () => import('./system.ts'),
  files: () => import('./files.ts'),
  releases: () => import('./releases.ts'),
  projects: () => import('./projects.ts'),
  environments: () => import('./environments.ts'),
  values: () => import('./values.ts'),
  secrets: () => import('./secrets.ts'),
  plans: () => import('./plans.ts'),
  deployments: () => import('./deployments.ts'),
  resources: () => import('./resources.ts'),
  runtime: () => import('./runtime.ts'),
  drift: () => import('./drift.ts'),
};

/** Finds the implementation of an operation. */
export async function loadHandler(id: OperationId): Promise<Handler> {
  const load = modules[id.slice(0, id.indexOf('.'))];
  const handler = (await load?.())?.handlers.find((each) => each.id === id);
  invariant(handler, `the operation ${id} is implemented`);
  return handler;
}
