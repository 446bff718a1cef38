export type { ExecPolicy } from './client/exec-credential.ts';
export { openCluster } from './client/open-cluster.ts';
export { createKubernetesTarget } from './target.ts';
