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
import { mendMounts } from './mend-mounts.ts';
import { isSection, type ComposeEntry } from './sections.ts';
import { extractSecrets, makeVariable, referTo } from './variables.ts';

/**
 * Turns fragments of a Compose project into its objects: one for each entry of each section.
 * Rule: `$` is a dollar, but in what provisioner files give, which is text of Compose already. Secrets stand in the environment of services, in
 * `secrets`, `configs` and `files`, those of provisioner files anywhere; each goes to a file that only its owner can read.
 * Shape: fragments in, objects out, a File or a Variable more for each place with a secret.
 * Reports: T4103, T4124, T4125.
 */
export function renderFragments(request: RenderManifestsRequest): Outcome<readonly RenderedObject[]> {
  const { node, definition, context, manifests } = request;
  const dollars = definition.driver === 'score' ? 'variable' : 'literal';
  const problems = manifests.flatMap((fragment, index) => checkFragment(fragment, placeFragment(definition, index)));
  if (hasErrors(problems)) return { diagnostics: problems };
  const given = manifests.flatMap((fragment, index) => listEntries(fragment, placeFragment(definition, index)));
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

/** The sections of a provisioner file stand beside each other: it has no list of fragments. */
function placeFragment(definition: RenderManifestsRequest['definition'], index: number): Place {
  return definition.tier === 'provisioner' ? placeInputs(definition) : placeInputs(definition, 'manifests', index);
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
      return [{ section, name: `files/${name}`, value: closeFile(value, writing) }];
    case 'secrets':
    case 'configs':
      return writeContent(entry, writing);
    default:
      return finish(entry, value ?? {}, writing);
  }
}

function writeService(entry: PlacedEntry, writing: Writing): readonly ComposeEntry[] {
  const given = writing.dollars === 'variable' ? mendMounts(mapOf(entry.value)) : mapOf(entry.value);
  const { service, file, unwritable } = extractEnvFile(entry.name, given, writing.dollars);
  writing.diagnostics.push(...refuseNames(unwritable, extendPlace(entry.place, 'environment')));
  return [...finish(entry, service, writing), ...(file ? [file] : [])];
}

/** A server seldom runs as the owner of what it mounts: what provisioner files give is open below a folder that is closed. */
function closeFile(value: Value, { dollars }: Writing): Value {
  const file = mapOf(value);
  if (!holdsSecret(value) || file['mode'] !== undefined) return file;
  return { ...file, mode: dollars === 'literal' ? '0600' : '0644' };
}

/** The text of a secret is a variable, and so is that of a config with a secret in it. */
function writeContent(entry: PlacedEntry, writing: Writing): readonly ComposeEntry[] {
  const { section, name } = entry;
  const { content, ...rest } = mapOf(entry.value);
  const isApart = content !== undefined && (section === 'secrets' || holdsSecret(content));
  if (!isApart) return finish(entry, entry.value ?? {}, writing);
  const variable = makeVariable(`${section}/${name}`, conceal(content));
  const source = section === 'secrets' ? { environment: variable.name } : { content: referTo(variable) };
  return [...finish(entry, rest, writing).map((each) => ({ ...each, value: { ...mapOf(each.value), ...source } })), variable];
}

/** Whatever stands among secrets is one, also where the platform wrote it as plain text. */
function conceal(content: Value): Value {
  return typeof content === 'string' ? { $tutti: 'secretText', parts: [content] } : content;
}

function finish({ section, name, place }: PlacedEntry, value: Value, { dollars, diagnostics }: Writing): readonly ComposeEntry[] {
  if (dollars === 'variable') {
    const extracted = extractSecrets(`${section}/${name}`, value);
    return [{ section, name, value: extracted.value }, ...extracted.variables];
  }
  diagnostics.push(...findLooseSecrets(value, place));
  return [{ section, name, value: escapeDollarsIn(value) }];
}
