import type { OperationInput, OperationOutput } from '../../contract/index.ts';
import {
  buildGraph,
  compareText,
  explainNeed,
  hasErrors,
  makeUid,
  makeWorkloadUid,
  splitUid,
  succeed,
  workloadType,
  type Criterion,
  type DeclaredWorkload,
  type DeploymentContext,
  type Diagnostic,
  type Explanation,
  type GraphNode,
  type Outcome,
  type Platform,
  type Uid,
} from '../../core/index.ts';
import { nameNeed, showContext } from './graph.ts';

type ExplanationView = OperationOutput<'files.explain'>;
type NeedView = ExplanationView['needs'][number];
type AnswerView = NeedView['answers'][number];
export type NeedSelector = NonNullable<OperationInput<'files.explain'>['body']['need']>;

/** One environment in which needs are explained. */
export interface ExplainContext {
  readonly platform: Platform;
  readonly context: DeploymentContext;
  readonly workloads: readonly DeclaredWorkload[];
  readonly bound?: Readonly<Record<Uid, string>>;
}

/** A need as it stands in one environment. */
type Asked = Omit<NeedView, 'answers'>;

/**
 * Says in each of several environments which definition meets each need, and what decided against the others.
 * Rule: a need that nothing answers is no failure here: it is shown without a winner.
 */
export function explainContexts(contexts: readonly ExplainContext[], selector: NeedSelector | undefined): Outcome<ExplanationView> {
  const diagnostics: Diagnostic[] = [];
  const views = new Map<string, { readonly asked: Asked; readonly answers: AnswerView[] }>();
  for (const each of contexts) {
    const asked = listAsked(each);
    diagnostics.push(...asked.diagnostics);
    for (const need of (asked.value ?? []).filter((candidate) => isSelected(candidate, selector))) {
      const view = views.get(need.uid) ?? { asked: need, answers: [] };
      views.set(need.uid, view);
      if (need.kind !== 'derived') view.answers.push(showAnswer(each.context.environment, explainNeed(each.platform, each.context, need)));
    }
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const needs = [...views.values()].map(({ asked, answers }) => ({ ...asked, answers }));
  needs.sort((left, right) => compareText(left.uid, right.uid));
  return succeed({ contexts: contexts.map((each) => showContext(each.context)), needs }, diagnostics);
}

function listAsked(request: ExplainContext): Outcome<readonly Asked[]> {
  const graph = buildGraph(request);
  const declared = new Map(request.workloads.map((workload) => [workload.name, workload]));
  const diagnostics = graph.diagnostics.filter((each) => !isUnmet(each));
  if (hasErrors(diagnostics)) return { diagnostics };
  const asked = graph.value
    ? Object.values(graph.value.nodes).map((node) => describeNode(node, declared))
    : request.workloads.flatMap(describeDeclared);
  return succeed(asked, diagnostics);
}

/** Codes of needs that nothing answers: the explanation itself says so, and why. */
function isUnmet({ code }: Diagnostic): boolean {
  return code === 'T2001' || code === 'T2002' || code === 'T2003';
}

function describeNode(node: GraphNode, declared: ReadonlyMap<string, DeclaredWorkload>): Asked {
  if (node.kind === 'workload') return describeProfile(node.workload, declared.get(node.workload));
  const { uid, kind, type, class: className, id, needs } = node;
  return { uid, kind, type, class: className, id, neededBy: needs.map(nameNeed).toSorted(compareText) };
}

function describeProfile(workload: string, declared: DeclaredWorkload | undefined): Asked {
  const className = declared?.annotations['tutti.dev/profile'] ?? 'default';
  return { uid: makeWorkloadUid(workload), kind: 'workload', type: workloadType, class: className, id: workload, neededBy: [] };
}

/** Where the graph cannot be built, what the workloads themselves say they need. */
function describeDeclared(workload: DeclaredWorkload): readonly Asked[] {
  const needs = Object.values(workload.needs).map((need): Asked => {
    const { type, class: className, name } = need;
    const id = need.id ?? `${workload.name}.${name}`;
    const kind = type === 'service' || type === 'environment' ? 'derived' : 'resource';
    return { uid: makeUid({ type, class: className, id }), kind, type, class: className, id, neededBy: [`${workload.name}.${name}`] };
  });
  return [describeProfile(workload.name, workload), ...needs];
}

function isSelected(asked: Asked, selector: NeedSelector | undefined): boolean {
  if (!selector) return true;
  const { uid, type, class: className, id, workload } = selector;
  const parts = splitUid(asked.uid);
  const pairs = [
    [uid, asked.uid],
    [type, parts?.type],
    [className, asked.class],
    [id, asked.id],
  ];
  const isOwned =
    workload === undefined ||
    asked.neededBy.some((name) => name.startsWith(`${workload}.`)) ||
    (asked.kind === 'workload' && asked.id === workload);
  return isOwned && pairs.every(([wanted, actual]) => wanted === undefined || wanted === actual);
}

function showAnswer(environment: string, { winner, others }: Explanation): AnswerView {
  return {
    environment,
    ...(winner && { winner: { definition: winner.name, tier: winner.tier, criterion: showCriterion(winner.criterion) } }),
    others: others.map(({ name, tier, criterion, decidedBy, reason }) => ({
      definition: name,
      tier,
      criterion: showCriterion(criterion),
      decidedBy,
      reason,
    })),
  };
}

function showCriterion({ place: _, ...criterion }: Criterion): AnswerView['others'][number]['criterion'] {
  return criterion;
}
