import type { CodeEntry } from './entry.ts';

export const store = {
  T7001: {
    severity: 'error',
    summary: 'The PostgreSQL binaries are not installed',
    cause:
      'The package with the binaries for this platform is missing: it does not exist for it, or optional dependencies were left out when installing.',
    example: 'npm ci --omit=optional && npx tutti serve',
    cure: 'Run `npm ci` with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
  },
  T7002: {
    severity: 'error',
    summary: 'The PostgreSQL binaries cannot run on this machine',
    cause:
      'They are built for glibc, so they do not run on musl (Alpine); or the install scripts that make links to their libraries were switched off.',
    example: 'npm ci --ignore-scripts && npx tutti serve',
    cure: 'Run `npm rebuild` with install scripts allowed; on musl use an image with glibc, or set DATABASE_URL to a PostgreSQL of your own.',
  },
  T7003: {
    severity: 'error',
    summary: 'There is no unprivileged user to run PostgreSQL as',
    cause: 'PostgreSQL refuses to run as root, and the user that should run it instead does not exist or is root itself.',
    example: 'TUTTI_POSTGRES_USER=nosuchuser npx tutti serve',
    cure: 'Run tutti as another user, set TUTTI_POSTGRES_USER to the name of an existing one, or set DATABASE_URL.',
  },
  T7004: {
    severity: 'error',
    summary: 'The user that runs PostgreSQL cannot reach its files',
    cause:
      'tutti runs as root, so PostgreSQL runs as an unprivileged user; a folder above the data folder or the binaries is closed to that user, and no capability can be passed to it.',
    example: 'npx tutti serve --data-dir /root/data',
    cure: 'Choose a reachable folder with --data-dir, run tutti as the owner of the folder, open the named folder (chmod o+x), install setpriv (util-linux), or set DATABASE_URL.',
  },
  T7005: {
    severity: 'error',
    summary: 'The current user has no passwd entry',
    cause:
      'PostgreSQL looks its user up by name when a data folder is made; containers that run under an arbitrary number have no such entry.',
    example: 'docker run --user 12345 IMAGE npx tutti serve',
    cure: 'Add a line for the user to /etc/passwd, run as a named user, or set DATABASE_URL.',
  },
  T7006: {
    severity: 'error',
    summary: 'The data folder was made by another major version of PostgreSQL',
    cause: 'Data folders of different major versions of PostgreSQL cannot be read by one another. Nothing was touched.',
    example: 'a folder made with PostgreSQL 17 is opened after an update to 18',
    cure: 'Go back to the tutti release that made it, dump the database (pg_dumpall), and restore it into a new data folder; or upgrade it with pg_upgrade.',
  },
  T7007: {
    severity: 'error',
    summary: 'The data folder cannot be used',
    cause:
      'The folder `postgres` holds something that is not a database cluster of tutti, or the file `postgres-password` beside it is missing or belongs to another one. Nothing was touched.',
    example: 'rm .tutti/postgres-password && npx tutti serve',
    cure: 'Put the missing file back from a backup, or choose another data folder with --data-dir.',
  },
  T7008: {
    severity: 'error',
    summary: 'PostgreSQL does not start',
    cause:
      'The server ended, or was not ready in time. Its last lines of log say why: damaged files, missing shared memory, an exceeded limit.',
    example: 'a file within .tutti/postgres was removed by hand',
    cure: 'Read the lines of the log; the whole of it is `postgres.log` in the data folder. Restore the folder from a backup, or move it away to start afresh.',
  },
  T7009: {
    severity: 'error',
    summary: 'Another process keeps the PostgreSQL of the data folder busy',
    cause: 'Starting and stopping happens under a lock, which another living process holds for too long, possibly because it is suspended.',
    example: 'a tutti process was stopped with Ctrl-Z while it started the database',
    cure: 'End or resume the other tutti process. The lock dies with its process; there is no file to remove.',
  },
  T7010: {
    severity: 'error',
    summary: 'The data folder cannot be written',
    cause: 'The folder cannot be made, opened or written: it belongs to another user, or lies on a read-only or unsuitable file system.',
    example: 'npx tutti serve --data-dir /proc/data',
    cure: 'Choose another folder with --data-dir, or give this one to the user that runs tutti.',
  },
  T7011: {
    severity: 'error',
    summary: 'The disk of the data folder is full',
    cause: 'PostgreSQL could not write its files: there is no space left, or a quota is used up.',
    example: 'npx tutti serve on a full disk',
    cure: 'Free some space and try again; nothing that was committed is lost. Or choose a folder on another disk with --data-dir.',
  },
  T7012: {
    severity: 'error',
    summary: 'Another `tutti serve` owns the data folder',
    cause: 'One control plane serves a data folder; commands without a server use the running one.',
    example: 'npx tutti serve in two terminals of one checkout',
    cure: 'Use the running one (--server ADDRESS), end it, or give this one its own folder with --data-dir.',
  },
  T7013: {
    severity: 'error',
    summary: 'The data folder is in use from another container or machine',
    cause:
      'Other processes use the folder, but their PostgreSQL is not among the processes that can be seen here. Two servers on one folder would destroy the data.',
    example: 'two containers mount one folder as their data folder',
    cure: 'End the processes in the other container, or let both use one PostgreSQL by DATABASE_URL.',
  },
} as const satisfies Record<string, CodeEntry>;
