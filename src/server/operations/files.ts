import type { OperationInput } from '../../contract/index.ts';
import {
  buildGraph,
  checkPlaceholders,
  hasErrors,
  readScore,
  succeed,
  type DeclaredWorkload,
  type Diagnostic,
  type MatchContext,
  type Outcome,
  type Platform,
  type SourceText,
} from '../../core/index.ts';
import type { FileServices } from '../services.ts';
import { explainContexts, type ExplainContext } from '../views/explain.ts';
import { showGraph } from '../views/graph.ts';
import { showWorkload } from '../views/workload.ts';
import { widenContext } from './environment-view.ts';
import { onFiles, type Handler } from './handler.ts';
import { located } from './locate-problems.ts';
import { completeContext, readWholePlatform, type NamedContext } from './read-input.ts';

type FileScope = OperationInput<'files.graph'>['body'];

/** Files as read, with the platform that they are matched against. */
interface Read {
  readonly workloads: readonly DeclaredWorkload[];
  readonly platform: Platform;
}

/** An environment that is not in the store: its first, without labels. */
const unkept = { incarnation: 1, labels: {} };

export const handlers: readonly Handler[] = [
  onFiles('files.validate', async ({ input: { body }, files }) => {
    const read = readWorkloads(body);
    // With a platform the graph is built, which looks at placeholders in params itself.
    const placeholders = (read.value ?? [])
      .flatMap(checkPlaceholders)
      .filter(({ place }) => !body.platform || place?.path[0] !== 'resources');
    const checked = [...placeholders, ...(body.platform ? await checkNeeds(read, body, files) : [])];
    const diagnostics = [...read.diagnostics, ...checked];
    const isValid = read.value && !hasErrors(diagnostics);
    return located(isValid ? succeed({ workloads: read.value.map(showWorkload) }, diagnostics) : { diagnostics }, textsOf(body));
  }),
  onFiles('files.graph', async ({ input: { body }, files }) => {
    const read = await readMatched(body, files);
    if (!read.value) return located({ diagnostics: read.diagnostics }, textsOf(body));
    const { context } = read.value;
    const graph = buildGraph({ ...read.value, context: widenContext(context, unkept) });
    const diagnostics = [...read.diagnostics, ...graph.diagnostics];
    return located(
      graph.value && !hasErrors(diagnostics) ? succeed(showGraph(graph.value, context), diagnostics) : { diagnostics },
      textsOf(body),
    );
  }),
  onFiles('files.explain', async ({ input: { body }, files }) => {
    const read = await readScope(body, files);
    if (!read.value) return located({ diagnostics: read.diagnostics }, textsOf(body));
    const contexts = listContexts(read.value, body);
    if (!contexts.value) return located({ diagnostics: [...read.diagnostics, ...contexts.diagnostics] }, textsOf(body));
    const explained = explainContexts(contexts.value, body.need);
    return located({ ...explained, diagnostics: [...read.diagnostics, ...explained.diagnostics] }, textsOf(body));
  }),
  onFiles('files.render', async ({ input: { body }, files, signal }) => {
    const read = await readMatched(body, files);
    if (!read.value) return located({ diagnostics: read.diagnostics }, textsOf(body));
    const seeds = await files.deriveSeeds(body.seed);
    const before = [...read.diagnostics, ...seeds.diagnostics];
    if (!seeds.value) return located({ diagnostics: before }, textsOf(body));
    // Loaded here, so that the other operations start without the engine.
    const { renderToText } = await import('./render-to-text.ts');
    const rendered = await renderToText(files, {
      ...read.value,
      texts: body.sources,
      values: body.values ?? {},
      seeds: seeds.value,
      now: files.now(),
      layout: body.layout ?? 'stream',
      signal,
    });
    const diagnostics = [...before, ...rendered.diagnostics];
    const { context } = read.value;
    return located(rendered.value ? succeed({ context, ...rendered.value }, diagnostics) : { diagnostics }, textsOf(body));
  }),
];

function textsOf(body: FileScope): readonly SourceText[] {
  return [...body.sources, ...(body.platform ?? [])];
}

function readWorkloads(body: FileScope): Outcome<readonly DeclaredWorkload[]> {
  return readScore(body.sources, body.images ? { images: body.images } : {});
}

/** Reads Score files and platform, and reports the problems of both. */
async function readScope(body: FileScope, services: FileServices): Promise<Outcome<Read>> {
  const workloads = readWorkloads(body);
  const platform = await readWholePlatform(body.platform, services);
  const diagnostics = [...workloads.diagnostics, ...platform.diagnostics];
  if (!workloads.value || !platform.value) return { diagnostics };
  return succeed({ workloads: workloads.value, platform: platform.value }, diagnostics);
}

async function readMatched(body: FileScope, services: FileServices): Promise<Outcome<Read & { readonly context: MatchContext }>> {
  const read = await readScope(body, services);
  if (!read.value) return { diagnostics: read.diagnostics };
  const context = completeContext(read.value.platform, body.context ?? {});
  const diagnostics = [...read.diagnostics, ...context.diagnostics];
  return context.value ? succeed({ ...read.value, context: context.value }, diagnostics) : { diagnostics };
}

/** Says what is wrong with the platform, and which needs nothing meets. */
async function checkNeeds(
  { value: workloads }: Outcome<readonly DeclaredWorkload[]>,
  body: FileScope,
  services: FileServices,
): Promise<readonly Diagnostic[]> {
  const platform = await readWholePlatform(body.platform, services);
  if (!workloads || !platform.value) return platform.diagnostics;
  const context = completeContext(platform.value, body.context ?? {});
  if (!context.value) return [...platform.diagnostics, ...context.diagnostics];
  const graph = buildGraph({ workloads, platform: platform.value, context: widenContext(context.value, unkept) });
  return [...platform.diagnostics, ...context.diagnostics, ...graph.diagnostics];
}

/** The one context that is named, or one for each environment type of the platform. */
function listContexts(read: Read, body: OperationInput<'files.explain'>['body']): Outcome<readonly ExplainContext[]> {
  const named: NamedContext = body.context ?? {};
  const types = body.allEnvironments === true ? read.platform.environmentTypes.map((type) => type.name) : [];
  const all = types.length === 0 ? [named] : types.map((type) => ({ ...named, environment: type, environmentType: type }));
  const contexts = all.map((each) => completeContext(read.platform, each));
  const diagnostics = contexts.flatMap((each) => each.diagnostics);
  const values = contexts.flatMap((each) => each.value ?? []);
  if (hasErrors(diagnostics)) return { diagnostics };
  return succeed(
    values.map((context) => ({ ...read, context: widenContext(context, unkept) })),
    diagnostics,
  );
}
