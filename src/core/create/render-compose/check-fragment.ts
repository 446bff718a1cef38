import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { isSecret, isSecretText, isUnknown, isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { decodeBase64 } from '../../read/base64.ts';
import { entryName, isSection, sectionKinds, type Section } from './sections.ts';

/** All but what only we write. */
const sectionNames = Object.keys(sectionKinds).filter((name) => name !== 'variables');

/** Says what of a fragment is none of a Compose project. Reports: T4124. */
export function checkFragment(fragment: ValueObject, place: Place): readonly Diagnostic[] {
  if (Object.hasOwn(fragment, 'apiVersion') && Object.hasOwn(fragment, 'kind')) return [refuseManifest(place)];
  return Object.entries(fragment).flatMap(([name, section]) => checkSection(name, section, extendPlace(place, name)));
}

function refuseManifest(place: Place): Diagnostic {
  const detail =
    'This is a manifest for Kubernetes, and the environment is rendered for Compose. Restrict the definition (`match: [{format: kubernetes}]`), and add one for Compose.';
  return diagnose('T4124', { detail, place });
}

function checkSection(name: string, section: Value, place: Place): readonly Diagnostic[] {
  if (!isSection(name) || !sectionNames.includes(name)) {
    const detail = `${quote(name)} is no section of a Compose project.${didYouMean(name, sectionNames)} Sections: ${sectionNames.join(', ')}.`;
    return [diagnose('T4124', { detail, place })];
  }
  if (!isValueObject(section)) return [diagnose('T4124', { detail: `The section ${quote(name)} ${describe(section)}.`, place })];
  return Object.entries(section).flatMap(([key, value]) => checkEntry(name, key, { value, place: extendPlace(place, key) }));
}

function describe(value: Value): string {
  return isUnknown(value) ? 'is known only after provisioning' : 'is no map';
}

interface PlacedValue {
  readonly value: Value;
  readonly place: Place;
}

function checkEntry(section: Section, name: string, { value, place }: PlacedValue): readonly Diagnostic[] {
  const isPath = section === 'files' || section === 'directories';
  const misnamed = isPath ? checkPath(name) : checkName(name);
  if (misnamed !== undefined) return [diagnose('T4124', { detail: misnamed, place })];
  const mayBeEmpty = section !== 'services' && section !== 'files';
  if (!isValueObject(value) && !(mayBeEmpty && value === null)) {
    return [diagnose('T4124', { detail: `${quote(name)} in \`${section}\` ${describe(value)}.`, place })];
  }
  return section === 'files' && isValueObject(value) ? checkFile(name, value, place) : [];
}

function checkName(name: string): string | undefined {
  if (entryName.test(name)) return undefined;
  return `${quote(name)} is no name that Compose takes: letters, digits, ".", "_" and "-".`;
}

function checkPath(path: string): string | undefined {
  const steps = path.split('/');
  const isWithin = steps.every((step) => step !== '' && step !== '.' && step !== '..') && !/[\\\p{Cc}]/u.test(path);
  return isWithin ? undefined : `${quote(path)} is no path below the files of the project. Write it as "folder/name".`;
}

function checkFile(name: string, file: ValueObject, place: Place): readonly Diagnostic[] {
  const { content, base64, mode } = file;
  const isText = typeof content === 'string' || isSecret(content) || isSecretText(content) || isUnknown(content);
  const isBytes = isUnknown(base64) || (typeof base64 === 'string' && decodeBase64(base64) !== undefined);
  const problems = [
    ...(isText === isBytes || (content !== undefined && base64 !== undefined)
      ? ['has to have one of `content` and `base64`, which is text']
      : []),
    ...(mode === undefined || (typeof mode === 'string' && /^0?[0-7]{3}$/.test(mode)) ? [] : ['has a `mode` that is not like "0644"']),
  ];
  return problems.map((problem) => diagnose('T4124', { detail: `The file ${quote(name)} ${problem}.`, place }));
}
