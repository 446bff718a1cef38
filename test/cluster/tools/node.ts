import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.ts';
import type { RunningApiServer } from './api-server.ts';
import { bridge } from './bridge.ts';
import { call } from './call.ts';
import { coredns, kubelet, kubeProxy } from './go-programs.ts';
import { busyboxImage, makeImage, nodeImage, pauseImage, type ImageSettings, type LocalImage } from './images.ts';
import { listMissing } from './node-needs.ts';
import { findPorts, type Processes } from './processes.ts';
import { postgresImage, redisImage } from './server-images.ts';

const execute = promisify(execFile);

/** This machine answers to it already. */
const nodeName = 'localhost';

/** Starts a node that runs pods on this machine: containerd, a kubelet, service addresses and names. Says why not, where it cannot. */
export async function startNode(processes: Processes, server: RunningApiServer, log: (line: string) => void): Promise<string | undefined> {
  const why = await listMissing(log);
  if (why !== undefined) return why;
  const programs = { kubelet: await build(kubelet, log), proxy: await build(kubeProxy, log), dns: await build(coredns, log) };
  const socket = socketOf(processes.folder);
  await startContainerd(processes, socket);
  for (const image of [pauseImage, busyboxImage, nodeImage, postgresImage, redisImage]) await importImage(socket, image);
  await startKubelet(processes, server, { program: programs.kubelet, socket });
  await startProxy(processes, server, programs.proxy);
  await startFirstPod(processes, server);
  await startDns(processes, server, programs.dns);
  return undefined;
}

/** Where containerd of a cluster listens. */
export function socketOf(folder: string): string {
  return join(folder, 'containerd.sock');
}

async function startContainerd(processes: Processes, socket: string): Promise<void> {
  const { folder } = processes;
  const cni = join(folder, 'cni');
  await mkdir(cni);
  await writeFile(join(cni, '10-bridge.conflist'), JSON.stringify(describeNetwork(folder)));
  const config = join(folder, 'containerd.toml');
  await writeFile(config, describeContainerd(folder, socket, cni));
  await processes.start('containerd', 'containerd', ['--config', config]);
  await processes.until('containerd', async () => {
    await execute('ctr', ['--address', socket, 'version']);
    return true;
  });
}

function describeNetwork(folder: string) {
  const ipam = { type: 'host-local', ranges: [[{ subnet: bridge.subnet }]], routes: [{ dst: '0.0.0.0/0' }], dataDir: join(folder, 'ipam') };
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      { type: 'bridge', bridge: bridge.name, isGateway: true, ipMasq: true, hairpinMode: true, ipam },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

function describeContainerd(folder: string, socket: string, cni: string): string {
  const plugin = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "${folder}/containerd"
state = "${folder}/containerd-state"
[grpc]
  address = "${socket}"
[${plugin}]
  sandbox_image = "${pauseImage.name}"
  restrict_oom_score_adj = true
  [${plugin}.cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cni}"
  [${plugin}.containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
`;
}

/** Makes an image, and others of the same files, and gives them to the node. */
export async function importImage(socket: string, image: LocalImage, others: readonly ImageSettings[] = []): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-image-'));
  const archive = join(folder, 'image.tar');
  try {
    await makeImage(image, archive, others);
    await execute('ctr', ['--address', socket, '--namespace', 'k8s.io', 'images', 'import', archive]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Kubelet {
  readonly program: string;
  readonly socket: string;
}

async function startKubelet(processes: Processes, server: RunningApiServer, { program, socket }: Kubelet): Promise<void> {
  const { folder } = processes;
  const [port = 0] = await findPorts(1);
  const config = join(folder, 'kubelet.json');
  await writeFile(config, JSON.stringify(describeKubelet(socket, port)));
  await processes.start('kubelet', program, [
    `--config=${config}`,
    `--kubeconfig=${server.partsKubeconfig}`,
    `--hostname-override=${nodeName}`,
    `--root-dir=${folder}/kubelet`,
    `--cert-dir=${folder}/kubelet-certs`,
  ]);
  await processes.until('kubelet', async () => {
    const { body } = await call(server, 'GET', `/api/v1/nodes/${nodeName}`);
    const conditions: readonly { readonly type: string; readonly status: string }[] = Object(body).status?.conditions ?? [];
    return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  });
}

function describeKubelet(socket: string, port: number) {
  return {
    kind: 'KubeletConfiguration',
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    address: '127.0.0.1',
    port,
    healthzPort: 0,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    containerRuntimeEndpoint: `unix://${socket}`,
    clusterDNS: [bridge.address],
    clusterDomain: 'cluster.local',
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'nodefs.inodesFree': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    // Tests do not wait for what they need not.
    syncFrequency: '5s',
    crashLoopBackOff: { maxContainerRestartPeriod: '2s' },
  };
}

async function startProxy(processes: Processes, server: RunningApiServer, program: string): Promise<void> {
  const [health = 0, metrics = 0] = await findPorts(2);
  await processes.start('kube-proxy', program, [
    `--kubeconfig=${server.partsKubeconfig}`,
    '--proxy-mode=iptables',
    `--cluster-cidr=${bridge.subnet}`,
    `--hostname-override=${nodeName}`,
    '--conntrack-max-per-core=0',
    `--healthz-bind-address=127.0.0.1:${health}`,
    `--metrics-bind-address=127.0.0.1:${metrics}`,
  ]);
}

/** The bridge comes with the first pod, and names are answered on its address. */
async function startFirstPod(processes: Processes, server: RunningApiServer): Promise<void> {
  const spec = {
    nodeName,
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'first', image: busyboxImage.name, imagePullPolicy: 'IfNotPresent' }],
  };
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'first' }, spec };
  await call(server, 'POST', '/api/v1/namespaces/default/pods', { body });
  await processes.until('kubelet', async () => {
    const answer = await call(server, 'GET', '/api/v1/namespaces/default/pods/first');
    return Object(answer.body).status?.phase === 'Running';
  });
}

async function startDns(processes: Processes, server: RunningApiServer, program: string): Promise<void> {
  const config = join(processes.folder, 'Corefile');
  await writeFile(
    config,
    `.:53 {
  bind ${bridge.address}
  kubernetes cluster.local {
    endpoint ${server.url}
    kubeconfig ${server.partsKubeconfig} test
    ttl 1
  }
  errors
}
`,
  );
  await processes.start('coredns', program, ['-conf', config]);
}
