/** A program that is built from a published Go module. */
export interface GoProgram {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** The main package. */
  readonly main: string;
  /** Version that modules get which the module itself takes from folders beside it. */
  readonly staging?: string;
  readonly linkerFlags?: readonly string[];
}

const kubernetes = {
  module: 'k8s.io/kubernetes',
  version: 'v1.36.3',
  staging: 'v0.36.3',
  linkerFlags: [
    '-X k8s.io/component-base/version.gitVersion=v1.36.3',
    '-X k8s.io/component-base/version.gitMajor=1',
    '-X k8s.io/component-base/version.gitMinor=36',
  ],
} as const;

export const etcd: GoProgram = {
  name: 'etcd',
  module: 'go.etcd.io/etcd/server/v3',
  version: 'v3.6.13',
  main: 'go.etcd.io/etcd/server/v3',
};

export const apiServer: GoProgram = { ...kubernetes, name: 'kube-apiserver', main: 'k8s.io/kubernetes/cmd/kube-apiserver' };

/** What makes a whole cluster of an API server: the controllers, a scheduler, and what a node runs. */
export const controllerManager: GoProgram = {
  ...kubernetes,
  name: 'kube-controller-manager',
  main: 'k8s.io/kubernetes/cmd/kube-controller-manager',
};

export const scheduler: GoProgram = { ...kubernetes, name: 'kube-scheduler', main: 'k8s.io/kubernetes/cmd/kube-scheduler' };

export const kubelet: GoProgram = { ...kubernetes, name: 'kubelet', main: 'k8s.io/kubernetes/cmd/kubelet' };

export const kubeProxy: GoProgram = { ...kubernetes, name: 'kube-proxy', main: 'k8s.io/kubernetes/cmd/kube-proxy' };

export const kubectl: GoProgram = { ...kubernetes, name: 'kubectl', main: 'k8s.io/kubernetes/cmd/kubectl' };

export const helm: GoProgram = { name: 'helm', module: 'helm.sh/helm/v4', version: 'v4.3.1', main: 'helm.sh/helm/v4/cmd/helm' };

/** Nodes that run nothing: pods on them are ready at once. */
export const kwok: GoProgram = { name: 'kwok', module: 'sigs.k8s.io/kwok', version: 'v0.8.0', main: 'sigs.k8s.io/kwok/cmd/kwok' };

export const coredns: GoProgram = {
  name: 'coredns',
  module: 'github.com/coredns/coredns',
  version: 'v1.15.0',
  main: 'github.com/coredns/coredns',
};

export const dockerCompose: GoProgram = {
  name: 'docker-compose',
  module: 'github.com/docker/compose/v2',
  version: 'v2.40.3',
  main: 'github.com/docker/compose/v2/cmd',
  linkerFlags: ['-X github.com/docker/compose/v2/internal.Version=v2.40.3'],
};

/** Definitions of custom resources that a published Go module holds. */
export interface GoFiles {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Paths within the module. */
  readonly files: readonly string[];
}

/** How pods and nodes that run nothing behave. */
export const kwokStages: GoFiles = {
  name: 'kwok-stages',
  module: kwok.module,
  version: kwok.version,
  files: [
    'kustomize/stage/node/fast/node-initialize.yaml',
    'kustomize/stage/node/heartbeat/node-heartbeat.yaml',
    ...['ready', 'complete', 'delete'].map((name) => `kustomize/stage/pod/fast/pod-${name}.yaml`),
  ],
};

/** The custom resources that the built-in platform and the examples render. */
export const customResources: readonly GoFiles[] = [
  {
    name: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.3.0',
    files: ['gateways', 'httproutes'].map((kind) => `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`),
  },
  {
    name: 'external-secrets',
    module: 'github.com/external-secrets/external-secrets',
    version: 'v0.20.4',
    files: ['config/crds/bases/external-secrets.io_externalsecrets.yaml'],
  },
  {
    name: 'cloudnative-pg',
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.27.0',
    files: ['config/crd/bases/postgresql.cnpg.io_clusters.yaml'],
  },
];
