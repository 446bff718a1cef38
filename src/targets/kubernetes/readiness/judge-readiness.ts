import type { JsonObject } from '../../../core/index.ts';
import { mapOf, numberOf } from '../fields.ts';
import { judgeByRule, type KindRule } from './custom-rules.ts';
import { judgeByKind } from './kind-rules.ts';
import { conditionOf, progressing, ready, type Readiness } from './parts.ts';

export interface JudgeOptions {
  /** ISO 8601. */
  readonly now: string;
  /** The generation that our apply made; what was observed of an earlier one says nothing. */
  readonly appliedGeneration?: number;
  /** Rules of the target, before those of kinds. */
  readonly rules?: readonly KindRule[];
}

/**
 * Says whether an object is ready.
 * Rule: what goes is going; what its controller has not looked at yet is on its way; then its own rule, what its kind
 * says, its condition `Ready`: the first that there is. An object that says nothing of itself is ready.
 * Source: kstatus, with running Jobs on their way and failed Pods failed.
 */
export function judgeReadiness(live: JsonObject, options: JudgeOptions): Readiness {
  const metadata = mapOf(live['metadata']);
  if (metadata['deletionTimestamp'] !== undefined) return { kind: 'terminating', reason: 'Terminating', message: 'it is being removed.' };
  return (
    unobserved(live, options) ?? judgeByRule(live, options.rules ?? []) ?? stalled(live) ?? judgeByKind(live, options) ?? generic(live)
  );
}

function unobserved(live: JsonObject, { appliedGeneration = 0 }: JudgeOptions): Readiness | undefined {
  const generation = numberOf(mapOf(live['metadata'])['generation']);
  const observed = numberOf(mapOf(live['status'])['observedGeneration']);
  if (observed === undefined) return undefined;
  const isCurrent = observed >= Math.max(generation ?? 0, appliedGeneration);
  return isCurrent ? undefined : progressing('LatestGenerationNotObserved', 'its controller has not seen the latest change yet.');
}

function stalled(live: JsonObject): Readiness | undefined {
  const stall = conditionOf(live, 'Stalled');
  if (stall?.status === 'True') return { kind: 'failed', reason: stall.reason || 'Stalled', message: stall.message || 'it has stalled.' };
  const reconciling = conditionOf(live, 'Reconciling');
  return reconciling?.status === 'True' ? progressing(reconciling.reason, reconciling.message || 'it is being reconciled.') : undefined;
}

function generic(live: JsonObject): Readiness {
  const condition = conditionOf(live, 'Ready');
  if (!condition || condition.status === 'True') return ready();
  return progressing(condition.reason, condition.message || 'its condition Ready is not true.');
}
