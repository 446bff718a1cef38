import { splitUid, workloadType, type Uid } from '../../../core/index.ts';

/** `the workload "web"`, `the resource postgres.default#api.db`. */
export function nameNode(node: Uid): string {
  const parts = splitUid(node);
  return parts?.type === workloadType ? `the workload "${parts.id}"` : `the resource ${node}`;
}
