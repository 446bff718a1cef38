import {
  diagnose,
  isSecretText,
  type Diagnostic,
  type DriverRequest,
  type JsonObject,
  type ResourceResult,
  type Value,
  type ValueObject,
} from '../../core/index.ts';
import { isMap } from './merge-patch.ts';
import type { Provisioned } from './provisioned.ts';
import { conceal, concealEncoded, concealNamed, concealSecretObject, concealWhole, type Concealment } from './secrets/conceal.ts';
import { noteNamed, type KnownTexts } from './secrets/known-texts.ts';
import { isSecretName } from '../../core/index.ts';
import type { TokenBook } from './secrets/tokens.ts';

export interface Secrecy {
  readonly known: KnownTexts;
  readonly tokens: TokenBook;
}

/** Makes a result of what a provisioner gave: no secret in it is plain text any more. */
export function makeResult(given: Provisioned, request: DriverRequest, { known, tokens }: Secrecy): ResourceResult {
  for (const part of [given.state, given.shared, given.outputs]) noteNamed(known, part);
  const sealing = { texts: known.anywhere, tokens, seal: request.secrets.seal };
  const by: Concealment = { ...sealing, references: listReferences(given.manifests, { ...sealing, references: new Map() }) };
  const contract = new Set(request.surroundings.secretOutputs);
  return {
    outputs: concealMap(given.outputs, by, (key) => contract.has(key) || isSecretName(key)),
    manifests: given.manifests.map((manifest) => concealManifest(manifest, by)),
    state: concealMap(given.state, by),
    shared: concealMap(given.shared, by),
  };
}

function concealMap(map: JsonObject, by: Concealment, isNamed?: (key: string) => boolean): ValueObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, concealNamed(value, by, isNamed, key)]));
}

function concealManifest(manifest: JsonObject, by: Concealment): ValueObject {
  if (isSecretManifest(manifest)) return concealSecretObject(manifest, by);
  return Object.fromEntries(Object.entries(manifest).map(([key, value]) => [key, conceal(value, by)]));
}

function isSecretManifest({ apiVersion, kind }: JsonObject): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

/** The values that references to Secrets mean, as far as these are among the manifests. */
function listReferences(manifests: readonly JsonObject[], by: Concealment): Concealment['references'] {
  const references = new Map<string, Value>();
  for (const manifest of manifests.filter(isSecretManifest)) {
    const { metadata, data, stringData } = manifest;
    const name = isMap(metadata) ? metadata['name'] : undefined;
    if (typeof name !== 'string') continue;
    for (const [key, value] of entriesOf(data)) references.set(`${name}/${key}`, decoded(concealEncoded(value, by)));
    for (const [key, value] of entriesOf(stringData)) references.set(`${name}/${key}`, concealWhole(value, by));
  }
  return references;
}

function entriesOf(value: JsonObject[string] | undefined): readonly (readonly [string, string])[] {
  return isMap(value) ? Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each] as const] : [])) : [];
}

/** Without the encoding that a Secret's data has. */
function decoded(value: Value): Value {
  return isSecretText(value) && value.encoding === 'base64' ? (value.parts[0] ?? value) : value;
}

/** What a provisioner says, with everything hidden that is secret. Reports: T5206. */
export function reportNotes({ notes }: Provisioned, uid: string, { known }: Secrecy): readonly Diagnostic[] {
  return notes.map((note) => {
    const hidden = [...known.anywhere].reduce((text, secret) => text.replaceAll(secret, '‹secret›'), note);
    return diagnose('T5206', { detail: hidden.startsWith(uid) ? hidden : `${uid}: ${hidden}` });
  });
}
