import type { JsonObject, LiveAddress, Outcome, TargetRequest } from '../../core/index.ts';
import type { Cluster } from './cluster.ts';
import { describeRefusal } from './refusals.ts';

/** Reads an object as it is now; nothing where there is none. Reports: T6204, T6208. */
export async function readObject(
  cluster: Cluster,
  { signal }: Pick<TargetRequest, 'signal'>,
  address: LiveAddress,
): Promise<Outcome<JsonObject | undefined>> {
  const found = await cluster.get(address, signal);
  if (found.kind === 'refused') return { diagnostics: [describeRefusal(address, found.refusal)] };
  return { value: found.kind === 'ok' ? found.live : undefined, diagnostics: [] };
}
