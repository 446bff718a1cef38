import type { Place, SourceRange } from '../../diagnostics/diagnostic.ts';
import type { Overrides } from '../../model/overrides.ts';
import { parseYaml } from '../yaml.ts';
import { hasOverrides, overrideDocument } from './override-document.ts';
import { placeProperties, type PlacedProperties } from './property.ts';
import { findWritten, type Traced } from './traced.ts';

/** A text with what is laid over it. */
export interface OverriddenText {
  readonly file: string;
  readonly text: string;
  readonly overrides?: Overrides | undefined;
}

/** Where to look instead: at another place, or at a property, whose value is text. */
export type Redirection =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'property'; readonly range: SourceRange; readonly written: string };

/**
 * Makes a function that finds out where a value of an overridden document was really written.
 * Rule: what an override set or took away is written there; all else stays where it is.
 * Shape: an overridden file is read when the first place in it is asked for.
 */
export function makeRedirect(texts: readonly OverriddenText[]): (place: Place) => Redirection {
  const byFile = new Map(texts.filter(({ overrides }) => hasOverrides(overrides)).map((each) => [each.file, each]));
  const opened = new Map<string, OpenedText>();
  return (place) => {
    const overridden = byFile.get(place.file);
    if (!overridden) return { kind: 'place', place };
    const text = opened.get(place.file) ?? openText(overridden);
    opened.set(place.file, text);
    const root = text.documents.get(place.document);
    return root ? redirect(place, root, text.properties) : { kind: 'place', place };
  };
}

interface OpenedText {
  readonly documents: ReadonlyMap<number, Traced>;
  readonly properties: PlacedProperties;
}

function openText({ file, text, overrides = {} }: OverriddenText): OpenedText {
  const documents = (parseYaml(file, text).value ?? []).map((each) => [each.document, overrideDocument(each, overrides).traced] as const);
  return { documents: new Map(documents), properties: placeProperties(overrides.properties ?? []) };
}

function redirect(place: Place, root: Traced, properties: PlacedProperties): Redirection {
  const { at, rest } = findWritten(root, place.path);
  if (at.kind === 'file') {
    const { on, at: within } = place;
    const written = { ...at.place, path: [...at.place.path, ...rest] };
    return { kind: 'place', place: { ...written, ...(on && { on }), ...(within && { at: within }) } };
  }
  const text = properties.texts[at.index] ?? '';
  // A key is in the path where that is all that was set; within a value the value as a whole is shown.
  const range = place.on === 'key' ? properties.rangeOfPath(at.index) : properties.rangeOfValue(at.index);
  return { kind: 'property', range, written: text.slice(text.indexOf('=') + 1) };
}
