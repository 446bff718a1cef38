import { diagnose, fail, isValueObject, succeed, type DriverRequest, type Outcome, type ResourceResult } from '../../core/index.ts';

/** Answers with the outputs that the definition states. */
export function provideOutputs({ inputs, resource }: DriverRequest): Outcome<ResourceResult> {
  const { outputs } = inputs;
  if (!isValueObject(outputs)) {
    return fail(diagnose('T5001', { detail: `The definition of "${resource.uid}" states outputs that are no map of names to values.` }));
  }
  return succeed({ outputs, manifests: [], state: {} });
}

/** There is nothing to remove: nothing was made. */
export function deprovisionNothing(): Outcome<void> {
  return succeed(undefined);
}
