import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { harmless } from './paint.ts';
import { formatTable } from './table.ts';

type PlatformSummary = OperationOutput<'releases.validate'>;

/** What a platform configuration holds. */
export function describePlatform(summary: PlatformSummary, output: Pick<Output, 'paint'>): string {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['Resource types', summary.resourceTypes],
    ['Profiles', summary.profiles],
    ['Environment types', summary.environmentTypes],
    ['Projects', summary.projects],
    ['Targets', summary.targets.map(({ name, type }) => `${name} (${type})`)],
    ['Secret stores', summary.secretStores],
  ];
  const lines = lists.filter(([, names]) => names.length > 0).map(([title, names]) => `${title}: ${harmless(names.join(', '))}`);
  const rows = summary.definitions.map((each) => [each.name, each.type, each.driver, each.tier]);
  return [...(rows.length > 0 ? [formatTable(['DEFINITION', 'TYPE', 'DRIVER', 'TIER'], rows, output)] : []), lines.join('\n')].join('\n\n');
}
