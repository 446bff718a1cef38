import { failCall, takes, textAt, type FunctionTable } from '../run/args.ts';
import type { Run } from '../run/run.ts';
import type { GoVersion } from '../values/value.ts';
import { checkConstraint, readConstraint } from './constraint.ts';
import { readVersion } from './read-version.ts';

/** Semantic versions. */
export const versionFunctions: FunctionTable = {
  semver: takes(1, (args, run) => versionOf(textAt(args, 0), run)),
  semverCompare: takes(2, (args, run) => compare(textAt(args, 0), textAt(args, 1), run)),
};

function versionOf(text: string, run: Run): GoVersion {
  return readVersion(text) ?? failCall(run, 'invalid semantic version');
}

const lengthMax = 1_000;

function compare(constraint: string, version: string, run: Run): boolean {
  if (constraint.length > lengthMax) return failCall(run, `a constraint may have at most ${lengthMax} characters`);
  const alternatives = readConstraint(constraint);
  if (!alternatives) return failCall(run, 'improper constraint');
  return checkConstraint(alternatives, versionOf(version, run));
}
