import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { formatTable } from './table.ts';
import { showTime } from './time.ts';

type Environment = OperationOutput<'environments.show'>;

export function describeEnvironments(environments: readonly Environment[], output: Pick<Output, 'paint'>): string {
  if (environments.length === 0) return 'No environments yet. Create one with `tutti env create NAME`.';
  const rows = environments.map((each) => [
    each.environment,
    each.type,
    String(each.release),
    Object.entries(each.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
    showTime(each.createdAt),
  ]);
  return formatTable(['ENVIRONMENT', 'TYPE', 'RELEASE', 'LABELS', 'CREATED'], rows, output);
}
