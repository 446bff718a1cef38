import { join } from 'node:path';
import type { Connection } from './connection.ts';
import type { KubeconfigHost } from './kubeconfig.ts';

const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The account of the pod that this process runs in; nothing where it runs in none. */
export async function readAccount({ env, readText }: KubeconfigHost): Promise<Connection | undefined> {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT']];
  if (!host || !port) return undefined;
  const ca = await readText(join(accountFolder, 'ca.crt'));
  if (ca === undefined) return undefined;
  const address = host.includes(':') ? `[${host}]` : host;
  return { url: `https://${address}:${port}`, ca, readToken: async () => (await readText(join(accountFolder, 'token')))?.trim() };
}
