import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { hasErrors, settle } from '../../diagnostics/report.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { placeInputs } from '../../read/platform/inputs-place.ts';
import { findLooseSecrets, holdsSecret } from '../render/loose-secrets.ts';
import { mapOf } from '../render/make-object.ts';
import type { RenderManifestsRequest } from '../render/render-manifests.ts';
import { checkFragment } from './check-fragment.ts';
import { hashConfig } from './config-hash.ts';
import { extractEnvFile, type DollarMeaning } from './env-file.ts';
import { refuseNames } from './env-names.ts';
import { escapeDollarsIn } from './escape.ts';
import { hashLabel, labelService, makeComposeObject } from './make-compose-object.ts';
import { isSection, type ComposeEntry } from './sections.ts';

/**
 * Turns fragments of a Compose project into its objects: one for each entry of each section.
 * Rule: `$` is a dollar, but in what provisioner files give, which is text of Compose already. Secrets stand in the environment of services, in
 * `secrets`, `configs` and `files`; each goes to a file that only its owner can read.
 * Shape: fragments in, objects out, a File more for each place with a secret.
 * Reports: T4103, T4124, T4125.
 */
export function renderFragments(request: RenderManifestsRequest): Outcome<readonly RenderedObject[]> {
  const { node, definition, context, manifests } = request;
  const dollars = definition.driver === 'score' ? 'variable' : 'literal';
  const problems = manifests.flatMap((fragment, index) => checkFragment(fragment, placeInputs(definition, 'manifests', index)));
  if (hasErrors(problems)) return { diagnostics: problems };
  const given = manifests.flatMap((fragment, index) => listEntries(fragment, placeInputs(definition, 'manifests', index)));
  const diagnostics: Diagnostic[] = [];
  const written = given.flatMap((each) => writeEntry(each, { dollars, diagnostics }));
  const hash = hashConfig(written);
  const entries = written.map((entry) => {
    if (entry.section !== 'services') return entry;
    const service = mapOf(entry.value);
    const labels = { ...labelService(service['labels'], context, node), ...(hash !== undefined && { [hashLabel]: hash }) };
    return { ...entry, value: { ...service, labels } };
  });
  return settle(
    entries.map((entry) => makeComposeObject(node, entry, context)),
    diagnostics,
  );
}

interface PlacedEntry extends ComposeEntry {
  readonly place: Place;
}

function listEntries(fragment: ValueObject, place: Place): readonly PlacedEntry[] {
  return Object.entries(fragment).flatMap(([section, members]) =>
    isSection(section)
      ? Object.entries(mapOf(members)).map(([name, value]) => ({ section, name, value, place: extendPlace(place, section, name) }))
      : [],
  );
}

interface Writing {
  readonly dollars: DollarMeaning;
  readonly diagnostics: Diagnostic[];
}

function writeEntry(entry: PlacedEntry, writing: Writing): readonly ComposeEntry[] {
  const { section, name, value } = entry;
  switch (section) {
    case 'services':
      return writeService(entry, writing);
    case 'files':
    case 'directories':
      return [{ section, name: `files/${name}`, value: holdsSecret(value) ? { ...mapOf(value), mode: '0600' } : (value ?? {}) }];
    case 'secrets':
    case 'configs':
      return writeContent(entry, writing);
    default:
      return [finish(entry, value ?? {}, writing)];
  }
}

function writeService(entry: PlacedEntry, writing: Writing): readonly ComposeEntry[] {
  const { service, file, unwritable } = extractEnvFile(entry.name, mapOf(entry.value), writing.dollars);
  writing.diagnostics.push(...refuseNames(unwritable, extendPlace(entry.place, 'environment')));
  return [finish(entry, service, writing), ...(file ? [file] : [])];
}

/** The text of a secret stands in a file beside the project, and so does that of a config with a secret in it. */
function writeContent(entry: PlacedEntry, writing: Writing): readonly ComposeEntry[] {
  const { section, name } = entry;
  const { content, ...rest } = mapOf(entry.value);
  const isApart = content !== undefined && (section === 'secrets' || holdsSecret(content));
  if (!isApart) return [finish(entry, entry.value ?? {}, writing)];
  const path = `secrets/${section === 'secrets' ? name : `config-${name}`}`;
  return [
    finish(entry, { ...rest, file: `./${path}` }, writing),
    { section: 'files', name: path, value: { content: conceal(content), mode: '0600' } },
  ];
}

/** Whatever stands among secrets is one, also where the platform wrote it as plain text. */
function conceal(content: Value): Value {
  return typeof content === 'string' ? { $tutti: 'secretText', parts: [content] } : content;
}

function finish({ section, name, place }: PlacedEntry, value: Value, { dollars, diagnostics }: Writing): ComposeEntry {
  diagnostics.push(...findLooseSecrets(value, place));
  return { section, name, value: dollars === 'literal' ? escapeDollarsIn(value) : value };
}
