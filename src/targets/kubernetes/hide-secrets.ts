import {
  isMark,
  isSecret,
  isSecretText,
  shownSecret,
  type Diagnostic,
  type RevealSecret,
  type Secret,
  type Value,
} from '../../core/index.ts';

/** Shorter texts are found in too much that is none. */
const lengthMin = 4;

/**
 * Makes what takes secrets out of what a cluster said: a program may have printed its password, an error may show what was sent.
 * Rule: every secret in the given objects, as it is, in base64, for URLs and as between the quotes of JSON; a secret that cannot be revealed any
 * more cannot be found either.
 */
export async function createHider(bodies: readonly Value[], reveal: RevealSecret): Promise<(text: string) => string> {
  const secrets = new Map(bodies.flatMap(listSecrets).map((secret) => [JSON.stringify(secret), secret]));
  const texts = await Promise.all([...secrets.values()].map((secret) => reveal(secret).catch(() => '')));
  const forms = [...new Set(texts.flatMap(listForms))].toSorted((left, right) => right.length - left.length);
  return (text) => hide(text, forms);
}

/** Takes secrets out of problems; the objects that hold them are listed only where there are problems. */
export async function hideSecrets(
  diagnostics: readonly Diagnostic[],
  listBodies: () => readonly Value[],
  reveal: RevealSecret,
): Promise<readonly Diagnostic[]> {
  if (diagnostics.length === 0) return diagnostics;
  const hideIn = await createHider(listBodies(), reveal);
  return diagnostics.map((each) => ({ ...each, detail: hideIn(each.detail) }));
}

function hide(text: string, forms: readonly string[]): string {
  return forms.reduce((shown, form) => shown.replaceAll(form, shownSecret), text);
}

function listForms(text: string): readonly string[] {
  const forms = [text, Buffer.from(text, 'utf8').toString('base64'), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
  return text.length < lengthMin ? [] : forms;
}

/** Of a text with secrets in it, the secrets alone: what stands around them is none. */
function listSecrets(value: Value): readonly Secret[] {
  if (isSecret(value)) return [value];
  if (isSecretText(value)) return value.parts.flatMap(listSecrets);
  return typeof value === 'object' && value !== null && !isMark(value) ? Object.values(value).flatMap(listSecrets) : [];
}
