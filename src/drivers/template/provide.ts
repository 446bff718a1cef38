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

/** Answers with the outputs and the manifests that the definition states. All may be left out. */
export function provideResult({ inputs, resource }: DriverRequest): Outcome<ResourceResult> {
  const { outputs = {}, manifests = [], notices = [], problems = [] } = inputs;
  const diagnostics: Diagnostic[] = [
    ...checkOutputs(outputs, resource.uid),
    ...checkManifests(manifests, resource.uid),
    ...say('T5005', notices, { uid: resource.uid, input: 'notices' }),
    ...say('T5006', problems, { uid: resource.uid, input: 'problems' }),
  ];
  const bodies = isList(manifests) ? manifests.filter(isValueObject) : [];
  return settle({ outputs: isValueObject(outputs) ? outputs : {}, manifests: bodies, state: {} }, diagnostics);
}

function checkOutputs(outputs: Value, uid: string): readonly Diagnostic[] {
  if (isValueObject(outputs)) return [];
  return [diagnose('T5001', { detail: `The definition of "${uid}" states outputs that are no map of names to values.` })];
}

function checkManifests(manifests: Value, uid: string): readonly Diagnostic[] {
  if (!isList(manifests)) return [diagnose('T5002', { detail: `The definition of "${uid}" states manifests that are no list.` })];
  return manifests.flatMap((body, index) =>
    isValueObject(body)
      ? []
      : [diagnose('T5002', { detail: `The definition of "${uid}" states manifest number ${index + 1}, which is no map.` })],
  );
}

/** What the definition itself has to say of the need. */
function say(
  code: 'T5005' | 'T5006',
  texts: Value,
  { uid, input }: { readonly uid: string; readonly input: string },
): readonly Diagnostic[] {
  const sentences = isList(texts) ? texts.filter((text) => typeof text === 'string') : [];
  if (!isList(texts) || sentences.length < texts.length) {
    return [diagnose('T5007', { detail: `The definition of "${uid}" states \`${input}\` that are no list of texts.` })];
  }
  return sentences.map((text) => diagnose(code, { detail: `${uid}: ${text}` }));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** There is nothing to remove: the objects are in the inventory, and go with it. */
export function deprovisionNothing(): Outcome<void> {
  return succeed(undefined);
}
