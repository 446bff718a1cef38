export { openCluster } from './client/open-cluster.ts';
export { createKubernetesTarget } from './target.ts';
