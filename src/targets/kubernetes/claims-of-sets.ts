import { diagnose, showValue, type Diagnostic, type ObjectState, type TargetRequest } from '../../core/index.ts';
import { describeAddress } from './addresses.ts';
import type { Waiting } from './await-ready.ts';
import type { Address, Cluster } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';
import { describeRefusal } from './refusals.ts';
import { untilGone } from './until-gone.ts';

export interface RemovedSet {
  readonly address: Address;
  readonly state: ObjectState;
}

/**
 * What becomes of the claims that a StatefulSet made, when it is gone itself: they are in no inventory, and Kubernetes leaves them.
 * Rule: they go only where somebody has said that the data goes; else they are named.
 * Reports: T6213, T6218, and why one is refused.
 */
export async function settleClaims(
  cluster: Cluster,
  request: TargetRequest,
  { address, state }: RemovedSet,
  waiting: Waiting,
): Promise<readonly Diagnostic[]> {
  if (address.kind !== 'StatefulSet') return [];
  const claims = await listClaims(cluster, request, { address, state });
  if (claims.length === 0) return [];
  if (!goesWithData(request, state)) {
    const names = claims.map(({ name }) => name).join(', ');
    return [diagnose('T6218', { detail: `${describeAddress(address)} is gone; its claims are left, with what they hold: ${names}.` })];
  }
  const problems: Diagnostic[] = [];
  for (const { uid, ...claim } of claims) {
    const removed = await cluster.remove(claim, uid, request.signal);
    if (removed.kind === 'refused') problems.push(describeRefusal(claim, removed.refusal));
    if (removed.kind !== 'ok') continue;
    const held = await untilGone(cluster, { address: claim, uid, request, waiting });
    if (held) problems.push(held);
  }
  return problems;
}

function goesWithData({ deletesData = [] }: TargetRequest, { node }: ObjectState): boolean {
  return deletesData === 'all' || deletesData.includes(node);
}

/** Claims carry the labels that the set selects its pods by, and are named after their template, the set and a number. */
async function listClaims(
  cluster: Cluster,
  { signal }: TargetRequest,
  { address, state }: RemovedSet,
): Promise<readonly (Address & { readonly uid: string })[]> {
  const spec = mapOf(mapOf(showValue(state.body))['spec']);
  const templates = listOf(spec['volumeClaimTemplates']).map((template) => textOf(mapOf(mapOf(template)['metadata'])['name']));
  const labels = Object.entries(mapOf(mapOf(spec['selector'])['matchLabels']));
  if (templates.length === 0 || labels.length === 0) return [];
  const { namespace = 'default', name } = address;
  const of = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace };
  const found = await cluster.list(of, labels.map(([key, value]) => `${key}=${textOf(value)}`).join(','), signal);
  return found.flatMap(({ metadata }) => {
    const claim = mapOf(metadata);
    const isOfSet = templates.some((template) => isNumbered(textOf(claim['name']), `${template}-${name}-`));
    return isOfSet ? [{ ...of, name: textOf(claim['name']), uid: textOf(claim['uid']) }] : [];
  });
}

function isNumbered(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
}
