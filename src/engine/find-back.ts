import { succeed, type DeploymentRecord, type EnvironmentRef, type Outcome, type Store } from '../core/index.ts';

const pageLength = 100;

/**
 * Goes through the deployments of an environment, newest first, to the one that is looked for.
 * Shape: nothing where there is none.
 */
export async function findBack(
  { deployments }: Pick<Store, 'deployments'>,
  ref: EnvironmentRef,
  isLookedFor: (deployment: DeploymentRecord) => boolean,
): Promise<Outcome<DeploymentRecord | undefined>> {
  let before: number | undefined;
  for (;;) {
    const page = await deployments.list(ref, { limit: pageLength, ...(before !== undefined && { before }) });
    if (!page.value) return { diagnostics: page.diagnostics };
    const found = page.value.find(isLookedFor);
    if (found || page.value.length < pageLength) return succeed(found);
    before = page.value.at(-1)?.number;
  }
}
