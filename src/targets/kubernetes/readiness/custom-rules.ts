import {
  checkPredicate,
  diagnose,
  isValueObject,
  testPredicate,
  type Diagnostic,
  type JsonObject,
  type RenderedObject,
} from '../../../core/index.ts';
import { addressOf, describeAddress } from '../addresses.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import { describeConditions, failed, progressing, ready, type Readiness } from './parts.ts';

/** The name of the object in its rules. */
const variable = 'object';

/** On an object: what is asked of it, and when it has failed for good. */
const annotations = { ready: 'tutti.dev/ready-when', failed: 'tutti.dev/failed-when' } as const;

/** What is said of the readiness of an object besides what its kind says: CEL expressions. */
export interface CustomRule {
  readonly ready?: string;
  readonly failed?: string;
}

/** A rule of the target for all objects of a kind. */
export interface KindRule extends CustomRule {
  readonly apiVersion?: string;
  readonly kind: string;
}

/** The rules among a target's inputs. */
export function listKindRules({ readiness }: JsonObject): readonly KindRule[] {
  return listOf(readiness)
    .map(mapOf)
    .map(({ apiVersion, kind, ready: readyWhen, failed: failedWhen }) => ({
      kind: textOf(kind),
      ...(typeof apiVersion === 'string' && { apiVersion }),
      ...(typeof readyWhen === 'string' && { ready: readyWhen }),
      ...(typeof failedWhen === 'string' && { failed: failedWhen }),
    }));
}

/**
 * Says by a rule of its own whether an object is ready; nothing where there is none, or where it only says what has failed and that has not.
 * Rule: the object's annotations, else the first rule of the target for its kind. What cannot be evaluated does not hold: a field may come yet.
 */
export function judgeByRule(live: JsonObject, rules: readonly KindRule[]): Readiness | undefined {
  const rule = findRule(live, rules);
  return rule && (judgeFailed(live, rule) ?? judgeReady(live, rule));
}

function findRule(live: JsonObject, rules: readonly KindRule[]): CustomRule | undefined {
  return (
    readAnnotations(live) ??
    rules.find(({ apiVersion = live['apiVersion'], kind }) => apiVersion === live['apiVersion'] && kind === live['kind'])
  );
}

/** Says whether there is a rule for an object, of its own or of the target. */
export function hasRule({ key, body }: Pick<RenderedObject, 'key' | 'body'>, rules: readonly KindRule[]): boolean {
  const { apiVersion, kind } = addressOf(key, body);
  return findRule({ apiVersion, kind, metadata: { annotations: readTexts(body) } }, rules) !== undefined;
}

/** The same of a live object. */
export function hasLiveRule(live: JsonObject, rules: readonly KindRule[]): boolean {
  return findRule(live, rules) !== undefined;
}

function readAnnotations(object: JsonObject): CustomRule | undefined {
  const marked = mapOf(mapOf(object['metadata'])['annotations']);
  const [readyWhen, failedWhen] = [marked[annotations.ready], marked[annotations.failed]];
  if (typeof readyWhen !== 'string' && typeof failedWhen !== 'string') return undefined;
  return { ...(typeof readyWhen === 'string' && { ready: readyWhen }), ...(typeof failedWhen === 'string' && { failed: failedWhen }) };
}

function judgeFailed(live: JsonObject, rule: CustomRule): Readiness | undefined {
  if (rule.failed === undefined) return undefined;
  const tested = testPredicate(rule.failed, variable, live);
  if (!('holds' in tested) || !tested.holds) return undefined;
  return failed('FailedWhen', [`its rule says that it has failed (\`${cut(rule.failed)}\`).`, ...describeConditions(live)].join(' '));
}

function judgeReady(live: JsonObject, rule: CustomRule): Readiness | undefined {
  if (rule.ready === undefined) return undefined;
  const tested = testPredicate(rule.ready, variable, live);
  if ('holds' in tested && tested.holds) return ready('its rule says that it is ready.');
  const why = 'problem' in tested ? `cannot be evaluated yet: ${tested.problem}.` : 'does not hold.';
  return progressing('ReadyWhen', [`its rule \`${cut(rule.ready)}\` ${why}`, ...describeConditions(live)].join(' '));
}

const shownMax = 200;

function cut(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

/**
 * Says what is wrong with the rules among a target's inputs.
 * Rule: an expression that is put together when the target is bound is looked at then.
 * Reports: T6215, at the rule.
 */
export function checkKindRules(inputs: JsonObject): readonly Diagnostic[] {
  return listKindRules(inputs).flatMap((rule, index) =>
    checkRule(rule).map(({ of, why }) => {
      const place = { file: '', document: 0, path: ['readiness', index, of] };
      return diagnose('T6215', { detail: `The rule \`${of}\` of ${rule.kind}: ${why}.`, place });
    }),
  );
}

/**
 * Says what is wrong with the rules of a target and those that objects bring along.
 * Reports: T6215.
 */
export function checkRules(inputs: JsonObject, objects: readonly RenderedObject[]): readonly Diagnostic[] {
  // Inputs that are evaluated stand nowhere any more.
  const ofTarget = checkKindRules(inputs).map(({ place: _, ...problem }) => problem);
  return [...ofTarget, ...checkObjectRules(objects)];
}

function checkObjectRules(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  return objects.flatMap(({ key, body }) => {
    const rule = readAnnotations({ metadata: { annotations: readTexts(body) } });
    const problems = rule ? checkRule(rule) : [];
    return problems.map(({ of, why }) => {
      const detail = `${describeAddress(addressOf(key, body))}: the annotation \`${annotations[of]}\`: ${why}.`;
      return diagnose('T6215', { detail });
    });
  });
}

/** Annotations that are text; a mark is none. */
function readTexts({ metadata }: RenderedObject['body']): JsonObject {
  const marked = isValueObject(metadata) ? metadata['annotations'] : undefined;
  const entries = isValueObject(marked) ? Object.entries(marked) : [];
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}

interface RuleProblem {
  readonly of: keyof typeof annotations;
  readonly why: string;
}

function checkRule(rule: CustomRule): readonly RuleProblem[] {
  return (['ready', 'failed'] as const).flatMap((of) => {
    const text = rule[of];
    const why = text === undefined || text.includes('${') ? undefined : checkPredicate(text, variable);
    return why === undefined ? [] : [{ of, why }];
  });
}
