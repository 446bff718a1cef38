import { nameNode } from './name-node.ts';
import { diagnose, type JsonObject, type Outcome, type RuntimeRequest, type Uid } from '../../../core/index.ts';
import { addressOf, describeAddress } from '../addresses.ts';
import type { Address, Cluster } from '../cluster.ts';
import { mapOf, textOf } from '../fields.ts';
import { judgeOwnership, setOf } from '../mark.ts';
import { describeRefusal } from '../refusals.ts';
import { listMakers } from './pods.ts';

const manager = 'tutti-run';
/** Names of Jobs become labels of pods. */
const nameMax = 63;
/** Runs that were asked for go by themselves, a day after they have ended. */
const keptSeconds = 86_400;

/**
 * Runs the job of a node once, as it was deployed: a CronJob besides its schedule, a Job again.
 * Rule: the run belongs to what it was made of, and goes with it.
 * Reports: T6233, T6204.
 */
export async function runJob(
  cluster: Cluster,
  request: RuntimeRequest,
  { node, now }: { readonly node: Uid; readonly now: string },
): Promise<Outcome<string>> {
  const jobs = listMakers(request, node).filter(({ key, body }) => ['Job', 'CronJob'].includes(addressOf(key, body).kind));
  const [state, ...others] = jobs;
  if (!state || others.length > 0) {
    const why = state ? `There are ${jobs.length} jobs, and none is meant more than the others, of` : 'There is no job of';
    return { diagnostics: [diagnose('T6233', { detail: `${why} ${nameNode(node)}.` })] };
  }
  const address = addressOf(state.key, state.body);
  const found = await cluster.get(address, request.signal);
  const isOurs = found.kind === 'ok' && judgeOwnership(found.live, { key: state.key, set: setOf(request.context) }) === 'ours';
  if (found.kind !== 'ok' || !isOurs) {
    return { diagnostics: [diagnose('T6233', { detail: `${describeAddress(address)} is not there, or not of this environment.` })] };
  }
  const name = nameRun(address.name, now);
  const answer = await cluster.apply(makeRun(address, found.live, name), { isDry: false, isForced: false, manager }, request.signal);
  return answer.kind === 'refused'
    ? { diagnostics: [describeRefusal({ ...address, kind: 'Job', name }, answer.refusal)] }
    : { value: name, diagnostics: [] };
}

/** `nightly-run-m3k2x1`: in the order of time. */
function nameRun(name: string, now: string): string {
  const suffix = `-run-${Date.parse(now).toString(36)}`;
  return `${name.slice(0, nameMax - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
}

function makeRun({ apiVersion, kind, namespace, name: ofName }: Address, live: JsonObject, name: string): JsonObject {
  const template = kind === 'CronJob' ? mapOf(mapOf(live['spec'])['jobTemplate']) : live;
  // What the API server made of the Job that ran before belongs to that one alone.
  const { selector: _s, manualSelector: _m, suspend: _p, ttlSecondsAfterFinished, ...spec } = mapOf(template['spec']);
  const owner = { apiVersion, kind, name: ofName, uid: textOf(mapOf(live['metadata'])['uid']) };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(namespace !== undefined && { namespace }), ownerReferences: [owner] },
    spec: { ...spec, ttlSecondsAfterFinished: ttlSecondsAfterFinished ?? keptSeconds, template: cleanTemplate(mapOf(spec['template'])) },
  };
}

const runLabels: readonly string[] = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'];

function cleanTemplate(template: JsonObject): JsonObject {
  const { creationTimestamp: _, ...metadata } = mapOf(template['metadata']);
  const labels = Object.fromEntries(Object.entries(mapOf(metadata['labels'])).filter(([label]) => !runLabels.includes(label)));
  return { ...template, metadata: { ...metadata, labels } };
}
