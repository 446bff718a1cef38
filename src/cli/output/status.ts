import type { OperationOutput } from '../../client/index.ts';
import { describeHealth, showHealth } from './health.ts';
import type { Output } from './output.ts';
import { harmless } from './paint.ts';
import { formatTable } from './table.ts';
import { showTime } from './time.ts';

type Status = OperationOutput<'environments.status'>;

/** What runs in an environment, and what became of its last deployment. */
export function describeStatus(data: Status, { paint }: Pick<Output, 'paint'>): string {
  const { environment, target, workloads, resources } = data;
  const head = [
    `${paint.strong(harmless(`${environment.project}/${environment.environment}`))}  ${harmless(environment.type)}, platform release ${environment.release}${target ? `, target ${harmless(`${target.name} (${target.type})`)}` : ''}`,
    ...describeLast(data),
    ...(data.isPaused ? [`Paused; go on with: tutti unpause --project ${environment.project} --env ${environment.environment}`] : []),
    ...describeHealth(data.health, data.lastDeployment?.nextCommand),
  ].join('\n');
  const work = workloads.map((each) => [
    each.name,
    each.status,
    showHealth(each.health),
    each.containers.map(({ image }) => image).join(', '),
  ]);
  const used = resources.map((each) => [each.uid, each.status, each.definition, each.driver]);
  return [
    head,
    ...(work.length > 0 ? [formatTable(['WORKLOAD', 'STATUS', 'HEALTH', 'IMAGES'], work, { paint })] : []),
    ...(used.length > 0 ? [formatTable(['RESOURCE', 'STATUS', 'DEFINITION', 'DRIVER'], used, { paint })] : []),
  ].join('\n\n');
}

function describeLast({ environment, lastDeployment }: Status): readonly string[] {
  if (!lastDeployment) return ['Nothing was deployed yet.'];
  const { number, status, requester, createdAt, isInterrupted, location } = lastDeployment;
  const resume = `It was cut off; go on with: tutti resume --project ${environment.project} --env ${environment.environment}`;
  return [
    `Deployment ${number}: ${status}, by ${harmless(requester)} at ${showTime(createdAt)}`,
    ...(isInterrupted ? [resume] : []),
    ...(location === undefined ? [] : [`Result: ${harmless(location)}`]),
  ];
}
