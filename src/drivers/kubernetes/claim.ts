import {
  checkPredicate,
  diagnose,
  isValueObject,
  settle,
  type Diagnostic,
  type DriverRequest,
  type JsonObject,
  type LiveAddress,
  type Outcome,
  type Value,
  type ValueObject,
} from '../../core/index.ts';
import { readRules, type OutputRule } from './output-rules.ts';
import { describeProblem, isOpen, placeAt, variable } from './problems.ts';

/** Where targets look for the rules of an object. */
const annotations = { ready: 'tutti.dev/ready-when', failed: 'tutti.dev/failed-when' } as const;

/** Without a rule of its own a claim is ready when it says so, of what it is now: one that says nothing yet is not. */
const readyDefault = [
  "object.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True'",
  '(!has(c.observedGeneration) || c.observedGeneration >= object.metadata.generation))',
].join(' && ');

/** A claim as its definition describes it. */
export interface Claim {
  /** The claim with its rules, and what stands beside it. */
  readonly manifests: readonly ValueObject[];
  readonly address: LiveAddress;
  readonly outputs: Readonly<Record<string, OutputRule>>;
}

/**
 * Reads the claim out of the evaluated inputs.
 * Reports: T5301, T5302; all of them.
 */
export function readClaim({ inputs, resource, surroundings, context }: DriverRequest): Outcome<Claim> {
  const object = inputs['object'] ?? null;
  const rules = readRules(inputs['outputs'] ?? {}, { uid: resource.uid, secretOutputs: surroundings.secretOutputs });
  const problems = [
    ...checkFormat(context.format, resource.uid),
    ...(isValueObject(object) ? [] : [describeProblem(resource.uid, '`object`, the claim, is no map.', ['object'])]),
    ...checkRule(inputs, 'ready', resource.uid),
    ...checkRule(inputs, 'failed', resource.uid),
    ...rules.diagnostics,
  ];
  if (!isValueObject(object) || !rules.value) return { diagnostics: problems };
  const manifests = [addRules(object, inputs), ...listOf(inputs['manifests']).filter(isValueObject)];
  return settle({ manifests, address: addressOf(object), outputs: rules.value }, problems);
}

/**
 * Says what is wrong with a claim that nobody needs yet.
 * Rule: an expression that is put together when it is needed is looked at then.
 * Reports: T5301, T5302.
 */
export function checkClaim(inputs: JsonObject): readonly Diagnostic[] {
  const { outputs = {} } = inputs;
  const rules = ['ready', 'failed'] as const;
  const said = rules.flatMap((name) => checkRule(inputs, name, 'a claim'));
  return isValueObject(outputs) ? [...said, ...readRules(outputs, { uid: 'a claim', secretOutputs: [] }).diagnostics] : said;
}

/** Compose has no claims, and nobody who could meet them. */
function checkFormat(format: DriverRequest['context']['format'], uid: string): readonly Diagnostic[] {
  if (format === 'kubernetes') return [];
  return [diagnose('T5304', { detail: `${uid} is a claim on a cluster, and the environment is rendered for ${format}.` })];
}

function checkRule(inputs: ValueObject, name: keyof typeof annotations, uid: string): readonly Diagnostic[] {
  const text = inputs[name];
  const problem = typeof text === 'string' && !isOpen(text) ? checkPredicate(text, variable) : undefined;
  if (problem === undefined) return [];
  return [diagnose('T5302', { detail: `${uid}: the rule \`${name}\`: ${problem}.`, place: placeAt([name]) })];
}

/** The rules travel with the claim: whoever waits for it reads them there. */
function addRules(object: ValueObject, { ready = readyDefault, failed }: ValueObject): ValueObject {
  const metadata = mapOf(object['metadata']);
  const rules = { [annotations.ready]: ready, ...(failed !== undefined && { [annotations.failed]: failed }) };
  return { ...object, metadata: { ...metadata, annotations: { ...rules, ...mapOf(metadata['annotations']) } } };
}

function addressOf(object: ValueObject): LiveAddress {
  const { name, namespace } = mapOf(object['metadata']);
  return {
    apiVersion: textOf(object['apiVersion']),
    kind: textOf(object['kind']),
    name: textOf(name),
    ...(typeof namespace === 'string' && { namespace }),
  };
}

function mapOf(value: Value | undefined): ValueObject {
  return isValueObject(value) ? value : {};
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
