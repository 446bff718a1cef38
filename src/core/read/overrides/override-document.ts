import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { Overrides } from '../../model/overrides.ts';
import { nameType } from '../shape.ts';
import { parseYaml, type YamlDocument } from '../yaml.ts';
import { parseProperty, rangeOfPath } from './property.ts';
import { setProperty } from './set-property.ts';
import { mergeOver, trace, traceMap, type Traced } from './traced.ts';

/** A document with what is laid over it, as far as that fits. */
export interface OverriddenDocument {
  readonly traced: Traced;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lays overrides over a document: the files in their order, then the properties in theirs.
 * Rule: files are merged map by map, lists and everything else are replaced, an empty file changes nothing; what does not fit is reported
 * and left out, and the rest is laid over all the same.
 * Reports: T1003 – T1019 of an overrides file, T1231 – T1235.
 */
export function overrideDocument({ file, document, value }: YamlDocument, overrides: Overrides): OverriddenDocument {
  const diagnostics: Diagnostic[] = [];
  let traced = trace(value, { kind: 'file', place: { file, document, path: [] } });
  for (const each of overrides.files ?? []) {
    const over = readOverridesFile(each);
    diagnostics.push(...over.diagnostics);
    if (over.traced) traced = mergeOver(traced, over.traced);
  }
  const properties = overrides.properties ?? [];
  for (const index of properties.keys()) {
    const step = applyProperty(traced, properties, index);
    diagnostics.push(...step.diagnostics);
    traced = step.traced;
  }
  return { traced, diagnostics };
}

/** Says whether anything is laid over. */
export function hasOverrides(overrides: Overrides | undefined): overrides is Overrides {
  return overrides !== undefined && (overrides.files?.length ?? 0) + (overrides.properties?.length ?? 0) > 0;
}

function readOverridesFile({ file, text }: { readonly file: string; readonly text: string }): Partial<OverriddenDocument> & {
  readonly diagnostics: readonly Diagnostic[];
} {
  const parsed = parseYaml(file, text);
  const filled = (parsed.value ?? []).filter((each) => each.value !== null);
  const [first, second] = filled;
  if (!first) return { diagnostics: parsed.diagnostics };
  const place = { file, document: first.document, path: [] };
  if (second) {
    const detail = 'Only one document can be laid over a Score file. Put all that shall change into one.';
    return { diagnostics: [...parsed.diagnostics, diagnose('T1235', { place: { ...place, document: second.document }, detail })] };
  }
  const traced = traceMap(first.value, { kind: 'file', place });
  if (traced) return { traced, diagnostics: parsed.diagnostics };
  const detail = `A map in the shape of a Score file is expected; ${nameType(first.value)} stands here.`;
  return { diagnostics: [...parsed.diagnostics, diagnose('T1235', { place, detail })] };
}

function applyProperty(traced: Traced, properties: readonly string[], index: number): OverriddenDocument {
  const property = parseProperty(properties, index);
  if (!property.value) return { traced, diagnostics: property.diagnostics };
  const result = setProperty(traced, property.value);
  if (result.kind === 'changed') return { traced: result.traced, diagnostics: [] };
  const source: SourceRange = rangeOfPath(properties, index);
  if (result.kind === 'unfit') return { traced, diagnostics: [diagnose('T1232', { source, detail: result.problem })] };
  const detail = `Nothing stands at ${property.value.path.join('.')}, so nothing was taken away. Check the names, or leave this out.`;
  return { traced, diagnostics: [diagnose('T1234', { source, detail })] };
}
