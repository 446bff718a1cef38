import { diagnose, type Diagnostic } from '../../core/index.ts';

/** Where and with which words a program of PostgreSQL failed. */
export interface ProgramFailure {
  readonly dataDir: string;
  /** The last lines that it wrote, or why it could not be run at all. */
  readonly output: string;
}

interface Explanation {
  readonly pattern: RegExp;
  explain(failure: ProgramFailure): Diagnostic;
}

const explanations: readonly Explanation[] = [
  {
    pattern: /no space left on device|disk quota exceeded|check free disk space/i,
    explain: ({ dataDir, output }) =>
      diagnose('T7011', { detail: `PostgreSQL could not write to ${dataDir}. Free some space and try again.\n${output}` }),
  },
  {
    pattern: /error while loading shared libraries|library not loaded|spawn \S+ (ENOENT|ENOEXEC)|symbol not found/i,
    explain: ({ output }) =>
      diagnose('T7002', {
        detail: `They need glibc, and links that the install scripts of the package make. Run \`npm rebuild\` with scripts allowed; on musl (Alpine) use an image with glibc, or set DATABASE_URL.\n${output}`,
      }),
  },
  {
    pattern: /could not look up effective user ID/i,
    explain: () =>
      diagnose('T7005', {
        detail: `PostgreSQL makes a data folder only for a user with a name. Add a line for the user ${process.geteuid?.() ?? ''} to /etc/passwd, run as a named user, or set DATABASE_URL.`,
      }),
  },
];

/** Says what the failure of a program of PostgreSQL means. */
export function explainFailure(failure: ProgramFailure): Diagnostic {
  const known = explanations.find((each) => each.pattern.test(failure.output));
  if (known) return known.explain(failure);
  return diagnose('T7008', {
    detail: `The server of ${failure.dataDir} says:\n${failure.output || '(nothing)'}\nThe whole log is postgres.log in that folder.`,
  });
}

const fullCodes = ['ENOSPC', 'EDQUOT'];
const folderCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG', 'EIO', 'ERR_SQLITE_ERROR'];

/** Says what an error of the file system means; nothing for any other error. */
export function explainSystemError(dataDir: string, error: unknown): Diagnostic | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  const isFull = fullCodes.includes(code) || /disk is full/.test(String(error));
  if (isFull) return diagnose('T7011', { detail: `Nothing can be written to ${dataDir}. Free some space and try again.` });
  if (!folderCodes.includes(code)) return undefined;
  return diagnose('T7010', {
    detail: `${dataDir}: ${String(error)}. Choose another folder with --data-dir, or give this one to the user that runs tutti.`,
  });
}
