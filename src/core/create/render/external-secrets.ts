import { canonicalJson } from '../../model/digest.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import {
  isMark,
  isSecret,
  isSecretText,
  type JsonObject,
  type Secret,
  type SecretEncoding,
  type SecretText,
  type Value,
} from '../../model/value.ts';
import { isList, makeObject, mapOf, textOf } from './make-object.ts';

/** Objects without secrets, and the values that a secret store has to hold for them. */
export interface Externalised {
  readonly objects: readonly RenderedObject[];
  readonly deliveries: readonly StoreEntry[];
}

/** A value in the secret store. The version is part of the identity: what was written once is never changed. */
export interface StoreEntry {
  readonly key: string;
  readonly version: string;
  readonly secret: Secret;
}

const versionLength = 16;

/**
 * Replaces Secrets by ExternalSecrets that are pinned to versions in a secret store (domain.md §8).
 * Rule: no value is in what comes out; composed text becomes the template of the ExternalSecret.
 * Shape: objects that hold no secret are given back as they are, the same ones.
 */
export function externaliseSecrets(
  objects: readonly RenderedObject[],
  store: { readonly prefix: string; readonly secretStoreRef: JsonObject },
): Externalised {
  const deliveries = new Map<string, StoreEntry>();
  const replaced = objects.map((object) => {
    const isSecretObject = textOf(object.body['kind']) === 'Secret' && textOf(object.body['apiVersion']) === 'v1';
    return isSecretObject && hasSecret(object.body) ? replaceSecret(object, store, deliveries) : object;
  });
  return { objects: replaced, deliveries: [...deliveries.values()] };
}

function hasSecret(value: Value): boolean {
  if (isMark(value)) return true;
  if (isList(value)) return value.some(hasSecret);
  return typeof value === 'object' && value !== null && Object.values(mapOf(value)).some(hasSecret);
}

function replaceSecret(
  object: RenderedObject,
  store: { readonly prefix: string; readonly secretStoreRef: JsonObject },
  deliveries: Map<string, StoreEntry>,
): RenderedObject {
  const { body } = object;
  const entries = new Map<string, { readonly name: string; readonly entry: StoreEntry }>();
  const refer = (secret: Secret): string => {
    const entry = entryOf(secret, store.prefix);
    const id = `${entry.key} ${entry.version}`;
    deliveries.set(id, entry);
    const known = entries.get(id) ?? { name: `s${entries.size}`, entry };
    entries.set(id, known);
    return known.name;
  };
  const data = Object.entries(mapOf(body['data'])).map(([key, value]) => [key, templateOf(value, refer)] as const);
  const name = textOf(mapOf(body['metadata'])['name']);
  return makeObject(object.node, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: mapOf(body['metadata']),
    spec: {
      refreshPolicy: 'OnChange',
      secretStoreRef: store.secretStoreRef,
      target: {
        name,
        creationPolicy: 'Owner',
        template: { engineVersion: 'v2', type: textOf(body['type']) || 'Opaque', data: Object.fromEntries(data) },
      },
      data: [...entries.values()].map(({ name: secretKey, entry }) => ({
        secretKey,
        remoteRef: { key: entry.key, version: entry.version },
      })),
    },
  });
}

function entryOf(secret: Secret, prefix: string): StoreEntry {
  return { key: `${prefix}/${nameOf(secret)}`, version: secret.hash.slice(0, versionLength), secret };
}

function nameOf({ ref }: Secret): string {
  switch (ref.kind) {
    case 'generated':
    case 'output':
      return `${ref.uid.replaceAll(/[^A-Za-z0-9.@-]+/g, '-')}/${ref.name}`;
    case 'stored':
      return `values/${ref.key}`;
    case 'object':
      return `${ref.name}/${ref.key}`;
    default:
      return `${ref.store}/${ref.key}`;
  }
}

/** Data of a Secret is in base64, that of a template is not: the outermost encoding falls away. */
function templateOf(value: Value, refer: (secret: Secret) => string): string {
  if (isSecret(value)) return `{{ .${refer(value)} | b64dec }}`;
  if (isSecretText(value)) {
    return value.encoding === 'base64' ? joinTemplate(value.parts, refer) : `{{ ${pipeline(value, refer)} | b64dec }}`;
  }
  return `{{ ${JSON.stringify(typeof value === 'string' ? value : canonicalJson(value))} | b64dec }}`;
}

function joinTemplate(parts: SecretText['parts'], refer: (secret: Secret) => string): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return plainTemplate(part);
      if (isSecret(part)) return `{{ .${refer(part)} }}`;
      return part.encoding === undefined ? joinTemplate(part.parts, refer) : `{{ ${pipeline(part, refer)} }}`;
    })
    .join('');
}

/** Text that could open an action of the template, alone or together with what follows, is written as one. */
function plainTemplate(text: string): string {
  return text.includes('{{') || text.endsWith('{') ? `{{ ${JSON.stringify(text)} }}` : text;
}

/** Text with secrets as one pipeline of a Go template. */
function pipeline(text: SecretText, refer: (secret: Secret) => string): string {
  const parts = text.parts.map((part) => {
    if (typeof part === 'string') return JSON.stringify(part);
    return isSecret(part) ? `.${refer(part)}` : `(${pipeline(part, refer)})`;
  });
  const joined = `printf ${JSON.stringify('%s'.repeat(parts.length))} ${parts.join(' ')}`;
  return text.encoding === undefined ? joined : `${joined} | ${encoders[text.encoding]}`;
}

const encoders: Readonly<Record<SecretEncoding, string>> = {
  base64: 'b64enc',
  // `urlquery` writes a space as "+", which is a space in a query alone; a "+" itself it has escaped already.
  url: 'urlquery | replace "+" "%20"',
  json: String.raw`toRawJson | trimPrefix "\"" | trimSuffix "\""`,
  dotenv: String.raw`replace "\\" "\\\\" | replace "\"" "\\\"" | replace "\n" "\\n" | replace "\r" "\\r" | replace "$" "\\$"`,
};
