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

export const dockerCompose: GoProgram = {
  name: 'docker-compose',
  module: 'github.com/docker/compose/v2',
  version: 'v2.40.3',
  main: 'github.com/docker/compose/v2/cmd',
  linkerFlags: ['-X github.com/docker/compose/v2/internal.Version=v2.40.3'],
};

/** Files that are taken from a published Go module. */
export interface GoFiles {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** The folder of the module that they lie in. */
  readonly folder: string;
}

/** The custom resources that the default platform renders. */
export const gatewayApi: GoFiles = {
  name: 'gateway-api',
  module: 'sigs.k8s.io/gateway-api',
  version: 'v1.3.0',
  folder: 'config/crd/standard',
};
