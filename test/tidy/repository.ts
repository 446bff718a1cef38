import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Every file that belongs to the repository: tracked, or new and not ignored. Paths are relative to its root. */
export const files: readonly string[] = listFiles();

export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The lines of the given files that match, as `file:line: text`. */
export function findLines(among: readonly string[], pattern: RegExp): readonly string[] {
  return among.flatMap((file) =>
    readText(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

function listFiles(): readonly string[] {
  const options = { cwd: root, encoding: 'utf8' } as const;
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
  return listed
    .split('\0')
    .filter((file) => file !== '' && statSync(join(root, file), { throwIfNoEntry: false })?.isFile())
    .toSorted();
}
