import {
  diagnose,
  isValueObject,
  settle,
  succeed,
  type Diagnostic,
  type DriverRequest,
  type Outcome,
  type ResourceResult,
  type Value,
} from '../../core/index.ts';

/** Answers with the outputs and the manifests that the definition states. Either may be left out. */
export function provideResult({ inputs, resource }: DriverRequest): Outcome<ResourceResult> {
  const { outputs = {}, manifests = [] } = inputs;
  const diagnostics: Diagnostic[] = [];
  if (!isValueObject(outputs)) {
    diagnostics.push(
      diagnose('T5001', { detail: `The definition of "${resource.uid}" states outputs that are no map of names to values.` }),
    );
  }
  const bodies = isList(manifests) ? manifests : [manifests];
  for (const [index, body] of bodies.entries()) {
    if (isValueObject(body) && isList(manifests)) continue;
    const which = isList(manifests) ? `manifest number ${index + 1}, which is no map` : 'manifests that are no list';
    diagnostics.push(diagnose('T5002', { detail: `The definition of "${resource.uid}" states ${which}.` }));
  }
  return settle({ outputs: isValueObject(outputs) ? outputs : {}, manifests: bodies.filter(isValueObject), state: {} }, diagnostics);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** There is nothing to remove: the objects are in the inventory, and go with it. */
export function deprovisionNothing(): Outcome<void> {
  return succeed(undefined);
}
