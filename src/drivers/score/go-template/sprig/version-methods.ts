import { makeInteger, type GoVersion, type Val } from '../values/value.ts';

/** A version with all three numbers, however it was written. */
export function showVersion({ major, minor, patch, prerelease, metadata }: GoVersion): string {
  return `${major}.${minor}.${patch}${prerelease === '' ? '' : `-${prerelease}`}${metadata === '' ? '' : `+${metadata}`}`;
}

/** The methods of a version that templates use. */
export const versionMethods: Readonly<Record<string, (version: GoVersion) => Val>> = {
  Major: ({ major }) => makeInteger('uint64', major),
  Minor: ({ minor }) => makeInteger('uint64', minor),
  Patch: ({ patch }) => makeInteger('uint64', patch),
  Prerelease: ({ prerelease }) => prerelease,
  Metadata: ({ metadata }) => metadata,
  Original: ({ original }) => original,
  String: showVersion,
};
