import { OperationError } from '../operation-error.ts';
import type { Run } from './carry-out.ts';
import { matchSecretStore } from '../../core/index.ts';
import { createReveal } from '../reveal.ts';

/**
 * Writes the secrets that tutti holds to the secret store, before anything refers to them (domain.md §8).
 * Rule: what was written once is never changed; a new value is a new version.
 */
export async function deliverSecrets(run: Run): Promise<void> {
  const { prepared, loaded, dependencies } = run;
  if (prepared.secrets.length === 0) return;
  const match = matchSecretStore(loaded.inputs.platform, prepared.bound.context);
  const document = loaded.inputs.platform.secretStores.find((each) => each.name === match?.name);
  const load = document && dependencies.secretStores[document.type];
  if (!document || !load)
    throw new OperationError('secret-store', `secret stores of the type "${document?.type ?? 'unknown'}" are not supported`);
  const sink = await load();
  const reveal = createReveal(loaded.revealing);
  for (const entry of prepared.secrets) {
    run.slot.signal.throwIfAborted();
    await sink.write(
      { inputs: document.inputs, baseDir: dependencies.baseDir, signal: run.slot.signal },
      {
        key: entry.key,
        version: entry.version,
        value: await reveal(entry.secret),
      },
    );
  }
}
