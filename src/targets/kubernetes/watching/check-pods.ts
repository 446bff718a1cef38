import type { JsonObject } from '../../../core/index.ts';
import { mapAtOnce } from '../at-once.ts';
import type { Cluster } from '../cluster.ts';
import { mapOf, textOf } from '../fields.ts';
import { hasLiveRule } from '../readiness/custom-rules.ts';
import { judgeHopeless } from '../readiness/judge-pods.ts';
import type { Readiness } from '../readiness/parts.ts';
import type { Looking, Seen } from './look.ts';

/** A pod that fails takes longer to be given up. */
const pauseMs = 10_000;
const readsAtOnce = 4;

/** Kinds whose pods carry the version that they are of in a label. */
const versionLabels: Readonly<Record<string, string>> = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
  DaemonSet: 'controller-revision-hash',
};

export type CheckPods = (seen: readonly Seen[]) => Promise<readonly Seen[]>;

/**
 * Looks every now and then at the pods of what is waited for: a rollout whose pods cannot start says so itself only after ten minutes.
 * Rule: only pods of the version that is rolled out count; what has a rule of its own is left to it.
 */
export function createPodCheck(looking: Looking): CheckPods {
  let checkedAt = Date.parse(looking.now());
  return async (seen) => {
    const now = Date.parse(looking.now());
    if (now - checkedAt < pauseMs) return seen;
    checkedAt = now;
    return mapAtOnce(seen, readsAtOnce, async (each) => {
      const readiness = isRollout(each) && !hasLiveRule(each.live ?? {}, looking.rules) ? await checkPods(looking, each) : undefined;
      return readiness ? { ...each, readiness } : each;
    });
  };
}

function isRollout({ address, readiness }: Seen): boolean {
  return readiness.kind === 'progressing' && address.apiVersion.startsWith('apps/') && Object.hasOwn(versionLabels, address.kind);
}

async function checkPods({ cluster, signal, now }: Looking, { address, live }: Seen): Promise<Readiness | undefined> {
  const selector = live && describeSelector(live);
  if (!live || selector === undefined) return undefined;
  const { namespace = 'default' } = address;
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace }, selector, signal);
  const hopeless = pods.flatMap((pod) => {
    const readiness = judgeHopeless(pod, now());
    return readiness ? [{ readiness, version: versionOf(pod, address.kind) }] : [];
  });
  if (hopeless.length === 0) return undefined;
  const version = await findVersion({ cluster, live, selector, namespace, kind: address.kind }, signal);
  return hopeless.find((each) => version !== '' && each.version === version)?.readiness;
}

function describeSelector(live: JsonObject): string | undefined {
  const labels = Object.entries(mapOf(mapOf(mapOf(live['spec'])['selector'])['matchLabels']));
  return labels.length === 0 ? undefined : labels.map(([name, value]) => `${name}=${textOf(value)}`).join(',');
}

function versionOf(pod: JsonObject, kind: string): string {
  return textOf(mapOf(mapOf(pod['metadata'])['labels'])[versionLabels[kind] ?? '']);
}

interface Rollout {
  readonly cluster: Cluster;
  readonly live: JsonObject;
  readonly selector: string;
  readonly namespace: string;
  readonly kind: string;
}

const revision = 'deployment.kubernetes.io/revision';

/** The version that is rolled out, as its pods are labelled; empty where it is not known. */
async function findVersion({ cluster, live, selector, namespace, kind }: Rollout, signal: AbortSignal): Promise<string> {
  if (kind === 'StatefulSet') return textOf(mapOf(live['status'])['updateRevision']);
  const isDeployment = kind === 'Deployment';
  const of = { apiVersion: 'apps/v1', kind: isDeployment ? 'ReplicaSet' : 'ControllerRevision', namespace };
  const versions = await cluster.list(of, selector, signal);
  const wanted = mapOf(mapOf(live['metadata'])['annotations'])[revision];
  const current = isDeployment
    ? versions.find((each) => mapOf(mapOf(each['metadata'])['annotations'])[revision] === wanted && wanted !== undefined)
    : versions.toSorted((left, right) => Number(right['revision']) - Number(left['revision']))[0];
  return textOf(mapOf(mapOf(current?.['metadata'])['labels'])[versionLabels[kind] ?? '']);
}
