import {
  describeScore,
  groupByNode,
  hasErrors,
  joinDocument,
  patchNode,
  placeholderScope,
  resolveText,
  splitDocument,
  type Outcome,
  type Patcher,
  type PatchRequest,
  type PatchTemplate,
  type RenderedObject,
} from '../../core/index.ts';
import { lendSecrets } from './driver-request.ts';
import type { PrepareInputs, Rendered } from './prepared.ts';

/**
 * Applies the patch templates of the platform to everything that was rendered.
 * Rule: they come last, and see it all; what they add belongs to no node, and goes when they add it no more.
 * Shape: the same where there are no templates for the format.
 */
export async function patchRendered(rendered: Rendered, inputs: PrepareInputs, load: () => Promise<Patcher>): Promise<Outcome<Rendered>> {
  const { context } = rendered.bound;
  const templates = inputs.platform.patchTemplates.filter(({ format }) => format === undefined || format === context.format);
  if (templates.length === 0) return { value: rendered, diagnostics: [] };
  const objects = [...rendered.loose, ...[...rendered.nodes.values()].flatMap((node) => node.objects)];
  const patcher = await load();
  const patched = await patcher.patch(describeRequest(rendered, { inputs, templates, objects }));
  if (!patched.value || hasErrors(patched.diagnostics)) return { diagnostics: patched.diagnostics };
  if (!patched.value.isChanged) return { value: rendered, diagnostics: patched.diagnostics };
  const split = splitDocument(patched.value.document, objects, context);
  const diagnostics = [...patched.diagnostics, ...split.diagnostics];
  return split.value ? { value: distribute(rendered, split.value), diagnostics } : { diagnostics };
}

interface Means {
  readonly inputs: PrepareInputs;
  readonly templates: readonly PatchTemplate[];
  readonly objects: readonly RenderedObject[];
}

function describeRequest(rendered: Rendered, { inputs, templates, objects }: Means): PatchRequest {
  const { context, namespace } = rendered.bound;
  return {
    context,
    namespace,
    templates,
    document: joinDocument(objects, context),
    workloads: Object.fromEntries(rendered.workloads.map(({ declared }) => [declared.name, describeScore(declared)])),
    substitute: (workload, text) => substitute(rendered, workload, text),
    secrets: lendSecrets(patchNode, inputs),
  };
}

/** As in a variable of the workload. */
function substitute({ graph, nodes, workloads }: Rendered, name: string, text: string): ReturnType<PatchRequest['substitute']> {
  const declared = workloads.find((each) => each.declared.name === name)?.declared;
  const node = Object.values(graph.nodes).find((each) => each.kind === 'workload' && each.workload === name);
  const needs = node?.kind === 'workload' ? node.resources : {};
  const scope = placeholderScope(needs, declared?.metadata ?? {}, { outputsOf: (uid) => nodes.get(uid)?.outputs });
  return resolveText(text, scope, { file: '', document: 0, path: [] });
}

function distribute(rendered: Rendered, objects: readonly RenderedObject[]): Rendered {
  const groups = groupByNode(objects);
  const nodes = new Map([...rendered.nodes].map(([uid, node]) => [uid, { ...node, objects: groups.get(uid) ?? [] }]));
  const loose = objects.filter(({ node }) => !nodes.has(node));
  return { ...rendered, nodes, loose };
}
