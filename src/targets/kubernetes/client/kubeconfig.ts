import { isAbsolute, join } from 'node:path';
import { diagnose, fail, parseYaml, succeed, type Json, type JsonObject, type Outcome } from '../../../core/index.ts';
import { mapOf, textOf } from '../fields.ts';
import type { Connection } from './connection.ts';
import { openExec, type ExecPolicy } from './exec-credential.ts';

/** How files and variables are reached; handed in, so that tests need neither. */
export interface KubeconfigHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Nothing where there is none. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** Programs that may be run for credentials; absent: none. */
  readonly exec?: ExecPolicy;
}

export interface Choice {
  readonly context?: string;
  readonly kubeconfig?: string;
}

/**
 * Reads how a cluster is reached from kubeconfig files.
 * Rule: the file that is named, else those of KUBECONFIG, else `~/.kube/config`; of several the first that says a thing counts. Programs that
 * give credentials are run where the operator allows it. Contents never get into a problem.
 * Reports: T6214.
 */
export async function readKubeconfig({ context, kubeconfig }: Choice, host: KubeconfigHost): Promise<Outcome<Connection> | undefined> {
  const paths = kubeconfig === undefined ? listPaths(host) : [kubeconfig];
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const text = await host.readText(path);
    const [document] = text === undefined ? [] : (parseYaml(path, text).value ?? []);
    if (document) files.push({ path, config: mapOf(document.value) });
  }
  if (files.length === 0) return kubeconfig === undefined ? undefined : fail(noWay(`There is no kubeconfig "${kubeconfig}".`));
  const name = context ?? files.map(({ config }) => textOf(config['current-context'])).find((each) => each !== '');
  if (name === undefined) return fail(noWay('The kubeconfig has no current context; name one in the target.'));
  return connect(files, name, host);
}

interface ConfigFile {
  readonly path: string;
  readonly config: JsonObject;
}

function listPaths({ env, home }: KubeconfigHost): readonly string[] {
  const named = (env['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  return named.length > 0 ? named : [join(home, '.kube', 'config')];
}

function noWay(detail: string) {
  return diagnose('T6214', { detail });
}

interface Entry {
  readonly value: JsonObject;
  /** Relative paths in it begin at its file. */
  readonly folder: string;
}

function findEntry(files: readonly ConfigFile[], list: string, name: string): Entry | undefined {
  for (const { path, config } of files) {
    const entries: readonly Json[] = Array.isArray(config[list]) ? config[list] : [];
    const found = entries.map(mapOf).find((each) => each['name'] === name);
    if (found) return { value: found, folder: join(path, '..') };
  }
  return undefined;
}

async function connect(files: readonly ConfigFile[], name: string, host: KubeconfigHost): Promise<Outcome<Connection>> {
  const context = mapOf(findEntry(files, 'contexts', name)?.value['context']);
  const cluster = findEntry(files, 'clusters', textOf(context['cluster']));
  if (!cluster) return fail(noWay(`The kubeconfig has no context "${name}" with a cluster.`));
  const user = findEntry(files, 'users', textOf(context['user']));
  const server = mapOf(cluster.value['cluster']);
  const account: Account = { entry: mapOf(user?.value['user']), folder: user?.folder ?? '' };
  const refusal = refuse(server, account.entry);
  if (refusal !== undefined) return fail(noWay(`The context "${name}" ${refusal}`));
  const certificates = await readCertificates({ entry: server, folder: cluster.folder }, account, host);
  const tokens = await openTokens(account, describeServer(server, certificates.ca), host);
  if ('problem' in tokens) return fail(noWay(`The context "${name}" ${tokens.problem}`));
  const serverName = textOf(server['tls-server-name']);
  return succeed({
    url: urlOf(server),
    ...certificates,
    ...(serverName !== '' && { serverName }),
    ...tokens,
  });
}

/** With the certificate itself in place of its file. */
function describeServer(server: JsonObject, ca: string | undefined): JsonObject {
  return ca === undefined ? server : { ...server, 'certificate-authority-data': Buffer.from(ca, 'utf8').toString('base64') };
}

async function openTokens(account: Account, server: JsonObject, host: KubeconfigHost): Promise<Tokens> {
  const { exec } = account.entry;
  if (exec === undefined) return { readToken: () => readToken(account, host) };
  return openExec({ exec: mapOf(exec), folder: account.folder, home: host.home, server }, host.exec);
}

type Tokens = Pick<Connection, 'readToken' | 'forgetToken'> | { readonly problem: string };

/** An entry of a kubeconfig; relative paths in it begin at its file's folder. */
interface Account {
  readonly entry: JsonObject;
  readonly folder: string;
}

function urlOf(server: JsonObject): string {
  return textOf(server['server']).replace(/\/+$/, '');
}

/** Why a context is not used, or nothing. */
function refuse(server: JsonObject, account: JsonObject): string | undefined {
  if (!urlOf(server).startsWith('https://')) return 'has a cluster whose address does not begin with https://.';
  if (server['insecure-skip-tls-verify'] === true)
    return 'asks for a connection that is not verified; give it the certificate of its authority.';
  if (account['auth-provider'] !== undefined)
    return 'gets its credentials from a provider of kubectl itself, which is not known here. Use a token, a certificate or `exec`.';
  return undefined;
}

async function readCertificates(server: Account, account: Account, host: KubeconfigHost): Promise<Pick<Connection, 'ca' | 'cert' | 'key'>> {
  const [ca, cert, key] = await Promise.all([
    readPart(server, 'certificate-authority', host),
    readPart(account, 'client-certificate', host),
    readPart(account, 'client-key', host),
  ]);
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}

/** A part that stands in the file itself, in base64, or in a file of its own. */
async function readPart({ entry, folder }: Account, name: string, host: KubeconfigHost): Promise<string | undefined> {
  const data = textOf(entry[`${name}-data`]);
  if (data !== '') return Buffer.from(data, 'base64').toString('utf8');
  const path = textOf(entry[name]);
  return path === '' ? undefined : host.readText(isAbsolute(path) ? path : join(folder, path));
}

/** Read anew for each request: tokens in files are exchanged while we run. */
async function readToken({ entry, folder }: Account, host: KubeconfigHost): Promise<string | undefined> {
  const path = textOf(entry['tokenFile']);
  if (path !== '') return (await host.readText(isAbsolute(path) ? path : join(folder, path)))?.trim();
  const token = textOf(entry['token']);
  return token === '' ? undefined : token;
}
