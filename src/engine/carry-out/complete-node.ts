import {
  hasErrors,
  invariant,
  succeed,
  type LiveObjects,
  type Outcome,
  type ResourceNode,
  type ResourceState,
  type TargetRequest,
} from '../../core/index.ts';
import { openLive } from '../prepare/open-live.ts';
import type { Run } from './carry-out.ts';
import { callDriver, record } from './provision.ts';
import { callTarget } from './write-target.ts';

/** Whether a resource has outputs that are read from the target when its objects are ready. */
export function isCompletedLater({ prepared }: Run, { uid }: ResourceNode): boolean {
  return prepared.nodes.get(uid)?.resource?.isCompletedLater ?? false;
}

/**
 * Waits for the objects of a resource, and reads what it turned out to be.
 * Rule: also where none of them was written: an earlier deployment may have got just that far. Its secrets are in keeping before anything
 * refers to them.
 */
export async function completeNode(run: Run, node: ResourceNode, request: TargetRequest): Promise<Outcome<ResourceState>> {
  const { prepared } = run;
  const state = prepared.resources[node.uid];
  invariant(state, `${node.uid} was resolved before it is completed`);
  const objects = prepared.nodes.get(node.uid)?.objects ?? [];
  const { target } = prepared.bound;
  const ready = await callTarget(run, async () => (await target.awaitReady?.(request, objects)) ?? succeed(undefined));
  if (hasErrors(ready.diagnostics)) return { diagnostics: ready.diagnostics };
  const read = await callDriver(run, node.uid, async (driver, asked) => {
    invariant(driver.complete, `the driver ${driver.name} completes ${node.uid}`);
    return driver.complete({ ...asked, ...openLook(run, node) });
  });
  if (!read.value || hasErrors(read.diagnostics)) return { diagnostics: [...ready.diagnostics, ...read.diagnostics] };
  const kept = await run.dependencies.store.seeds.reserve(run.ref, run.loaded.inputs.seeds.added());
  if (hasErrors(kept.diagnostics)) return { diagnostics: kept.diagnostics };
  const completed: ResourceState = { ...state, outputs: read.value.outputs, state: read.value.state };
  await record(run, [{ subject: { kind: 'resource', uid: node.uid }, status: 'done', resources: { [node.uid]: completed } }]);
  return { value: completed, diagnostics: [...ready.diagnostics, ...read.diagnostics] };
}

function openLook(run: Run, node: ResourceNode): { readonly live?: LiveObjects } {
  const { inputs } = run.loaded;
  const definition = inputs.platform.definitions.find(({ name }) => name === node.match.name);
  invariant(definition, `the definition ${node.match.name} of ${node.uid} exists`);
  const means = { bound: run.prepared.bound, inputs: { ...inputs, signal: run.slot.signal }, baseDir: run.dependencies.baseDir };
  const live = openLive(means, definition);
  return live ? { live } : {};
}
