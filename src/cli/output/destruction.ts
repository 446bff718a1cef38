import type { EnvironmentName } from '../input/stored.ts';
import { harmless } from './paint.ts';

/** What became of a destroyed environment. */
export interface Remains {
  readonly gone: { readonly workloads: number; readonly resources: number; readonly objects: number };
  readonly keptResources: readonly string[];
  readonly keptObjects: readonly string[];
  /** Whether the target was asked for each object and said that it is gone. */
  readonly isVerified: boolean;
}

/** The report at the end of an environment. */
export function describeDestruction({ project, environment }: EnvironmentName, remains: Remains, deployed: string): string {
  const { gone, keptResources, keptObjects, isVerified } = remains;
  const kept = [...keptResources, ...keptObjects];
  const where = `--project ${project} --env ${environment}`;
  const lines = [
    `Gone: ${count(gone.workloads, 'workload')}, ${count(gone.resources, 'resource')}, ${count(gone.objects, 'object')}${isVerified ? ', each asked for' : ''}.`,
    ...(kept.length === 0 ? ['Kept: nothing.'] : ['Kept, with what they hold:', ...kept.map((each) => `  ${harmless(each)}`)]),
    ...(isVerified ? [] : ['Could not be verified: the target takes files, and cannot say what runs. Look there.']),
    kept.length === 0
      ? `The record stays. Delete it too:\n  tutti env delete ${environment} --project ${project}`
      : `Delete it all:\n  tutti destroy --delete-data ${where}`,
  ];
  return [deployed.split('\n')[0] ?? '', ...lines].join('\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
