import { diagnose, type Diagnostic } from '../../core/index.ts';

const nameLengthMax = 40;
const keyLengthMax = 253;

/** Names of projects and environments: they become labels, folders and parts of host names. */
export function checkName(what: string, name: string): readonly Diagnostic[] {
  if (name.length <= nameLengthMax && /^[a-z]([a-z0-9-]*[a-z0-9])$/.test(name)) return [];
  return [
    diagnose('T7204', {
      detail: `${JSON.stringify(name)} cannot name a ${what}: use 2 to ${nameLengthMax} lower-case letters, digits and dashes, beginning with a letter and ending with a letter or a digit.`,
    }),
  ];
}

/** Keys of an environment's settings: what `\${resources.NAME.KEY}` can reach. */
export function checkKey(key: string): readonly Diagnostic[] {
  if (key.length <= keyLengthMax && /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)) return [];
  return [
    diagnose('T7204', {
      detail: `${JSON.stringify(key)} cannot name a setting: use letters, digits, "_", "." and "-", beginning with a letter or "_".`,
    }),
  ];
}
