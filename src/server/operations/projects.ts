import { hasErrors, readScore, succeed, type DeclaredWorkload, type EnvironmentRef, type Outcome } from '../../core/index.ts';
import { explainContexts, type ExplainContext } from '../views/explain.ts';
import type { OperationInput } from '../../contract/index.ts';
import type { RecordServices } from '../services.ts';
import { listBindings, listTexts, loadEnvironment, overlayWorkloads } from './environment-view.ts';
import { onRecords, type Handler } from './handler.ts';
import { located } from './locate-problems.ts';

export const handlers: readonly Handler[] = [
  onRecords('projects.list', async ({ store }) => succeed({ projects: await store.projects.list() })),
  onRecords('projects.create', async ({ store, input: { body }, caller }) => store.projects.create(body, caller.actor)),
  onRecords('projects.show', async ({ store, input }) => store.projects.find(input.project)),
  onRecords('projects.delete', async ({ store, input, caller }) => done(await store.projects.delete(input.project, caller.actor))),
  onRecords('projects.explain', async (call) => {
    const { input } = call;
    const { body } = input;
    const read = body.sources ? readScore(body.sources, body.images ? { images: body.images } : {}) : succeed([]);
    const refs = await listRefs(call, input);
    const texts = body.sources ?? [];
    if (!read.value || !refs.value) return located({ diagnostics: [...read.diagnostics, ...refs.diagnostics] }, texts);
    const contexts = await loadContexts(call, refs.value, read.value);
    if (!contexts.value) return { diagnostics: contexts.diagnostics };
    const explained = explainContexts(
      contexts.value.map((each) => each.context),
      body.need,
    );
    const kept = contexts.value.flatMap((each) => each.texts);
    return located({ ...explained, diagnostics: [...read.diagnostics, ...explained.diagnostics] }, [...texts, ...kept]);
  }),
];

/** An operation that gives nothing but that it is done. */
export function done(outcome: Outcome<void>): Outcome<Record<string, never>> {
  return hasErrors(outcome.diagnostics) ? { diagnostics: outcome.diagnostics } : succeed({}, outcome.diagnostics);
}

async function listRefs(
  { store }: RecordServices,
  { project, body }: OperationInput<'projects.explain'>,
): Promise<Outcome<readonly EnvironmentRef[]>> {
  if (body.environments) return succeed(body.environments.map((environment) => ({ project, environment })));
  return store.environments.list(project);
}

interface KeptContext {
  readonly context: ExplainContext;
  readonly texts: ReturnType<typeof listTexts>;
}

async function loadContexts(
  services: RecordServices,
  refs: readonly EnvironmentRef[],
  changed: readonly DeclaredWorkload[],
): Promise<Outcome<readonly KeptContext[]>> {
  const contexts: KeptContext[] = [];
  for (const ref of refs) {
    const view = await loadEnvironment(services, ref);
    if (!view.value) return { diagnostics: view.diagnostics };
    const { platform, context, state } = view.value;
    const workloads = changed.length > 0 ? changed : overlayWorkloads(state, []);
    contexts.push({ context: { platform, context, workloads, bound: listBindings(state) }, texts: listTexts(state) });
  }
  return succeed(contexts);
}
