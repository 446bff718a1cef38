import { showValue, type DeploymentSnapshot } from '../../core/index.ts';
import { listObjects, listResources } from '../prepare/prepare.ts';
import type { Run } from './carry-out.ts';

/** What was deployed, for diff and rollback. Secrets are hidden. */
export function takeSnapshot(run: Run): DeploymentSnapshot {
  const { prepared, loaded } = run;
  return {
    release: loaded.inputs.release,
    values: loaded.inputs.values,
    workloads: prepared.workloads,
    resources: listResources(prepared).map((node) => ({
      uid: node.uid,
      definition: node.match.name,
      digest: node.match.digest,
    })),
    objects: listObjects(prepared).map((object) => ({ key: object.key, hash: object.hash, body: showValue(object.body) })),
  };
}
