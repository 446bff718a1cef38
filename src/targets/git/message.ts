import type { DeploymentFacts } from '../../core/index.ts';

/** What a commit changes, in numbers. */
export interface CommitCounts {
  readonly written: number;
  readonly removed: number;
}

/**
 * Writes the message of a deployment's commit, with trailers that programs read.
 * Rule: no text from outside can add a line of its own to the trailers.
 */
export function writeMessage(deployment: DeploymentFacts, counts: CommitCounts): string {
  const { project, environment, number, reason } = deployment;
  const paragraphs = [
    `Deploy ${project}/${environment}: number ${number}`,
    describeCounts(counts),
    toLine(reason),
    writeTrailers(deployment).join('\n'),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function describeCounts({ written, removed }: CommitCounts): string {
  return `${written} ${written === 1 ? 'object' : 'objects'} written, ${removed} removed.`;
}

function writeTrailers(deployment: DeploymentFacts): readonly string[] {
  const { id, number, project, environment, plan, release, requester, workloads } = deployment;
  return [
    `Tutti-Deployment: ${number}`,
    `Tutti-Deployment-Id: ${toLine(id)}`,
    `Tutti-Environment: ${project}/${environment}`,
    `Tutti-Plan: ${toLine(plan)}`,
    `Tutti-Release: ${release}`,
    `Tutti-Requester: ${toLine(requester)}`,
    ...workloads.map(({ name, digest }) => `Tutti-Workload-Digest: ${toLine(name)} ${toLine(digest)}`).toSorted(),
  ];
}

/** The line by which the commit of a deployment is found again. */
export function identifyCommit({ id }: DeploymentFacts): string {
  return `Tutti-Deployment-Id: ${toLine(id)}`;
}

function toLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
