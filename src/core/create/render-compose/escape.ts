import { isMark, type Value } from '../../model/value.ts';
import { isList } from '../render/make-object.ts';

/** Compose takes `$` for the beginning of a variable; doubled it is what it is. */
export function escapeDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** Doubles every `$` in every text of a value, keys aside: Compose puts variables into values alone. */
export function escapeDollarsIn(value: Value): Value {
  if (typeof value === 'string') return value.includes('$') ? escapeDollars(value) : value;
  if (typeof value !== 'object' || value === null || isMark(value)) return value;
  if (isList(value)) return value.map(escapeDollarsIn);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapeDollarsIn(each)]));
}

/**
 * Writes a text so that it can stand between the double quotes of an env file.
 * Source: compose-go, dotenv: within double quotes `\` begins an escape, `\$` is a dollar that begins no variable.
 */
export function escapeForEnvFile(text: string): string {
  return escapeQuoted(text).replaceAll('$', '\\$');
}

/** The same for text in which variables of Compose may stand: their dollars stay. */
export function escapeQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
