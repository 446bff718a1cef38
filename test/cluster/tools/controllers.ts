import { build, fetchFiles } from './build.ts';
import type { RunningApiServer } from './api-server.ts';
import { call } from './call.ts';
import { controllerManager, kwok, kwokStages, scheduler } from './go-programs.ts';
import { findPorts, type Processes } from './processes.ts';

/** With the default of 20, two hundred pods take nine seconds. */
const requestsPerSecond = 300;

/** Starts what makes pods of Deployments and gives them nodes. */
export async function startControllers(processes: Processes, server: RunningApiServer, log: (line: string) => void): Promise<void> {
  const programs = { manager: await build(controllerManager, log), scheduler: await build(scheduler, log) };
  const [managerPort = 0, schedulerPort = 0] = await findPorts(2);
  const { partsKubeconfig: kubeconfig } = server;
  await processes.start('kube-controller-manager', programs.manager, [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${server.accountKey}`,
    '--use-service-account-credentials',
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${managerPort}`,
    `--cert-dir=${processes.folder}/controller-manager`,
    `--kube-api-qps=${requestsPerSecond}`,
    `--kube-api-burst=${requestsPerSecond}`,
  ]);
  await processes.start('kube-scheduler', programs.scheduler, [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${schedulerPort}`,
    `--cert-dir=${processes.folder}/scheduler`,
    `--kube-api-qps=${requestsPerSecond}`,
    `--kube-api-burst=${requestsPerSecond}`,
  ]);
}

/** What pods say that want to be on a node that runs nothing. */
export const fakeNode = { label: { 'tutti.dev/fake': 'yes' }, taint: 'tutti.dev/fake' } as const;

/** Starts what plays the nodes that run nothing, and adds some: pods on them are ready at once. */
export async function startFakeNodes(processes: Processes, server: RunningApiServer, log: (line: string) => void): Promise<void> {
  const program = await build(kwok, log);
  const stages = await fetchFiles(kwokStages);
  await processes.start('kwok', program, [
    `--kubeconfig=${server.partsKubeconfig}`,
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--cidr=10.200.0.0/16',
    ...stages.map((path) => `--config=${path}`),
  ]);
  for (const name of ['fake-1', 'fake-2']) {
    const body = makeNode(name);
    const { status } = await call(server, 'POST', '/api/v1/nodes', { body });
    if (status !== 201) throw new Error(`The node ${name} was not made: status ${status}.`);
  }
}

function makeNode(name: string) {
  const resources = { cpu: '1000', memory: '1000Gi', pods: '10000' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: fakeNode.label, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    spec: { taints: [{ key: fakeNode.taint, effect: 'NoSchedule' }] },
    status: { capacity: resources, allocatable: resources },
  };
}
