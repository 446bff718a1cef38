import { isAbsolute, join, basename } from 'node:path';
import type { Json, JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import type { Connection } from './connection.ts';
import { runPlugin } from './run-plugin.ts';
import { readJson } from './status.ts';

/** Programs that give credentials and may be run; the operator of this process says which. */
export interface ExecPolicy {
  /** Absolute paths. */
  readonly programs: readonly string[];
  /** What they see of the environment, besides what the kubeconfig gives them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that a kubeconfig may give them: with others it could make them run something else. */
  readonly settable: readonly string[];
  readonly timeoutMs: number;
  /** ISO 8601. */
  readonly now: () => string;
}

/** What a kubeconfig says of a program; relative paths in it begin at its file's folder. */
export interface ExecRequest {
  readonly exec: JsonObject;
  readonly folder: string;
  readonly home: string;
  /** The cluster that the credentials are for. */
  readonly server: JsonObject;
}

/** Tokens of a program, or why there are none: a part of a sentence. */
export type ExecSource = Required<Pick<Connection, 'readToken' | 'forgetToken'>> | { readonly problem: string };

const versions: readonly string[] = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/**
 * Gets tokens from the program of a kubeconfig.
 * Rule: only programs that are allowed, by their own path and never by a search; a token is kept until it expires or is refused. The first is
 * fetched at once, so that what does not work is known before anything is asked of the cluster.
 */
export async function openExec(request: ExecRequest, policy: ExecPolicy | undefined): Promise<ExecSource> {
  const call = describeCall(request, policy);
  if ('problem' in call || !policy) return { problem: 'problem' in call ? call.problem : refused };
  const tokens = keepToken(async () => {
    const end = await runPlugin({ ...call, timeoutMs: policy.timeoutMs });
    return end.kind === 'failed' ? { problem: end.problem } : readCredential(end.output);
  }, policy.now);
  const first = await tokens.read();
  const name = basename(call.path);
  if ('problem' in first) return { problem: `gets its credentials from the program "${name}", which ${first.problem}.` };
  return {
    readToken: async () => {
      const credential = await tokens.read();
      if ('problem' in credential) throw new Error(`the program "${name}", which gives the credentials, ${credential.problem}`);
      return credential.token;
    },
    forgetToken: tokens.forget,
  };
}

const refused =
  'gets its credentials from a program, which is not run here. Use a token or a certificate, or let the operator of tutti allow the program with TUTTI_KUBERNETES_EXEC.';

interface Call {
  readonly path: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
}

function describeCall({ exec, folder, home, server }: ExecRequest, policy: ExecPolicy | undefined): Call | { readonly problem: string } {
  const path = findProgram(textOf(exec['command']), folder, policy?.programs ?? []);
  if (path === undefined || !policy) return { problem: refused };
  const version = textOf(exec['apiVersion']);
  if (!versions.includes(version)) return { problem: `asks its program for credentials in "${version}", and only ${versions[0]} is read.` };
  if (exec['interactiveMode'] === 'Always')
    return { problem: 'gets its credentials from a program that asks somebody, and nobody is there.' };
  const given = listOf(exec['env']).map(mapOf);
  const other = given.map(({ name }) => textOf(name)).find((name) => !policy.settable.includes(name));
  if (other !== undefined)
    return {
      problem: `gives its program the variable "${other}", which the operator of tutti has not allowed in TUTTI_KUBERNETES_EXEC_ENV.`,
    };
  const info = {
    apiVersion: version,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec['provideClusterInfo'] === true && { cluster: describeServer(server) }) },
  };
  const variables = Object.fromEntries(given.map(({ name, value }) => [textOf(name), textOf(value)]));
  return {
    path,
    args: listOf(exec['args']).map(textOf),
    variables: { ...policy.variables, ...variables, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    folder: home,
  };
}

/** A name means the one program that is allowed and called so; a path means itself. */
function findProgram(command: string, folder: string, programs: readonly string[]): string | undefined {
  if (command === '') return undefined;
  if (!command.includes('/')) return programs.find((path) => basename(path) === command);
  const path = isAbsolute(command) ? command : join(folder, command);
  return programs.find((each) => each === path);
}

function describeServer(server: JsonObject): JsonObject {
  const told = ['server', 'tls-server-name', 'certificate-authority-data', 'proxy-url'];
  const extension = listOf(server['extensions'])
    .map(mapOf)
    .find(({ name }) => name === 'client.authentication.k8s.io/exec');
  const entries = Object.entries(server).filter(([name]) => told.includes(name));
  return { ...Object.fromEntries(entries), ...(extension && { config: extension['extension'] ?? null }) };
}

interface Credential {
  readonly token: string;
  /** In ms since the epoch; absent: until it is refused. */
  readonly expiresAt?: number;
}

type Fetched = Credential | { readonly problem: string };

/** What a program wrote. Source: ExecCredential of client.authentication.k8s.io/v1. */
export function readCredential(output: string): Fetched {
  const credential = readJson({ text: output });
  if (credential['kind'] !== 'ExecCredential') return { problem: 'wrote no ExecCredential' };
  const status = mapOf(credential['status']);
  const token = textOf(status['token']).trim();
  if (token === '') return { problem: 'gave no token; certificates of programs are not used' };
  if (!/^[\x21-\x7e]+$/.test(token)) return { problem: 'gave a token that no request can carry' };
  const expiresAt = readTime(status['expirationTimestamp']);
  return { token, ...(expiresAt !== undefined && { expiresAt }) };
}

function readTime(value: Json | undefined): number | undefined {
  const ms = Date.parse(textOf(value));
  return Number.isNaN(ms) ? undefined : ms;
}

/** A token is exchanged a little before it ends: it has to last for the way. */
const earlyMs = 30_000;

/** Keeps a token for as long as it is good; whoever asks meanwhile waits for the same run. */
function keepToken(fetch: () => Promise<Fetched>, now: () => string) {
  let kept: Credential | undefined;
  let running: Promise<Fetched> | undefined;
  const renew = async (): Promise<Fetched> => {
    const fetched = await fetch();
    kept = 'token' in fetched ? fetched : undefined;
    running = undefined;
    return fetched;
  };
  return {
    read: async (): Promise<Fetched> => {
      const isGood = kept && (kept.expiresAt === undefined || Date.parse(now()) < kept.expiresAt - earlyMs);
      if (kept && isGood) return kept;
      running ??= renew();
      return running;
    },
    /** Of a token that was refused; one that was exchanged meanwhile stays. */
    forget: (token: string | undefined): void => {
      if (kept?.token === token) kept = undefined;
    },
  };
}
