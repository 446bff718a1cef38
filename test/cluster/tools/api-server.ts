import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { apiServer, etcd } from './go-programs.ts';

/** A Kubernetes API server on the loopback, with nothing behind it: no controllers, no nodes. */
export interface RunningApiServer {
  readonly url: string;
  readonly token: string;
  readonly certificate: string;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const startMsMax = 60_000;

/** Builds what is missing, starts etcd and the API server, and waits until it is ready. */
export async function startApiServer(log: (line: string) => void): Promise<RunningApiServer> {
  const programs = { etcd: await build(etcd, log), apiServer: await build(apiServer, log) };
  const folder = await mkdtemp(join(tmpdir(), 'tutti-cluster-'));
  const [client, peer, secure] = await findPorts(3);
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await endChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const token = randomBytes(24).toString('hex');
    await writeFile(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(join(folder, 'account.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    children.push(startChild(programs.etcd, etcdFlags(folder, client, peer), join(folder, 'etcd.log')));
    children.push(startChild(programs.apiServer, serverFlags(folder, client, secure), join(folder, 'api-server.log')));
    const certificate = await untilReady({ folder, port: secure, token, children });
    return { url: `https://127.0.0.1:${secure}`, token, certificate, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function etcdFlags(folder: string, client: number, peer: number): readonly string[] {
  const [clients, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    '--unsafe-no-fsync',
  ];
}

function serverFlags(folder: string, etcdPort: number, port: number): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'account.key')}`,
    `--service-account-signing-key-file=${join(folder, 'account.key')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--allow-privileged=true',
    // Without controllers no namespace gets its service account, and every pod would be refused.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

function startChild(path: string, flags: readonly string[], logFile: string): ChildProcess {
  const child = spawn(path, [...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const sink = createWriteStream(logFile);
  child.stdout?.pipe(sink);
  child.stderr?.pipe(sink);
  return child;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

interface Starting {
  readonly folder: string;
  readonly port: number;
  readonly token: string;
  readonly children: readonly ChildProcess[];
}

async function untilReady({ folder, port, token, children }: Starting): Promise<string> {
  const deadline = Date.now() + startMsMax;
  while (Date.now() < deadline) {
    if (children.some((child) => child.exitCode !== null)) break;
    const certificate = await readFile(join(folder, 'certs', 'apiserver.crt'), 'utf8').catch(() => undefined);
    if (certificate !== undefined) {
      const server = { url: `https://127.0.0.1:${port}`, token, certificate };
      const answer = await call(server, 'GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) return certificate;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const log = await readFile(join(folder, 'api-server.log'), 'utf8').catch(() => '');
  throw new Error(`The API server did not become ready. The end of its log:\n${log.slice(-2000)}`);
}

const agents = new Map<string, Agent>();

/** One request; the certificate is the server's own, which it made for itself. */
export function call(
  { url, token, certificate }: Pick<RunningApiServer, 'url' | 'token' | 'certificate'>,
  method: string,
  path: string,
  { body, type = 'application/json' }: { readonly body?: unknown; readonly type?: string } = {},
): Promise<Answer> {
  const agent = agents.get(certificate) ?? new Agent({ ca: certificate, keepAlive: true, checkServerIdentity: () => undefined });
  agents.set(certificate, agent);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...(text !== undefined && { 'content-type': type }) };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers, timeout: 30_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }));
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function findPorts(count: number): Promise<readonly [number, number, number]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [first = 0, second = 0, third = 0] = ports;
  return [first, second, third];
}
