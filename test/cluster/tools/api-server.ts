import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.ts';
import { call, type ApiServer } from './call.ts';
import { apiServer, etcd } from './go-programs.ts';
import { findPorts, type Processes } from './processes.ts';

/** A Kubernetes API server on the loopback. */
export interface RunningApiServer extends ApiServer {
  /** The path of a kubeconfig that says the same, for other clients. */
  readonly kubeconfig: string;
  /** The same for the cluster's own parts, which go by another name. */
  readonly partsKubeconfig: string;
  /** With what service accounts are signed. */
  readonly accountKey: string;
  /** A line for each request of the user `admin`. */
  readonly auditLog: string;
}

/** Builds what is missing, starts etcd and the API server, and waits until it is ready. */
export async function startApiServer(processes: Processes, log: (line: string) => void): Promise<RunningApiServer> {
  const programs = { etcd: await build(etcd, log), apiServer: await build(apiServer, log) };
  const { folder } = processes;
  const [client = 0, peer = 0, port = 0] = await findPorts(3);
  const [token, partsToken] = [randomBytes(24).toString('hex'), randomBytes(24).toString('hex')];
  const files = {
    accountKey: join(folder, 'account.key'),
    kubeconfig: join(folder, 'kubeconfig'),
    partsKubeconfig: join(folder, 'parts.kubeconfig'),
    auditLog: join(folder, 'audit.log'),
  };
  await writeSettings(folder, { token, partsToken, accountKey: files.accountKey });
  await processes.start('etcd', programs.etcd, etcdFlags(folder, client, peer));
  await processes.start('kube-apiserver', programs.apiServer, serverFlags(folder, client, port));
  const url = `https://127.0.0.1:${port}`;
  const certificatePath = join(folder, 'certs', 'apiserver.crt');
  await processes.until('kube-apiserver', async () => {
    const certificate = await readFile(certificatePath, 'utf8');
    return (await call({ url, token, certificate }, 'GET', '/readyz')).status === 200;
  });
  const access = { url, token, certificate: await readFile(certificatePath, 'utf8') };
  await writeKubeconfig(access, files.kubeconfig);
  await writeKubeconfig({ ...access, token: partsToken }, files.partsKubeconfig);
  return { ...access, ...files };
}

/** Requests of the tests' own user are written down, of nobody else: the controllers ask without end. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', users: ['admin'] }, { level: 'None' }],
};

interface Settings {
  readonly token: string;
  readonly partsToken: string;
  readonly accountKey: string;
}

async function writeSettings(folder: string, { token, partsToken, accountKey }: Settings): Promise<void> {
  const users = [`${token},admin,admin,system:masters`, `${partsToken},parts,parts,system:masters`];
  await writeFile(join(folder, 'tokens.csv'), `${users.join('\n')}\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(accountKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(join(folder, 'audit.json'), JSON.stringify(auditPolicy));
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
    `--audit-policy-file=${join(folder, 'audit.json')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--allow-privileged=true',
    // The node is on this machine, under a name that it has anyway.
    '--kubelet-preferred-address-types=Hostname',
    // Pods of the tests do not talk to the API server: they need no account, and none has to be there before them.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

/** JSON is YAML too. */
async function writeKubeconfig({ url, token, certificate }: ApiServer, path: string): Promise<void> {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') };
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
  await writeFile(path, text, { mode: 0o600 });
}
