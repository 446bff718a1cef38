import type { JsonObject } from '../../../core/index.ts';
import type { ProvisionerContext } from '../context.ts';
import type { GoValue } from '../go-template/values/incoming.ts';
import { mergePatch } from '../merge-patch.ts';
import { makeFragment, type Provisioned } from '../provisioned.ts';
import { renderSection, takeMap, takeMaps, takeTexts, type SectionName, type SectionRun } from './render-section.ts';
import { makeTemplateData } from './template-data.ts';

/**
 * Runs the templates of a provisioner, each seeing what those before it gave: init, state, shared, outputs, then what is made for the target.
 * Rule: state and outputs replace the earlier ones, shared state is merged into the environment's by JSON merge patch.
 */
export function runTemplates(context: ProvisionerContext, format: 'kubernetes' | 'compose', run: SectionRun): Provisioned | undefined {
  let now: Sight = { context, init: {} };
  const map = (name: SectionName): JsonObject => takeMap(name, renderSection(name, viewOf(now), run), run);
  now = { ...now, init: map('init') };
  const state = proceed(run) ? map('state') : {};
  now = { ...now, context: { ...now.context, state } };
  const shared = proceed(run) ? mergePatch(now.context.shared, map('shared')) : {};
  now = { ...now, context: { ...now.context, shared } };
  const outputs = proceed(run) ? map('outputs') : {};
  if (!proceed(run)) return undefined;
  const made = format === 'kubernetes' ? renderKubernetes(now, run) : renderCompose(now, run);
  return proceed(run) ? { state, shared, outputs, ...made } : undefined;
}

interface Sight {
  readonly context: ProvisionerContext;
  readonly init: JsonObject;
}

/** Made when a template is there that looks at it, and once for all that see the same. */
function viewOf({ context, init }: Sight): () => GoValue {
  let data: GoValue | undefined;
  return () => (data ??= makeTemplateData(context, { init }));
}

function proceed({ diagnostics }: SectionRun): boolean {
  return diagnostics.length === 0;
}

function renderKubernetes(sight: Sight, run: SectionRun): Pick<Provisioned, 'manifests' | 'notes'> {
  return { manifests: takeMaps('manifests', renderSection('manifests', viewOf(sight), run), run), notes: [] };
}

function renderCompose(sight: Sight, run: SectionRun): Pick<Provisioned, 'manifests' | 'notes'> {
  const view = viewOf(sight);
  const map = (name: SectionName): JsonObject => takeMap(name, renderSection(name, view, run), run);
  const parts = {
    directories: map('directories'),
    files: map('files'),
    networks: map('networks'),
    services: map('services'),
    volumes: map('volumes'),
    models: map('models'),
  };
  return { manifests: makeFragment(parts), notes: takeTexts('info_logs', renderSection('info_logs', view, run), run) };
}
