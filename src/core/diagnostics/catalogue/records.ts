import type { CodeEntry } from './entry.ts';

/** What the store says about records; the database itself is in `store.ts`. */
export const records = {
  T7201: {
    severity: 'error',
    summary: 'No such record',
    cause: 'The project, environment, release, plan, deployment or resource that was named does not exist.',
    example: 'tutti status --project shop --env stagin',
    cure: 'Look at the list of what exists (`tutti project list`, `tutti env list`) and use a name from it.',
  },
  T7202: {
    severity: 'error',
    summary: 'Exists already',
    cause: 'A record of that name is there already.',
    example: 'tutti project create shop   # twice',
    cure: 'Use the one that exists, or choose another name.',
  },
  T7203: {
    severity: 'error',
    summary: 'Still in use',
    cause: 'What shall be deleted is still needed by something that lives.',
    example: 'tutti project delete shop   # while it has environments',
    cure: 'Delete what the detail names first.',
  },
  T7204: {
    severity: 'error',
    summary: 'Not a valid name',
    cause: 'Names of projects, environments and settings become names in other systems and have to fit there.',
    example: 'tutti project create "My Shop"',
    cure: 'Use 2 to 40 lower-case letters, digits and dashes, beginning with a letter and ending with a letter or a digit.',
  },
  T7205: {
    severity: 'error',
    summary: 'Another process has taken over',
    cause: 'The right to carry out this deployment was lost: it was paused for too long, and somebody else went on.',
    example: 'A laptop that slept in the middle of a deployment.',
    cure: 'Nothing was written after the loss. Look at `tutti status`; run the deployment again if it is still needed.',
  },
  T7206: {
    severity: 'error',
    summary: 'An earlier deployment was interrupted',
    cause: 'The process that carried it out is gone, and deployments of one environment go strictly in order.',
    example: 'tutti deploy web.score.yaml --env staging   # after a kill -9',
    cure: 'Run `tutti resume` for the environment (or start `tutti serve`): it plans again and goes on.',
  },
  T7211: {
    severity: 'error',
    summary: 'The deployment has ended already',
    cause: 'What has ended cannot be cancelled.',
    example: 'tutti cancel 7   # which succeeded a minute ago',
    cure: 'Look at `tutti history`. `tutti rollback` brings back what was there before.',
  },
  T7207: {
    severity: 'error',
    summary: 'No platform release yet',
    cause: 'Environments are pinned to a release of the platform configuration, and none was ever applied.',
    example: 'tutti env create staging   # in an empty installation',
    cure: 'Apply one: `tutti platform apply DIR`.',
  },
  T7208: {
    severity: 'error',
    summary: 'The token is not valid',
    cause: 'The token is unknown here, or it was revoked.',
    example: 'TUTTI_TOKEN=wrong tutti status --server http://127.0.0.1:8470',
    cure: 'Use the token in the file `admin-token` of the data folder of that server, or ask its administrator for one.',
  },
  T7209: {
    severity: 'error',
    summary: 'The database cannot be used',
    cause: 'The connection failed, the schema could not be brought up to date, or the key of the installation cannot be read.',
    example: 'DATABASE_URL=postgres://wrong-host/tutti tutti serve',
    cure: 'Check DATABASE_URL (PostgreSQL 15 or newer) and that the data folder can be read and written.',
  },
  T7210: {
    severity: 'warning',
    summary: 'A resource is deployed already, so nothing was imported for it',
    cause: 'The environment has the resource with a state of its own, which would be lost.',
    example: 'tutti import ./old-project --project shop --env staging   # after the first deployment',
    cure: 'Import before the first deployment, into a new environment if need be.',
  },
} as const satisfies Record<string, CodeEntry>;
