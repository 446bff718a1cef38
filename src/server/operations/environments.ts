import { buildGraph, hasErrors, readScoreState, succeed } from '../../core/index.ts';
import { showGraph } from '../views/graph.ts';
import { createEnvironment } from './create-environment.ts';
import { listBindings, listTexts, loadEnvironment, overlayWorkloads, refOf } from './environment-view.ts';
import { readStatus } from './read-status.ts';
import { onRecords, type Handler } from './handler.ts';
import { done } from './projects.ts';
import { located } from './locate-problems.ts';
import { checkEnvironmentType } from './read-input.ts';
import { readChanged } from './read-changed.ts';

export const handlers: readonly Handler[] = [
  onRecords('environments.list', async ({ store, input }) => {
    const listed = await store.environments.list(input.project);
    return listed.value ? succeed({ environments: listed.value }) : { diagnostics: listed.diagnostics };
  }),
  onRecords('environments.create', async ({ store, loadPlatform, input, caller }) => {
    const { project, body } = input;
    const release = await store.releases.find();
    if (!release.value) return { diagnostics: release.diagnostics };
    const platform = await loadPlatform(release.value.number);
    const known = checkEnvironmentType(platform, body.type);
    if (hasErrors(known.diagnostics)) return { diagnostics: known.diagnostics };
    return createEnvironment(store, { project, ...body }, caller.actor);
  }),
  onRecords('environments.show', async ({ store, input }) => store.environments.find(refOf(input))),
  onRecords('environments.delete', async ({ store, input, caller }) => done(await store.environments.delete(refOf(input), caller.actor))),
  onRecords('environments.import', async ({ store, engine, input, caller }) => {
    const { file, text } = input.body;
    const read = readScoreState(file, text);
    if (!read.value) return located({ diagnostics: read.diagnostics }, [input.body]);
    const known = await store.environments.find(refOf(input));
    if (!known.value) return { diagnostics: known.diagnostics };
    const imported = await engine.importState(refOf(input), read.value, { actor: caller.actor });
    const diagnostics = [...read.diagnostics, ...imported.diagnostics];
    return located(imported.value ? succeed({ tool: read.value.tool, ...imported.value }, diagnostics) : { diagnostics }, [input.body]);
  }),
  onRecords('environments.status', (call) => readStatus(call, refOf(call.input))),
  onRecords('environments.graph', async (call) => {
    const { input } = call;
    const view = await loadEnvironment(call, refOf(input));
    if (!view.value) return { diagnostics: view.diagnostics };
    const { platform, context, state } = view.value;
    const changed = readChanged(state, input.body);
    const texts = [...listTexts(state), ...(input.body.sources ?? [])];
    if (!changed.value) return located({ diagnostics: changed.diagnostics }, texts);
    const workloads = overlayWorkloads(
      state,
      changed.value.map((each) => each.declared),
    );
    const graph = buildGraph({ platform, context, workloads, bound: listBindings(state) });
    const diagnostics = [...changed.diagnostics, ...graph.diagnostics];
    return located(graph.value && !hasErrors(diagnostics) ? succeed(showGraph(graph.value, context), diagnostics) : { diagnostics }, texts);
  }),
];
