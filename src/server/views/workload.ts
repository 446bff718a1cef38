import type { OperationOutput } from '../../contract/index.ts';
import type { DeclaredWorkload } from '../../core/index.ts';

type WorkloadView = OperationOutput<'files.validate'>['workloads'][number];

/** A workload in short. */
export function showWorkload(workload: DeclaredWorkload): WorkloadView {
  return {
    name: workload.name,
    file: workload.origin.file,
    digest: workload.digest,
    containers: showContainers(workload),
    needs: Object.values(workload.needs).map(({ name, type, class: className, id }) => ({
      name,
      type,
      class: className,
      ...(id !== undefined && { id }),
    })),
  };
}

export function showContainers({ containers }: DeclaredWorkload): WorkloadView['containers'] {
  return Object.entries(containers).map(([name, { image }]) => ({ name, image }));
}
