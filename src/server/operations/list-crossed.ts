import type { EnvironmentRef } from '../../core/index.ts';
import type { RecordServices } from '../services.ts';

const pageLength = 100;

/** What deployments after one have begun and cannot be undone, the last first; also where they have failed. */
export async function listCrossed({ store }: Pick<RecordServices, 'store'>, ref: EnvironmentRef, to: number): Promise<readonly string[]> {
  const crossed: string[] = [];
  let before: number | undefined;
  for (;;) {
    const { value: page = [] } = await store.deployments.list(ref, { limit: pageLength, ...(before !== undefined && { before }) });
    const later = page.filter(({ number }) => number > to);
    crossed.push(...later.flatMap(({ number, irreversible }) => irreversible.map((name) => `${name} (deployment ${number})`)));
    before = page.at(-1)?.number;
    if (before === undefined || later.length < page.length || page.length < pageLength) return crossed;
  }
}
