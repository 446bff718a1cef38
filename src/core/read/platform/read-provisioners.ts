import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { digestOf } from '../../model/digest.ts';
import type { Format } from '../../model/context.ts';
import { anyClass, type Criterion, type ResourceDefinition } from '../../model/platform.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import { parseShape } from '../shape.ts';
import { isJsonObject } from '../yaml-json.ts';
import { parseYaml } from '../yaml.ts';
import { composeKeys, kubernetesKeys, schemes, type Scheme } from './provisioner-schema.ts';

/** Definitions of provisioner files as far as they have been read. */
export interface ProvisionerShelf {
  readonly definitions: ResourceDefinition[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads one Score provisioner file (reference: score-compose and score-k8s, `*.provisioners.yaml`).
 * Rule: an entry becomes a definition of the driver `score` that holds for each class and id that it does not name. One that has templates of only
 * one of the tools holds for that format alone, so that the files of both can lie in one folder.
 * Shape: adds to what was read before; the order of entries over all files is the order in which they match.
 * Reports: T1001–T1109, T1513–T1515.
 */
export function readProvisioners(file: string, text: string, shelf: ProvisionerShelf): void {
  const parsed = parseYaml(file, text);
  shelf.diagnostics.push(...parsed.diagnostics);
  for (const { document, value } of parsed.value ?? []) {
    const place: Place = { file, document, path: [] };
    if (Array.isArray(value)) value.forEach((entry: Json, index) => readEntry(entry, { ...place, path: [index] }, shelf));
    else if (value !== null) shelf.diagnostics.push(diagnose('T1513', { detail: `${file} holds ${kindOf(value)}.`, place }));
  }
}

function kindOf(value: Json): string {
  return isJsonObject(value) ? 'a map' : `the value ${quote(JSON.stringify(value))}`;
}

function readEntry(entry: Json, place: Place, shelf: ProvisionerShelf): void {
  const scheme = findScheme(entry, place);
  if (typeof scheme !== 'string') {
    shelf.diagnostics.push(scheme);
    return;
  }
  const parsed = parseShape<unknown>(schemes[scheme], entry, { place });
  shelf.diagnostics.push(...parsed.diagnostics);
  if (parsed.value !== undefined && isJsonObject(entry)) shelf.definitions.push(build(entry, scheme, { place, shelf }));
}

const schemeNames = Object.keys(schemes);

function findScheme(entry: Json, place: Place): Scheme | Diagnostic {
  const uri = isJsonObject(entry) ? entry['uri'] : undefined;
  if (typeof uri !== 'string') {
    return diagnose('T1514', { detail: 'An entry is a map with a `uri` that says what carries it out.', place });
  }
  const scheme = uri.split('://')[0] ?? '';
  if (isScheme(scheme)) return scheme;
  const detail = `${quote(uri)} is none of ${schemeNames.map((name) => `${name}://…`).join(', ')}.${didYouMean(scheme, schemeNames)}`;
  return diagnose('T1514', { detail, place: { ...place, path: [...place.path, 'uri'] } });
}

function isScheme(scheme: string): scheme is Scheme {
  return Object.hasOwn(schemes, scheme);
}

interface Surroundings {
  readonly place: Place;
  readonly shelf: ProvisionerShelf;
}

function build(entry: JsonObject, scheme: Scheme, { place, shelf }: Surroundings): ResourceDefinition {
  const inputs = Object.fromEntries(Object.entries(entry).filter(([key, value]) => value !== null && !identityKeys.has(key)));
  const type = textOf(entry['type']) ?? (scheme === 'local-env' ? 'environment' : '');
  const criterion = makeCriterion(entry, place);
  return {
    name: freeName(describeEntry(entry, type, criterion), shelf),
    place,
    digest: digestOf(entry),
    type,
    tier: 'provisioner',
    order: shelf.definitions.length,
    match: [criterion],
    driver: 'score',
    inputs,
    coProvision: [],
    // These files have no way to ask for leave; who may write them may make anything.
    allowScope: { isCluster: true, namespaces: 'all' },
  };
}

const identityKeys: ReadonlySet<string> = new Set(['type', 'class', 'id', 'description']);

function makeCriterion(entry: JsonObject, place: Place): Criterion {
  const id = textOf(entry['id']);
  const format = formatOf(entry);
  return {
    ...(id !== undefined && { resource: id }),
    ...(format && { format }),
    class: textOf(entry['class']) ?? anyClass,
    isFinal: false,
    place,
  };
}

/** An entry with templates of one tool alone is for that tool's format; one with templates of both, or of neither, is for both. */
function formatOf(entry: JsonObject): Format | undefined {
  const has = (keys: readonly string[]): boolean => keys.some((key) => textOf(entry[key]) !== undefined);
  const [isKubernetes, isCompose] = [has(kubernetesKeys), has(composeKeys)];
  if (isKubernetes === isCompose) return undefined;
  return isKubernetes ? 'kubernetes' : 'compose';
}

/** Names stay the same when other entries come and go: resources are bound by them. */
function describeEntry(entry: JsonObject, type: string, criterion: Criterion): string {
  const className = criterion.class === anyClass ? '' : `.${criterion.class}`;
  const id = criterion.resource === undefined ? '' : `#${criterion.resource}`;
  const format = criterion.format ? ` for ${criterion.format}` : '';
  return `${textOf(entry['uri']) ?? ''} (${type}${className}${id}${format})`;
}

function freeName(name: string, { definitions }: ProvisionerShelf): string {
  const isTaken = (wanted: string): boolean => definitions.some((each) => each.name === wanted);
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
