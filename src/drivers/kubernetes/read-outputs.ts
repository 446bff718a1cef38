import {
  diagnose,
  hasErrors,
  readByExpression,
  settle,
  type Diagnostic,
  type DriverRequest,
  type JsonObject,
  type LiveAddress,
  type Outcome,
  type Value,
  type ValueObject,
} from '../../core/index.ts';
import type { Claim } from './claim.ts';
import { isLive, type LiveRule, type SecretPlace } from './output-rules.ts';
import { variable } from './problems.ts';

/** What a claim turned out to be. */
export type ReadClaim =
  /** Nobody has it, or nobody may look. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  /** Something cannot be read yet. */
  | { readonly kind: 'open'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'read'; readonly outputs: ValueObject };

/**
 * Reads the outputs of a claim that come from the cluster.
 * Rule: what comes from a Secret is sealed before anybody else sees it, unless the definition says that it is public.
 * Reports: T5303 for each output that is not there.
 */
export async function readOutputs(claim: Claim, request: DriverRequest): Promise<ReadClaim> {
  const { live } = request;
  if (!live) return { kind: 'absent' };
  const rules = Object.entries(claim.outputs).flatMap(([name, rule]) => (isLive(rule) ? [{ name, rule }] : []));
  if (rules.length === 0) return { kind: 'read', outputs: {} };
  const found = await live.read(claim.address);
  if (hasErrors(found.diagnostics)) return { kind: 'refused', diagnostics: found.diagnostics };
  if (!found.value) return { kind: 'absent' };
  const look: Look = { claim, request, object: found.value, secrets: new Map() };
  const outputs: Record<string, Value> = {};
  const diagnostics: Diagnostic[] = [];
  for (const { name, rule } of rules) {
    const output = rule.kind === 'read' ? readField(rule, name, look) : await readKey(rule, name, look);
    diagnostics.push(...output.diagnostics);
    if (output.value !== undefined) outputs[name] = output.value;
  }
  return hasErrors(diagnostics) ? { kind: 'open', diagnostics } : { kind: 'read', outputs };
}

interface Look {
  readonly claim: Claim;
  readonly request: DriverRequest;
  readonly object: JsonObject;
  /** Each is asked for once. */
  readonly secrets: Map<string, Promise<Outcome<JsonObject | undefined>>>;
}

function readField(rule: LiveRule & { kind: 'read' }, name: string, look: Look): Outcome<Value> {
  const read = readByExpression(rule.text, variable, look.object);
  if ('problem' in read) return missing(look, name, `\`${rule.text}\` cannot be read: ${read.problem}`);
  if (!rule.isSecret) return { value: read.value, diagnostics: [] };
  const text = typeof read.value === 'string' ? read.value : JSON.stringify(read.value);
  return { value: look.request.secrets.seal(text), diagnostics: [] };
}

async function readKey(rule: LiveRule & { kind: 'key' }, name: string, look: Look): Promise<Outcome<Value>> {
  const place = nameSecret(rule.secret, name, look);
  if (!place.value) return { diagnostics: place.diagnostics };
  const address = place.value;
  const found = await findSecret(address, look);
  if (hasErrors(found.diagnostics)) return { diagnostics: found.diagnostics };
  if (!found.value) return missing(look, name, `there is no ${nameAddress(address)}`);
  const { data } = found.value;
  const encoded = isMap(data) && Object.hasOwn(data, rule.key) ? data[rule.key] : undefined;
  if (typeof encoded !== 'string') {
    const keys = isMap(data) ? Object.keys(data).toSorted().join(', ') : '';
    return missing(look, name, `${nameAddress(address)} has no key "${rule.key}"; it has ${keys || 'none'}`);
  }
  const text = decode(encoded);
  if (text === undefined) return missing(look, name, `the key "${rule.key}" of ${nameAddress(address)} is no text`);
  return { value: rule.isSecret ? look.request.secrets.seal(text) : text, diagnostics: [] };
}

function nameSecret({ name, namespace }: SecretPlace, output: string, look: Look): Outcome<LiveAddress> {
  const read = 'stated' in name ? { value: name.stated } : readByExpression(name.read, variable, look.object);
  if ('problem' in read)
    return missing(look, output, `the name of its Secret, \`${'read' in name ? name.read : ''}\`, cannot be read: ${read.problem}`);
  if (typeof read.value !== 'string' || read.value === '') return missing(look, output, 'the name of its Secret is no text');
  const where = namespace ?? look.claim.address.namespace;
  return settle({ apiVersion: 'v1', kind: 'Secret', name: read.value, ...(where !== undefined && { namespace: where }) }, []);
}

function findSecret(address: LiveAddress, { request, secrets }: Look): Promise<Outcome<JsonObject | undefined>> {
  const key = JSON.stringify([address.namespace, address.name]);
  const known = secrets.get(key) ?? request.live?.read(address) ?? Promise.resolve({ diagnostics: [] });
  secrets.set(key, known);
  return known;
}

function missing({ claim, request }: Look, output: string, why: string): { readonly diagnostics: readonly Diagnostic[] } {
  const detail = `${request.resource.uid}, ${nameAddress(claim.address)}: the output "${output}" is not there: ${why}.`;
  return { diagnostics: [diagnose('T5303', { detail })] };
}

export function nameAddress({ kind, namespace, name }: LiveAddress): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** Nothing where the bytes are no text. */
function decode(encoded: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

function isMap(value: JsonObject[string] | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
