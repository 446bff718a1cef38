import type { DeploymentContext } from '../../model/context.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import { commonAnnotations, commonLabels } from '../render/labels.ts';
import { isList, textOf } from '../render/make-object.ts';
import { bodyOf, makeComposeKey, type ComposeEntry } from './sections.ts';

/** Gives an entry its key and hash. The project is called as the environment is. */
export function makeComposeObject(node: Uid, entry: ComposeEntry, { slug }: Pick<DeploymentContext, 'slug'>): RenderedObject {
  const body = bodyOf(entry);
  return { key: makeComposeKey(entry.section, entry.name, slug), node, body, hash: digestValue(body) };
}

/** Labels of a service: those that it has win, but what marks it as tutti's is tutti's. */
export function labelService(given: Value | undefined, context: DeploymentContext, node: Uid): ValueObject {
  return { ...commonLabels(context), ...readLabels(given), ...commonAnnotations(context, node) };
}

/** Labels by name, of the map as of the list of `name=value`. */
export function readLabels(given: Value | undefined): ValueObject {
  if (isList(given)) return Object.fromEntries(given.map((each) => splitLabel(textOf(each))));
  return isMap(given) ? given : {};
}

function splitLabel(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function isMap(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The label whose change makes Compose start a service anew: over what it reads but what does not stand in the service itself. */
export const hashLabel = 'tutti.dev/config-hash';
