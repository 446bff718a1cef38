import type { Uid } from './uid.ts';

/** Data as JSON knows it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Data in which secrets and values that are not known yet may stand. All three marks carry the key `$tutti`, which the
 * readers refuse in every document, so that no input can pretend to be one (docs/decisions/0002).
 */
export type Value = null | boolean | number | string | Mark | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

export type Mark = Secret | SecretText | Unknown;

/** Names a secret without holding it. Only targets, drivers and the store reveal it. */
export interface Secret {
  readonly $tutti: 'secret';
  readonly ref: SecretRef;
  /** Keyed hash of the value, computed outside the core: equal hash, equal value. */
  readonly hash: string;
}

export type SecretRef =
  /** A pure function of the seed kept for this resource and name. */
  | { readonly kind: 'generated'; readonly uid: Uid; readonly name: string }
  /** A value of the environment, held encrypted in the store. */
  | { readonly kind: 'stored'; readonly key: string; readonly version: number }
  /** A value that tutti never reads. */
  | { readonly kind: 'external'; readonly store: string; readonly key: string; readonly version?: string }
  /** A secret output of a driver that exists only after provisioning; its hash stands for the output. Filled before anything is written. */
  | { readonly kind: 'output'; readonly uid: Uid; readonly name: string }
  /** A key of a Secret that is on the target already, made by somebody else: tutti only refers to it. */
  | { readonly kind: 'object'; readonly name: string; readonly key: string };

/** `json`: as between the quotes of a JSON string; `dotenv`: as between the double quotes of an env file. */
export type SecretEncoding = 'base64' | 'url' | 'json' | 'dotenv';

/** Text with secrets in it: the parts joined, then encoded. */
export interface SecretText {
  readonly $tutti: 'secretText';
  readonly parts: readonly (string | Secret | SecretText)[];
  readonly encoding?: SecretEncoding;
}

/** A value that exists only after provisioning. */
export interface Unknown {
  readonly $tutti: 'unknown';
  /** The resource that will supply it, and where in its outputs. */
  readonly uid: Uid;
  readonly path: string;
}

/** The key that marks secrets and unknowns; reserved in every document that users write. */
export const markKey = '$tutti';

/** Says whether a value is one of the marks: a secret, text with secrets in it, or an unknown. */
export function isMark(value: unknown): value is Mark {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, markKey);
}

/** Says whether a value is a secret by itself. */
export function isSecret(value: unknown): value is Secret {
  return isMark(value) && value.$tutti === 'secret';
}

/** Says whether a value is text with secrets in it. */
export function isSecretText(value: unknown): value is SecretText {
  return isMark(value) && value.$tutti === 'secretText';
}

/** Says whether a value is known only after provisioning. */
export function isUnknown(value: unknown): value is Unknown {
  return isMark(value) && value.$tutti === 'unknown';
}

/** Says whether a value is a map of further values, and neither a list nor a mark. */
export function isValueObject(value: unknown): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMark(value);
}
