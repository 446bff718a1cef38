import { isEffective, type Change, type Diagnostic, type StepResult, type WorkloadState } from '../../core/index.ts';
import type { Run } from './carry-out.ts';

export function workloadChanges(run: Run): readonly Change[] {
  return run.prepared.plan.changes.filter((change) => change.subject.kind === 'workload' && isEffective(change));
}

function workloadSteps(run: Run, status: StepResult['status'], state: WorkloadState['status']): readonly StepResult[] {
  return workloadChanges(run).flatMap((change): readonly StepResult[] => {
    if (change.subject.kind !== 'workload') return [];
    const { name } = change.subject;
    const next = describeWorkload(run, name, state);
    return [{ subject: change.subject, status, ...(next && { workloads: { [name]: next } }) }];
  });
}

function describeWorkload(run: Run, name: string, status: WorkloadState['status']): WorkloadState | undefined {
  const desired = run.prepared.workloads.find(({ declared }) => declared.name === name);
  const node = Object.values(run.prepared.graph.nodes).find((each) => each.kind === 'workload' && each.workload === name);
  if (!desired || node?.kind !== 'workload') return undefined;
  return {
    name,
    declared: desired.declared,
    ...(desired.text !== undefined && { text: desired.text }),
    profile: node.match.name,
    status,
    dependsOn: node.dependsOn,
  };
}

export function beginWorkloads(run: Run): readonly StepResult[] {
  // The old declaration stays the known one until the new one is written.
  return workloadChanges(run).map((change) => ({ subject: change.subject, status: 'running' }));
}

export function failWorkloads(run: Run, diagnostics: readonly Diagnostic[]): readonly StepResult[] {
  return workloadChanges(run).map((change) => ({ subject: change.subject, status: 'failed', diagnostics }));
}

/** One workload is as it shall be. */
export function endWorkload(run: Run, name: string): readonly StepResult[] {
  const next = describeWorkload(run, name, 'ready');
  return [{ subject: { kind: 'workload', name }, status: 'done', ...(next && { workloads: { [name]: next } }) }];
}

export function failWorkload(name: string, diagnostics: readonly Diagnostic[]): readonly StepResult[] {
  return [{ subject: { kind: 'workload', name }, status: 'failed', diagnostics }];
}

export function endWorkloads(run: Run): readonly StepResult[] {
  const removed = workloadChanges(run).flatMap((change): readonly StepResult[] => {
    const isGone = change.subject.kind === 'workload' && change.action === 'delete';
    return isGone && change.subject.kind === 'workload'
      ? [{ subject: change.subject, status: 'done', detail: 'removed', workloads: { [change.subject.name]: null } }]
      : [];
  });
  const kept = workloadSteps(run, 'done', 'ready').filter((step) => step.workloads !== undefined);
  return [...kept, ...removed];
}
