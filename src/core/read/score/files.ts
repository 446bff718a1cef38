import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, succeed } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { ContainerFile } from '../../model/workload.ts';
import { decodeBase64 } from '../base64.ts';
import { decodeUtf8 } from '../text.ts';
import { upgradeList, type Entry } from './lists.ts';
import type { ScoreFile, ScoreFiles, ScoreListedFile } from './schema.ts';

/** Files that came along with a Score file, by their path relative to it. */
export type Attachments = Readonly<Record<string, { readonly base64: string }>>;

/**
 * Reads the files of a container: by target path, with their content.
 * Rule: a list becomes a map; content that is valid UTF-8 is text, everything else bytes; `binaryContent` is never expanded, so always bytes.
 * Reports: T1221 – T1224, T1401, T1402.
 */
export function readFiles(files: ScoreFiles | undefined, place: Place, attachments: Attachments): Outcome<Record<string, ContainerFile>> {
  const { entries, diagnostics } = listEntries(files, place);
  const result: Record<string, ContainerFile> = {};
  const found: Diagnostic[] = [...diagnostics];
  for (const entry of entries) {
    const read = readFile(entry, attachments);
    found.push(...read.diagnostics);
    if (read.value) result[entry.target] = read.value;
  }
  return succeed(result, found);
}

function listEntries(
  files: ScoreFiles | undefined,
  place: Place,
): { entries: readonly Entry<ScoreFile>[]; diagnostics: readonly Diagnostic[] } {
  if (Array.isArray(files)) return upgradeList(files, place, upgradeFile);
  const entries = Object.entries(files ?? {}).map(([target, item]) => ({ target, item, place: extendPlace(place, target) }));
  return { entries, diagnostics: [] };
}

function upgradeFile(
  { target: _target, content, ...rest }: ScoreListedFile,
  place: Place,
): { item: ScoreFile; diagnostics: readonly Diagnostic[] } {
  if (content === undefined) return { item: rest, diagnostics: [] };
  if (typeof content === 'string') return { item: { ...rest, content }, diagnostics: [] };
  const detail = 'A content as a list of lines is an older form. Write it as one text: content: |.';
  const diagnostics = [diagnose('T1402', { place: { ...extendPlace(place, 'content'), on: 'key' }, detail })];
  return { item: { ...rest, content: content.join('\n') }, diagnostics };
}

function readFile({ item, place }: Entry<ScoreFile>, attachments: Attachments): Outcome<ContainerFile> {
  const mode = item.mode === undefined ? {} : { mode: item.mode };
  const isExpanded = item.noExpand !== true;
  if (item.content !== undefined) return succeed({ kind: 'text', text: item.content, isExpanded, ...mode });
  if (item.binaryContent !== undefined) return readBinary(item.binaryContent, extendPlace(place, 'binaryContent'), mode);
  const loaded = loadSource(item.source ?? '', extendPlace(place, 'source'), attachments);
  if (!loaded.value) return fail(...loaded.diagnostics);
  const { base64, bytes } = loaded.value;
  const text = decodeUtf8(bytes);
  return succeed(text === undefined ? { kind: 'bytes', base64, ...mode } : { kind: 'text', text, isExpanded, ...mode });
}

function readBinary(text: string, place: Place, mode: { readonly mode?: string }): Outcome<ContainerFile> {
  // Line breaks come with every block of YAML and with every `base64` command.
  const base64 = text.replaceAll(/[\r\n]/g, '');
  if (decodeBase64(base64)) return succeed({ kind: 'bytes', base64, ...mode });
  return fail(diagnose('T1223', { place, detail: describeBadBase64(base64) }));
}

function describeBadBase64(base64: string): string {
  const bad = /[^A-Za-z0-9+/=]/.exec(base64)?.[0];
  if (bad === '-' || bad === '_') return 'It looks like base64 for URLs. Standard base64 has "+" and "/" instead of "-" and "_".';
  if (bad !== undefined) return `The character ${quote(bad)} is not base64. Text goes to \`content\` instead.`;
  return 'Its length or its end is wrong: groups of four characters, the last one filled up with "=".';
}

interface Loaded {
  readonly base64: string;
  readonly bytes: Uint8Array;
}

function loadSource(source: string, place: Place, attachments: Attachments): Outcome<Loaded> {
  const path = resolveSourcePath(source);
  if (path === undefined) {
    const detail = `${quote(source)} is not a path below the folder of the Score file. Use a relative path with "/" and without "..".`;
    return fail(diagnose('T1221', { place, detail }));
  }
  const attachment = findAttachment(attachments, source) ?? findAttachment(attachments, path);
  if (!attachment) {
    const detail = `There is no file ${quote(path)} beside the Score file.${didYouMean(path, Object.keys(attachments))} The path is relative to its folder.`;
    return fail(diagnose('T1222', { place, detail }));
  }
  const bytes = decodeBase64(attachment.base64);
  if (!bytes) return fail(diagnose('T1223', { place, detail: `The file ${quote(path)} was handed over in a damaged form.` }));
  return succeed({ base64: attachment.base64, bytes });
}

function findAttachment(attachments: Attachments, path: string): { readonly base64: string } | undefined {
  return Object.hasOwn(attachments, path) ? attachments[path] : undefined;
}

/** A path below the folder of the Score file, without `.` and empty segments; nothing where it would lead elsewhere. */
export function resolveSourcePath(source: string): string | undefined {
  if (source.startsWith('/') || /[\\\0]|^[A-Za-z]:/.test(source)) return undefined;
  const segments = source.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 || segments.includes('..') ? undefined : segments.join('/');
}
