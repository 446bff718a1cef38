import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiServer } from './call.ts';

const execute = promisify(execFile);

/** A cluster of the user's, as its kubeconfig says; it goes on when the tests end. */
export interface GivenCluster extends ApiServer {
  readonly kubeconfig: string;
  /** It writes none for the tests. */
  readonly auditLog?: never;
  stop(): Promise<void>;
}

interface View {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: Readonly<Partial<Record<'token' | 'client-certificate-data' | 'client-key-data', string>>> }[];
}

/** The kubeconfig of a cluster that is to be used instead of one of the tests' own. */
export function findGiven(): string | undefined {
  return process.env['KUBECONFIG_TEST'] || undefined;
}

/**
 * Reads how a given cluster is reached, by the current context of its kubeconfig.
 * Rule: a token, or a certificate of the client; nothing is run to get one.
 */
export async function openGiven(path: string): Promise<GivenCluster> {
  const flags = ['config', 'view', '--kubeconfig', path, '--raw', '--minify', '--flatten', '--output=json'];
  const { stdout } = await execute('kubectl', flags);
  const view: View = JSON.parse(stdout);
  const [cluster, user] = [view.clusters[0]?.cluster, view.users[0]?.user];
  const token = user?.token;
  const pair = { certificate: decode(user?.['client-certificate-data']), key: decode(user?.['client-key-data']) };
  if (!cluster || !user || (token === undefined && pair.key === '')) throw new Error(`${path} has no token and no client certificate.`);
  const folder = await mkdtemp(join(tmpdir(), 'tutti-given-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, describe(cluster, user), { mode: 0o600 });
  const access = { url: cluster.server, certificate: decode(cluster['certificate-authority-data']) };
  const stop = () => rm(folder, { recursive: true, force: true });
  return { ...access, kubeconfig, stop, ...(token === undefined ? { client: pair } : { token }) };
}

function decode(text = ''): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** With the names that the tests' own cluster has. */
function describe(cluster: object, user: object): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
}
