import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, hasErrors, settle, succeed } from '../../diagnostics/report.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import type { Overrides } from '../../model/overrides.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import { makeWrittenReader } from '../locate.ts';
import { hasOverrides, overrideDocument } from '../overrides/override-document.ts';
import { untrace } from '../overrides/traced.ts';
import { nameType, parseShape } from '../shape.ts';
import { parseYaml, type YamlDocument } from '../yaml.ts';
import { isJsonObject } from '../yaml-json.ts';
import { checkBefore } from './before.ts';
import { buildWorkload } from './build.ts';
import { readFiles, resolveSourcePath, type Attachments } from './files.ts';
import { hintScore } from './hints.ts';
import { assignImages, chooseImage, type Images, type ImageSubject } from './images.ts';
import { listKeys, listMembers, readKey } from './raw.ts';
import { filesSchema, scoreSchema, scoreVersion, volumesSchema, type ScoreDocument } from './schema.ts';
import { readVolumes } from './volumes.ts';

/** A Score file with the files that it names. */
export interface ScoreSource {
  readonly file: string;
  readonly text: string;
  /** By path relative to the Score file, as `listFileSources` gives them. */
  readonly attachments?: Attachments;
  /** What is laid over its one document before anything is checked. */
  readonly overrides?: Overrides;
}

export interface ReadScoreOptions {
  /** By `WORKLOAD` or `WORKLOAD/CONTAINER`, or by `*`: all containers with the image `.` of the one workload there is. */
  readonly images?: Images;
}

/** A document of the right shape. */
interface CheckedDocument {
  readonly document: ScoreDocument;
  readonly place: Place;
  readonly attachments: Attachments;
  readonly overrides: Overrides | undefined;
}

/**
 * Reads the workloads of Score files: all documents of all files.
 * Rule: Score v1b1, schema 0.4.1; deprecated lists are upgraded with a warning; an image `.` must be supplied; names are unique; all problems are
 * reported, also those of the other documents; with an error there is no value. Overrides are laid over the document first.
 * Shape: texts and attachments in, workloads in the order of the documents out; linear in their size. Never throws, on any text.
 * Reports: T1003 – T1019, T1101 – T1109, T1201 – T1235, T1401, T1402.
 * Source: score-v1b1.json of score-spec/spec, tag 0.4.1.
 */
export function readScore(sources: readonly ScoreSource[], options: ReadScoreOptions = {}): Outcome<readonly DeclaredWorkload[]> {
  const diagnostics: Diagnostic[] = [];
  const checked: CheckedDocument[] = [];
  const names: NamedPlace[] = [];
  for (const source of sources) {
    const read = readSource(source);
    diagnostics.push(...read.diagnostics);
    checked.push(...read.checked);
    names.push(...read.names);
  }
  diagnostics.push(...findDuplicates(names));
  const workloads = buildWorkloads(checked, names, options.images ?? {});
  return settle(workloads.value ?? [], [...diagnostics, ...workloads.diagnostics]);
}

/** A file that a container names, by its path below the folder of the Score file. */
export interface NamedFile {
  readonly path: string;
  readonly place: Place;
}

/**
 * Lists the files that the containers of a Score file name by `source`, so that a shell can load them as attachments.
 * Rule: relative paths below the folder of the Score file only, each once, sorted; what else stands there is reported by `readScore`.
 * Shape: a text in, paths out; a text that cannot be read gives none.
 */
export function listFileSources(source: Pick<ScoreSource, 'file' | 'text' | 'overrides'>): readonly string[] {
  return [...new Set(placeFileSources(source).map(({ path }) => path))].toSorted();
}

/** The same with the places where they are named, in the order of the file. */
export function placeFileSources(source: Pick<ScoreSource, 'file' | 'text' | 'overrides'>): readonly NamedFile[] {
  // Most Score files name none; an escape could hide the words, so a backslash makes sure.
  const mayName = source.text.includes('source') && source.text.includes('files');
  if (!mayName && !source.text.includes('\\') && !hasOverrides(source.overrides)) return [];
  return (readDocuments(source).value ?? []).flatMap(listSources);
}

/** The names of the workloads of a Score file, overrides laid over it; of documents that cannot be read there are none. */
export function listWorkloadNames(source: Pick<ScoreSource, 'file' | 'text' | 'overrides'>): readonly string[] {
  return (readDocuments(source).value ?? []).flatMap(readName).map(({ name }) => name);
}

function listSources({ file, document, value }: YamlDocument): readonly NamedFile[] {
  const root: Place = { file, document, path: [] };
  const containers = listEntries(readKey(value, 'containers'), extendPlace(root, 'containers'));
  const files = containers.flatMap((each) => listEntries(readKey(each.value, 'files'), extendPlace(each.place, 'files')));
  return files.flatMap((each) => {
    const source = readKey(each.value, 'source');
    const path = typeof source === 'string' ? resolveSourcePath(source) : undefined;
    return path === undefined ? [] : [{ path, place: extendPlace(each.place, 'source') }];
  });
}

interface Entry {
  readonly value: Json;
  readonly place: Place;
}

/** Members of a map, or items of a list, with their places. */
function listEntries(value: Json | undefined, place: Place): readonly Entry[] {
  const isList = Array.isArray(value);
  return listMembers(value).map((member, index) => ({
    value: member,
    place: extendPlace(place, isList ? index : (listKeys(value)[index] ?? '')),
  }));
}

interface ReadSource {
  readonly checked: readonly CheckedDocument[];
  /** Of all documents, those with errors included. */
  readonly names: readonly NamedPlace[];
  readonly diagnostics: readonly Diagnostic[];
}

interface NamedPlace {
  readonly name: string;
  readonly place: Place;
}

function readSource(source: ScoreSource): ReadSource {
  const parsed = readDocuments(source);
  const documents = parsed.value ?? [];
  const diagnostics: Diagnostic[] = [...parsed.diagnostics];
  if (documents.length === 0 && !hasErrors(diagnostics)) diagnostics.push(describeEmpty(source.file));
  const checked: CheckedDocument[] = [];
  for (const document of documents) {
    const outcome = checkDocument(document, source);
    diagnostics.push(...outcome.diagnostics);
    if (outcome.value) checked.push(outcome.value);
  }
  return { checked, names: documents.flatMap(readName), diagnostics };
}

/** The documents of a file that hold anything, with what is laid over them. */
function readDocuments({ file, text, overrides }: ScoreSource): Outcome<readonly YamlDocument[]> {
  const parsed = parseYaml(file, text);
  const documents = (parsed.value ?? []).filter((each) => each.value !== null);
  const [first, second] = documents;
  if (!first || !hasOverrides(overrides)) return succeed(documents, parsed.diagnostics);
  if (second) return succeed(documents, [...parsed.diagnostics, describeSeveral(file, documents)]);
  const { traced, diagnostics } = overrideDocument(first, overrides);
  return succeed([{ ...first, value: untrace(traced) }], [...parsed.diagnostics, ...diagnostics]);
}

function describeSeveral(file: string, documents: readonly YamlDocument[]): Diagnostic {
  const place: Place = { file, document: documents[1]?.document ?? 0, path: [] };
  const detail = `${quote(file)} holds ${documents.length} documents, and it is not said which of them the overrides are for. Put each workload into a file of its own.`;
  return diagnose('T1230', { place, detail });
}

function readName({ file, document, value }: YamlDocument): readonly NamedPlace[] {
  const name = readKey(readKey(value, 'metadata'), 'name');
  return typeof name === 'string' ? [{ name, place: { file, document, path: ['metadata', 'name'] } }] : [];
}

function describeEmpty(file: string): Diagnostic {
  const start = { line: 1, column: 1 };
  const detail = 'There is nothing in it but comments and blank space. A Score file has apiVersion, metadata and containers.';
  return diagnose('T1101', { source: { file, start, end: start }, detail });
}

function checkDocument({ file, document, value }: YamlDocument, source: ScoreSource): Outcome<CheckedDocument> {
  const place: Place = { file, document, path: [] };
  if (!isJsonObject(value)) {
    return fail(
      diagnose('T1101', {
        place,
        detail: `A Score document is a map with apiVersion, metadata and containers; ${nameType(value)} stands here.`,
      }),
    );
  }
  const version = checkVersion(value, place);
  if (version?.code === 'T1101') return fail(version);
  const shaped = parseShape(scoreSchema, version ? { ...value, apiVersion: scoreVersion } : value, {
    place,
    hint: hintScore,
    readWritten: makeWrittenReader(source),
  });
  const before = checkBefore(value['containers'], extendPlace(place, 'containers'));
  const further = shaped.value ? [] : findFurther(value, place, source.attachments ?? {});
  const diagnostics = [...(version ? [version] : []), ...shaped.diagnostics, ...before, ...further];
  if (!shaped.value) return { diagnostics };
  const { attachments = {}, overrides } = source;
  return succeed({ document: shaped.value, place, attachments, overrides: hasOverrides(overrides) ? overrides : undefined }, diagnostics);
}

/** What building the workload would report of its files and volumes, if something else were not in the way. */
function findFurther(document: JsonObject, place: Place, attachments: Attachments): readonly Diagnostic[] {
  const containers = readKey(document, 'containers');
  return listKeys(containers).flatMap((name) => {
    const containerPlace = extendPlace(place, 'containers', name);
    const container = readKey(containers, name);
    const files = filesSchema.safeParse(readKey(container, 'files'));
    const volumes = volumesSchema.safeParse(readKey(container, 'volumes'));
    return [
      ...(files.success ? readFiles(files.data, extendPlace(containerPlace, 'files'), attachments).diagnostics : []),
      ...(volumes.success ? readVolumes(volumes.data, extendPlace(containerPlace, 'volumes')).diagnostics : []),
    ];
  });
}

function checkVersion(document: JsonObject, place: Place): Diagnostic | undefined {
  const version = readKey(document, 'apiVersion');
  if (typeof version !== 'string' || version === scoreVersion) return undefined;
  const versionPlace: Place = { ...place, path: ['apiVersion'] };
  const kind = readKey(document, 'kind');
  if (version.startsWith('tutti.dev/')) {
    return diagnose('T1101', {
      place: versionPlace,
      detail: 'This is platform configuration. Give its folder with --platform DIR instead.',
    });
  }
  if (typeof kind === 'string' && !version.startsWith('score.dev')) {
    const detail = `This is a ${quote(kind)} of ${quote(version)}, not a workload in Score.`;
    return diagnose('T1101', { place: versionPlace, detail });
  }
  return diagnose('T1102', { place: versionPlace, detail: `The version is ${quote(version)}. Write apiVersion: ${scoreVersion}.` });
}

function findDuplicates(names: readonly NamedPlace[]): readonly Diagnostic[] {
  const firstByName = new Map<string, Place>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, place } of names) {
    const first = firstByName.get(name);
    if (first) diagnostics.push(describeDuplicate(name, place, first));
    else firstByName.set(name, place);
  }
  return diagnostics;
}

function describeDuplicate(name: string, place: Place, first: Place): Diagnostic {
  return diagnose('T1201', {
    place,
    detail: `A workload ${quote(name)} was read before this one. Rename one of them, or leave one out.`,
    related: [{ message: 'The first one is here.', place: first }],
  });
}

function buildWorkloads(
  checked: readonly CheckedDocument[],
  names: readonly NamedPlace[],
  images: Images,
): Outcome<readonly DeclaredWorkload[]> {
  const subjects = checked.map(({ document }) => describeSubject(document));
  const whole = new Set(subjects.map((each) => each.workload));
  // A document with errors has containers that nobody knows: an image for it is no further error.
  const broken = names.map((each) => each.name).filter((name) => !whole.has(name));
  const assigned = assignImages(images, subjects, broken);
  const assignment = assigned.value ?? new Map();
  const diagnostics: Diagnostic[] = [...assigned.diagnostics];
  const workloads = checked.flatMap((each, index) => {
    const subject = subjects[index] ?? describeSubject(each.document);
    const built = buildWorkload({ ...each, chooseImage: (container, place) => chooseImage({ ...subject, container }, assignment, place) });
    diagnostics.push(...built.diagnostics);
    return built.value ?? [];
  });
  return succeed(workloads, diagnostics);
}

function describeSubject({ metadata, containers }: ScoreDocument): ImageSubject {
  const images = Object.fromEntries(Object.entries(containers).map(([name, { image }]) => [name, image]));
  return { workload: metadata.name, images };
}
