import { hasErrors, succeed, type EnvironmentRef, type Outcome } from '../../core/index.ts';
import { findBack } from '../../engine/index.ts';
import type { RecordServices } from '../services.ts';

/** What deployments after one have begun and cannot be undone, the last first; also where they have failed. */
export async function listCrossed(
  { store }: Pick<RecordServices, 'store'>,
  ref: EnvironmentRef,
  to: number,
): Promise<Outcome<readonly string[]>> {
  const crossed: string[] = [];
  const walked = await findBack(store, ref, ({ number, irreversible }) => {
    if (number <= to) return true;
    crossed.push(...irreversible.map((name) => `${name} (deployment ${number})`));
    return false;
  });
  return hasErrors(walked.diagnostics) ? { diagnostics: walked.diagnostics } : succeed(crossed);
}
