import type { Diagnostic, Outcome, Place, SourceRange } from '../../diagnostics/diagnostic.ts';
import { diagnose, fail, hasErrors } from '../../diagnostics/report.ts';
import type { Overrides } from '../../model/overrides.ts';
import { nameType } from '../shape.ts';
import type { Json } from '../../model/value.ts';
import { isJsonObject } from '../yaml-json.ts';
import { defaultLimits } from '../yaml-stream.ts';
import { parseYaml, type YamlDocument } from '../yaml.ts';
import { parseProperty, placeProperties, type PlacedProperties } from './property.ts';
import { setProperty } from './set-property.ts';
import { countValues, mergeOver, trace, type Traced } from './traced.ts';

/** A document with what is laid over it, as far as that fits. */
export interface OverriddenDocument {
  readonly traced: Traced;
  readonly diagnostics: readonly Diagnostic[];
}

/** The work on one document. */
interface Overriding {
  traced: Traced;
  /** How many values may still come: each override unfolds its aliases for itself. */
  valuesLeft: number;
  readonly diagnostics: Diagnostic[];
}

/**
 * Lays overrides over a document: the files in their order, then the properties in theirs.
 * Rule: files are merged map by map, lists and everything else are replaced, an empty file changes nothing; what does not fit is reported
 * and left out, and the rest is laid over all the same. All overrides together have no more values than one file may.
 * Reports: T1003 – T1019 of an overrides file, T1231 – T1235.
 */
export function overrideDocument({ file, document, value }: YamlDocument, overrides: Overrides): OverriddenDocument {
  const traced = trace(value, { kind: 'file', place: { file, document, path: [] } });
  const work: Overriding = { traced, valuesLeft: defaultLimits.valuesMax, diagnostics: [] };
  for (const each of overrides.files ?? []) applyFile(each, work);
  const properties = placeProperties(overrides.properties ?? []);
  for (const index of properties.texts.keys()) applyProperty(properties, index, work);
  return { traced: work.traced, diagnostics: work.diagnostics };
}

/** Says whether anything is laid over. */
export function hasOverrides(overrides: Overrides | undefined): overrides is Overrides {
  return overrides !== undefined && (overrides.files?.length ?? 0) + (overrides.properties?.length ?? 0) > 0;
}

interface OverridesFile {
  readonly file: string;
  readonly text: string;
}

function applyFile(source: OverridesFile, work: Overriding): void {
  const read = readOverridesFile(source);
  work.diagnostics.push(...read.diagnostics);
  if (!read.value) return;
  const { file, document, value } = read.value;
  const place: Place = { file, document, path: [] };
  if (takeValues(value, work, () => ({ place }))) work.traced = mergeOver(work.traced, trace(value, { kind: 'file', place }));
}

/** The one map of an overrides file; nothing of an empty one. */
function readOverridesFile({ file, text }: OverridesFile): Outcome<YamlDocument> {
  const { value = [], diagnostics } = parseYaml(file, text);
  if (hasErrors(diagnostics)) return { diagnostics };
  const [first, second] = value.filter((each) => each.value !== null);
  if (!first) return { diagnostics };
  const place = { file, document: first.document, path: [] };
  if (second) {
    const detail = 'Only one document can be laid over a Score file. Put all that shall change into one.';
    return fail(...diagnostics, diagnose('T1235', { place: { ...place, document: second.document }, detail }));
  }
  if (isJsonObject(first.value)) return { value: first, diagnostics };
  const detail = `A map in the shape of a Score file is expected; ${nameType(first.value)} stands here.`;
  return fail(...diagnostics, diagnose('T1235', { place, detail }));
}

/** Says so once, when there are too many. */
function takeValues(value: Json, work: Overriding, where: () => Pick<Diagnostic, 'place' | 'source'>): boolean {
  if (work.valuesLeft < 0) return false;
  work.valuesLeft -= countValues(value, work.valuesLeft);
  if (work.valuesLeft >= 0) return true;
  const detail = `The limit of ${defaultLimits.valuesMax} values in all overrides is passed here. What follows was not read.`;
  work.diagnostics.push(diagnose('T1006', { ...where(), detail }));
  return false;
}

function applyProperty(properties: PlacedProperties, index: number, work: Overriding): void {
  const property = parseProperty(properties, index);
  work.diagnostics.push(...property.diagnostics);
  const where = (): { readonly source: SourceRange } => ({ source: properties.rangeOfPath(index) });
  if (!property.value || !takeValues(property.value.value, work, where)) return;
  const result = setProperty(work.traced, property.value);
  if (result.kind === 'unfit') work.diagnostics.push(diagnose('T1232', { ...where(), detail: result.problem }));
  if (result.kind !== 'nothing-there') return;
  const detail = `Nothing stands at ${property.value.path.join('.')}, so nothing was taken away. Check the names, or leave this out.`;
  work.diagnostics.push(diagnose('T1234', { ...where(), detail }));
}
