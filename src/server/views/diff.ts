import type { OperationOutput } from '../../contract/index.ts';
import {
  compareText,
  concealSecretData,
  describeWorkload,
  diffValues,
  isValueObject,
  type DeploymentSnapshot,
  type EnvironmentValue,
  type FieldChange,
  type Json,
  type Value,
} from '../../core/index.ts';

type DiffView = OperationOutput<'deployments.diff'>;
type DiffAction = DiffView['workloads'][number]['action'];

interface Deployed {
  readonly number: number;
  readonly snapshot: DeploymentSnapshot;
}

/** What one deployment has that another has not; what is equal is left out. Lists are sorted. */
export function showDiff(from: Deployed, to: Deployed): DiffView {
  const before = from.snapshot;
  const after = to.snapshot;
  return {
    from: from.number,
    to: to.number,
    ...(before.release !== after.release && { release: { before: before.release, after: after.release } }),
    values: pair(before.values, after.values, (each) => each.key).flatMap(diffValue),
    workloads: pair(before.workloads, after.workloads, (each) => each.declared.name).flatMap(({ key, left, right }) =>
      diffFields(left && describeWorkload(left.declared), right && describeWorkload(right.declared)).map((change) => ({
        name: key,
        ...change,
      })),
    ),
    resources: pair(before.resources, after.resources, (each) => each.uid).flatMap(({ key, left, right }) => {
      if (left?.definition === right?.definition && left?.digest === right?.digest) return [];
      return [
        { uid: key, action: actionOf(left, right), ...(left && { before: left.definition }), ...(right && { after: right.definition }) },
      ];
    }),
    objects: pair(before.objects, after.objects, (each) => each.key).flatMap(({ key, left, right }) =>
      left?.hash === right?.hash
        ? []
        : diffFields(left && conceal(left.body), right && conceal(right.body)).map((change) => ({ key, ...change })),
    ),
  };
}

interface Pair<T> {
  readonly key: string;
  readonly left: T | undefined;
  readonly right: T | undefined;
}

function pair<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): readonly Pair<T>[] {
  const left = new Map(before.map((item) => [keyOf(item), item]));
  const right = new Map(after.map((item) => [keyOf(item), item]));
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].toSorted(compareText).map((key) => ({ key, left: left.get(key), right: right.get(key) }));
}

function actionOf(left: unknown, right: unknown): DiffAction {
  if (left === undefined) return 'create';
  return right === undefined ? 'delete' : 'update';
}

function diffFields(
  left: Value | undefined,
  right: Value | undefined,
): readonly { readonly action: DiffAction; readonly fields: readonly FieldChange[] }[] {
  const fields = diffValues(left, right);
  return fields.length === 0 ? [] : [{ action: actionOf(left, right), fields }];
}

function conceal(body: Json): Value {
  return isValueObject(body) ? concealSecretData(body) : body;
}

/** A secret is compared by its version and keyed hash, and never shown. */
function diffValue({ key, left, right }: Pair<EnvironmentValue>): DiffView['values'] {
  const isEqual = left && right && left.value === right.value && left.hash === right.hash;
  if (isEqual) return [];
  const isSecret = [left, right].some((each) => each !== undefined && each.value === undefined);
  return [
    {
      key,
      action: actionOf(left, right),
      isSecret,
      ...(left?.value !== undefined && { before: left.value }),
      ...(right?.value !== undefined && { after: right.value }),
    },
  ];
}
