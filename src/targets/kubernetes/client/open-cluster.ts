import { diagnose, fail, succeed, type JsonObject, type Outcome } from '../../../core/index.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import type { Cluster } from '../cluster.ts';
import type { Connection, Impersonation } from './connection.ts';
import { createCluster } from './create-cluster.ts';
import { readAccount } from './in-cluster.ts';
import { readKubeconfig, type KubeconfigHost } from './kubeconfig.ts';
import { createSender } from './request.ts';
import { renewForLines, renewForSend } from './renew-token.ts';
import { createLineOpener } from './stream.ts';
import { retrySends, type Pause } from './retry.ts';

/**
 * Opens the cluster that a target's inputs mean.
 * Rule: a context or a file that is named, else what KUBECONFIG or the home folder has, else the account of the pod. Whoever is impersonated is
 * impersonated in every request.
 * Reports: T6214.
 */
export async function openCluster(inputs: JsonObject, host: KubeconfigHost & Pause): Promise<Outcome<Cluster>> {
  const connection = await findConnection(inputs, host);
  if (!connection.value) return { diagnostics: connection.diagnostics };
  const impersonation = readImpersonation(inputs);
  if (impersonation === 'incomplete') {
    return fail(diagnose('T6214', { detail: 'The target says to act as somebody else, and does not say as whom; it acts as nobody.' }));
  }
  const send = retrySends(renewForSend(createSender(connection.value, impersonation), connection.value), host);
  const openLines = renewForLines(createLineOpener(connection.value, impersonation), connection.value);
  return succeed(createCluster(connection.value.url, { send, openLines }), connection.diagnostics);
}

async function findConnection(inputs: JsonObject, host: KubeconfigHost): Promise<Outcome<Connection>> {
  const [context, kubeconfig] = [textOf(inputs['context']), textOf(inputs['kubeconfig'])];
  const choice = { ...(context !== '' && { context }), ...(kubeconfig !== '' && { kubeconfig }) };
  const configured = await readKubeconfig(choice, host);
  if (configured) return configured;
  const account = context === '' ? await readAccount(host) : undefined;
  if (account) return succeed(account);
  const detail = 'There is no kubeconfig, neither in KUBECONFIG nor in the home folder, and this process does not run in a cluster.';
  return fail(diagnose('T6214', { detail }));
}

/** Rule: whoever asks for it and names nobody gets nothing: never the account of tutti itself. */
function readImpersonation(inputs: JsonObject): Impersonation | 'incomplete' | undefined {
  if (inputs['impersonate'] === undefined) return undefined;
  const { user, groups } = mapOf(inputs['impersonate']);
  if (textOf(user).trim() === '') return 'incomplete';
  return { user: textOf(user), groups: listOf(groups).flatMap((group) => (textOf(group) === '' ? [] : [textOf(group)])) };
}
