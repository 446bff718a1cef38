import { hasErrors, succeed, type Actor, type EnvironmentRecord, type EnvironmentRef, type Outcome, type Store } from '../../core/index.ts';

export interface NewEnvironment extends EnvironmentRef {
  readonly type: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Another environment of the project, whose values and labels it begins with. */
  readonly from?: string;
}

/** What tutti keeps for itself among the values (that an environment is paused) is not of the next one. */
const ownPrefix = 'tutti.';

/**
 * Creates an environment, with the values and labels of another one where that is said; labels that are given go before. Secrets are not taken
 * along: nobody hands them on without knowing.
 */
export async function createEnvironment(
  { environments }: Pick<Store, 'environments'>,
  { from, labels, ...ref }: NewEnvironment,
  actor: Actor,
): Promise<Outcome<EnvironmentRecord>> {
  if (from === undefined) return environments.create({ ...ref, ...(labels && { labels }) }, actor);
  const source = { project: ref.project, environment: from };
  const other = await environments.find(source);
  if (!other.value) return { diagnostics: other.diagnostics };
  const values = await environments.values(source);
  if (!values.value) return { diagnostics: values.diagnostics };
  const created = await environments.create({ ...ref, labels: { ...other.value.labels, ...labels } }, actor);
  if (!created.value) return created;
  const plain = values.value.flatMap(({ key, value }) => (value === undefined || key.startsWith(ownPrefix) ? [] : [[key, value] as const]));
  const kept = await environments.setValues(ref, { set: Object.fromEntries(plain), unset: [] }, actor);
  if (!hasErrors(kept.diagnostics)) return succeed(created.value);
  await environments.delete(ref, actor);
  return { diagnostics: kept.diagnostics };
}
