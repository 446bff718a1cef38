import type { CodeEntry } from './entry.ts';

/** What goes wrong while a plan is carried out. */
export const carryingOut = {
  T5101: {
    severity: 'error',
    summary: 'The deployment was stopped',
    cause: 'It was interrupted, or its process lost the right to go on.',
    example: 'Ctrl-C during tutti deploy',
    cure: 'What was done is recorded. Run the deployment again: it plans from what is there.',
  },
  T5102: {
    severity: 'error',
    summary: 'A step failed',
    cause: 'A driver, the target or the machine answered with an error.',
    example: 'A folder that may not be written, a disk that is full, a host that does not answer.',
    cure: 'Mend what the detail names and run the deployment again; what was done stays done.',
  },
  T5103: {
    severity: 'error',
    summary: 'A step could not be carried out',
    cause: 'Something that the step needs is not there: a secret that cannot be revealed, a driver or a secret store that is missing.',
    example: 'A secret that was removed while the deployment waited.',
    cure: 'Supply what the detail names and run the deployment again.',
  },
  T5104: {
    severity: 'error',
    summary: 'Not touched, because something before it failed',
    cause: 'A resource or workload depends on one that failed in this deployment; its old version stays in place.',
    example: 'A database that fails stops the API that needs it.',
    cure: 'Mend the one that failed first; this one needs nothing.',
  },
  T5105: {
    severity: 'error',
    summary: 'There is nothing to resume',
    cause: 'No deployment of this environment was interrupted.',
    example: 'tutti resume --env staging   # after a deployment that ended',
    cure: 'Look at `tutti history`; deploy again if something is missing.',
  },
  T5108: {
    severity: 'error',
    summary: 'A deployment was given up',
    cause:
      'The process that carried it out ended again and again in the middle of it, so it may be what ends it. What was done of it stays.',
    example: 'a driver that takes all the memory of the machine',
    cure: 'Look at the log of `tutti serve` for why it ended; then deploy again.',
  },
  T5109: {
    severity: 'error',
    summary: 'A deployment was cancelled',
    cause: 'Somebody asked for it to be ended before it had.',
    example: 'tutti cancel --project shop --env staging',
    cure: 'What was done is recorded, and what was under way is looked at by the next plan. `tutti rollback` brings back what was there before.',
  },
  T5106: {
    severity: 'error',
    summary: 'A hook cannot be run',
    cause: 'The annotation `tutti.dev/hook` stands on something else than a Job, or says something else than `before` or `after`.',
    example: 'kind: Deployment\nmetadata: {annotations: {tutti.dev/hook: before}}',
    cure: 'Make it a Job, and say `before` or `after`.',
  },
  T5107: {
    severity: 'info',
    summary: 'A hook will run',
    cause: 'A Job with the annotation `tutti.dev/hook` belongs to something that the plan changes.',
    example: 'kind: Job\nmetadata: {name: migrate, annotations: {tutti.dev/hook: before}}',
    cure: 'Nothing: it is said so that nobody is surprised.',
  },
} as const satisfies Record<string, CodeEntry>;
