import { nameNode } from './name-node.ts';
import { diagnose, type Outcome, type RuntimeRequest, type Uid } from '../../../core/index.ts';
import { addressOf, describeAddress } from '../addresses.ts';
import type { Address, Cluster } from '../cluster.ts';
import { judgeOwnership, setOf } from '../mark.ts';
import { describeRefusal } from '../refusals.ts';
import { listMakers } from './pods.ts';

/** Kinds that replace their pods when the template changes. */
const restartable: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Not who deploys: the next deployment leaves the sign alone, as it leaves all fields of others. */
const manager = 'tutti-restart';
const sign = 'tutti.dev/restarted-at';

/**
 * Has all pods of a node replaced, as an update would: new ones are ready before old ones go.
 * Reports: T6233, T6204.
 */
export async function restartNode(
  cluster: Cluster,
  request: RuntimeRequest,
  { node, now }: { readonly node: Uid; readonly now: string },
): Promise<Outcome<readonly string[]>> {
  const states = listMakers(request, node).filter(({ key, body }) => restartable.includes(addressOf(key, body).kind));
  if (states.length === 0)
    return { diagnostics: [diagnose('T6233', { detail: `Nothing of ${nameNode(node)} has pods that could be replaced.` })] };
  const names: string[] = [];
  for (const { key, body } of states) {
    const address = addressOf(key, body);
    const found = await cluster.get(address, request.signal);
    const isOurs = found.kind === 'ok' && judgeOwnership(found.live, { key, set: setOf(request.context) }) === 'ours';
    if (!isOurs)
      return { diagnostics: [diagnose('T6233', { detail: `${describeAddress(address)} is not there, or not of this environment.` })] };
    const answer = await cluster.apply(templateSign(address, now), { isDry: false, isForced: true, manager }, request.signal);
    if (answer.kind === 'refused') return { diagnostics: [describeRefusal(address, answer.refusal)] };
    names.push(describeAddress(address));
  }
  return { value: names, diagnostics: [] };
}

function templateSign({ apiVersion, kind, namespace, name }: Address, now: string) {
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: { template: { metadata: { annotations: { [sign]: now } } } },
  };
}
