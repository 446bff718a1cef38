import {
  checkPredicate,
  diagnose,
  isUnknown,
  isValueObject,
  settle,
  type Diagnostic,
  type Outcome,
  type Value,
  type ValueObject,
} from '../../core/index.ts';
import { describeProblem, isOpen, placeAt, variable } from './problems.ts';

/** Where an output comes from. */
export type OutputRule =
  /** The definition states it. */
  | { readonly kind: 'stated'; readonly value: Value }
  /** An expression reads it from the claim. */
  | { readonly kind: 'read'; readonly text: string; readonly isSecret: boolean }
  /** A key of a Secret holds it. */
  | { readonly kind: 'key'; readonly secret: SecretPlace; readonly key: string; readonly isSecret: boolean };

/** The Secret of a claim; its name may stand in the claim. */
export interface SecretPlace {
  readonly name: { readonly stated: string } | { readonly read: string };
  readonly namespace?: string;
}

export type LiveRule = Exclude<OutputRule, { kind: 'stated' }>;

export function isLive(rule: OutputRule): rule is LiveRule {
  return rule.kind !== 'stated';
}

interface Contract {
  readonly uid: string;
  /** Outputs that are secret wherever they come from. */
  readonly secretOutputs: readonly string[];
}

/**
 * Reads where each output comes from.
 * Rule: `{read: …}` and `{secret: …}` are looked up when the claim is ready; everything else is the output itself.
 * Reports: T5301, T5302; all of them.
 */
export function readRules(outputs: Value, contract: Contract): Outcome<Readonly<Record<string, OutputRule>>> {
  if (!isValueObject(outputs))
    return { diagnostics: [describeProblem(contract.uid, '`outputs` is no map of names to values.', ['outputs'])] };
  const diagnostics: Diagnostic[] = [];
  const rules = Object.entries(outputs).flatMap(([name, output]) => {
    const rule = readRule(name, output, contract);
    diagnostics.push(...rule.diagnostics);
    return rule.value ? [[name, rule.value] as const] : [];
  });
  return settle(Object.fromEntries(rules), diagnostics);
}

function readRule(name: string, output: Value, contract: Contract): Outcome<OutputRule> {
  if (!isValueObject(output)) return { value: { kind: 'stated', value: output }, diagnostics: [] };
  const keys = Object.keys(output);
  if (keys.length === 1 && keys[0] === 'read') return readExpression(name, output, contract);
  const isKey = Object.hasOwn(output, 'secret') && keys.every((key) => key === 'secret' || key === 'public');
  if (isKey) return readKey(name, output, contract);
  return { value: { kind: 'stated', value: output }, diagnostics: [] };
}

function readExpression(name: string, { read }: ValueObject, { uid, secretOutputs }: Contract): Outcome<OutputRule> {
  const path = ['outputs', name, 'read'];
  if (typeof read !== 'string') return { diagnostics: [describeProblem(uid, `\`read\` of the output "${name}" is no expression.`, path)] };
  const rule: OutputRule = { kind: 'read', text: read, isSecret: secretOutputs.includes(name) };
  return settle(rule, checkText(read, { uid, name, path }));
}

interface TextPlace {
  readonly uid: string;
  readonly name: string;
  readonly path: readonly string[];
}

function checkText(text: string, { uid, name, path }: TextPlace): readonly Diagnostic[] {
  const problem = isOpen(text) ? undefined : checkPredicate(text, variable);
  return problem === undefined
    ? []
    : [diagnose('T5302', { detail: `${uid}: the output "${name}", \`${text}\`: ${problem}.`, place: placeAt(path) })];
}

function readKey(name: string, output: ValueObject, { uid, secretOutputs }: Contract): Outcome<OutputRule> {
  const path = ['outputs', name, 'secret'];
  const { secret, public: open = false } = output;
  const { name: of, namespace, key } = isValueObject(secret) ? secret : {};
  const named = readName(of);
  if (!named || typeof key !== 'string' || !isTextOrAbsent(namespace) || typeof open !== 'boolean') {
    return { diagnostics: [describeProblem(uid, `the output "${name}" does not say which key of which Secret it is: ${shape}.`, path)] };
  }
  const place: SecretPlace = { name: named, ...(namespace !== undefined && { namespace }) };
  const rule: OutputRule = { kind: 'key', secret: place, key, isSecret: !open || secretOutputs.includes(name) };
  return settle(rule, 'read' in named ? checkText(named.read, { uid, name, path: [...path, 'name', 'read'] }) : []);
}

/** A name that is known only after provisioning is no mistake: nothing is read before it is known. */
function readName(name: Value | undefined): SecretPlace['name'] | undefined {
  if (typeof name === 'string') return { stated: name };
  if (isUnknown(name)) return { stated: '' };
  const read = isValueObject(name) ? name['read'] : undefined;
  return typeof read === 'string' ? { read } : undefined;
}

function isTextOrAbsent(value: Value | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

const shape = '`{secret: {name: …, key: …}}`, the name as text or as `{read: …}`';
