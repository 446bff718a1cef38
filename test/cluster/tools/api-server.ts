import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { call, type ApiServer } from './call.ts';
import { apiServer, etcd } from './go-programs.ts';
import { endLeftovers, folderPrefix, recordChildren } from './leftovers.ts';

/** A Kubernetes API server on the loopback, with nothing behind it: no controllers, no nodes. */
export interface RunningApiServer extends ApiServer {
  /** The path of a kubeconfig that says the same, for other clients. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

const startMsMax = 60_000;

/** Builds what is missing, starts etcd and the API server, and waits until it is ready. */
export async function startApiServer(log: (line: string) => void): Promise<RunningApiServer> {
  await endLeftovers();
  const programs = { etcd: await build(etcd, log), apiServer: await build(apiServer, log) };
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
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
    await recordChildren(folder, children);
    const certificate = await untilReady({ folder, port: secure, token, children });
    const access = { url: `https://127.0.0.1:${secure}`, token, certificate, kubeconfig: join(folder, 'kubeconfig') };
    await writeKubeconfig(access);
    return { ...access, stop };
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

/** JSON is YAML too. */
async function writeKubeconfig({ url, token, certificate, kubeconfig }: Omit<RunningApiServer, 'stop'>): Promise<void> {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') };
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
  await writeFile(kubeconfig, text, { mode: 0o600 });
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
