import { makeObjectKey, splitObjectKey, type JsonObject, type Outcome, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { makeBody } from './apply-object.ts';
import { awaitObjects, type Waiting } from './await-ready.ts';
import type { Cluster } from './cluster.ts';
import { mapOf, textOf } from './fields.ts';
import { hookLabel } from './mark.ts';
import { describeRefusal } from './refusals.ts';

/** Names of Jobs, and labels, may be so long. */
const nameMax = 63;
const keptRuns = 3;
/** Runs go by themselves a week after their end, also where nothing is deployed any more. */
const keptSeconds = 7 * 86_400;

/**
 * Runs a hook as a Job of this deployment, to its end.
 * Rule: the Job bears the deployment's number, so that a deployment that is taken over waits for the run that has begun and starts no second
 * one. The last three runs are kept for whoever wants to read what they wrote.
 * Reports: T6201–T6208, T6211, T6212.
 */
export async function runHook(cluster: Cluster, request: TargetRequest, hook: RenderedObject, waiting: Waiting): Promise<Outcome<void>> {
  const run = nameRun(hook, request);
  const address = addressOf(run.key, run.body);
  const body = await makeBody(request, run);
  const answer = await cluster.apply(body, { isDry: false, isForced: false }, request.signal);
  if (answer.kind === 'refused') return { diagnostics: [describeRefusal(address, answer.refusal)] };
  const ended = await awaitObjects(cluster, request, [run], waiting);
  if (ended.diagnostics.length > 0) return ended;
  await removeOldRuns(cluster, request, { hook, namespace: address.namespace });
  return { value: undefined, diagnostics: [] };
}

function nameRun({ key, node, body, hash }: RenderedObject, { deployment }: TargetRequest): RenderedObject {
  const { namespace, name } = splitObjectKey(key);
  const apiVersion = 'batch/v1';
  const suffix = `-${deployment.number}`;
  const runName = `${cut(name, nameMax - suffix.length)}${suffix}`;
  const metadata = mapOfValue(body['metadata']);
  const labels = { ...mapOfValue(metadata['labels']), [hookLabel]: cut(name, nameMax) };
  const spec = { ttlSecondsAfterFinished: keptSeconds, ...mapOfValue(body['spec']) };
  return {
    key: makeObjectKey({ apiVersion, kind: 'Job', namespace, name: runName }),
    node,
    hash,
    body: { ...body, metadata: { ...metadata, name: runName, labels }, spec },
  };
}

function cut(name: string, length: number): string {
  return name.slice(0, length).replace(/[-.]+$/, '');
}

function mapOfValue(value: RenderedObject['body'][string] | undefined): RenderedObject['body'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

interface Runs {
  readonly hook: RenderedObject;
  readonly namespace: string | undefined;
}

/** What cannot be removed goes by itself, later. */
async function removeOldRuns(cluster: Cluster, { signal }: TargetRequest, { hook, namespace = 'default' }: Runs): Promise<void> {
  const of = { apiVersion: 'batch/v1', kind: 'Job', namespace };
  const found = await cluster.search(of, `${hookLabel}=${cut(splitObjectKey(hook.key).name, nameMax)}`, signal);
  const runs = found.kind === 'ok' ? found.items.toSorted((left, right) => (madeAt(left) < madeAt(right) ? 1 : -1)) : [];
  for (const { metadata } of runs.slice(keptRuns)) {
    const { name, uid } = mapOf(metadata);
    await cluster.remove({ ...of, name: textOf(name) }, textOf(uid), signal);
  }
}

function madeAt(live: JsonObject): string {
  return textOf(mapOf(live['metadata'])['creationTimestamp']);
}
