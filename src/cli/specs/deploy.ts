import type { CommandSpec, OptionSpec } from '../command.ts';
import {
  changeOptions,
  confirmOption,
  dryRunOption,
  filesParameter,
  reasonOption,
  storedOptions,
  workloadOptions,
} from '../input/options.ts';

const setOptions: readonly OptionSpec[] = [
  ...workloadOptions,
  { name: 'remove', value: 'WORKLOAD', summary: 'a workload that goes', isRepeated: true },
  { name: 'only', summary: 'the given workloads become the whole: all others go' },
];

export const deployCommands: readonly CommandSpec[] = [
  {
    path: ['import'],
    summary: 'Take over the state of a score-compose or score-k8s project, so that passwords stay the same',
    parameters: [{ name: 'PATH', summary: 'the project folder, or its state.yaml; default: the current folder', isOptional: true }],
    options: [...storedOptions],
    examples: ['tutti import ../shop --project shop --env staging'],
    needs: 'store',
    load: () => import('../commands/import.ts'),
  },
  {
    path: ['plan'],
    summary: 'Show what a deployment would change, and keep the plan',
    parameters: [filesParameter],
    options: [...changeOptions, ...setOptions],
    examples: ['tutti plan web.score.yaml --project shop --env staging'],
    needs: 'store',
    load: () => import('../commands/plan.ts'),
  },
  {
    path: ['deploy'],
    summary: 'Deploy workloads to an environment',
    parameters: [filesParameter],
    options: [
      ...changeOptions,
      ...setOptions,
      { name: 'plan', value: 'ID', summary: 'carry out this plan and no other' },
      confirmOption,
      dryRunOption,
    ],
    examples: [
      'tutti deploy . --project shop --env staging',
      'tutti deploy --project shop --env staging --image web=registry.example/web@sha256:…',
      'tutti deploy --project shop --env staging --plan ID --confirm DIGEST',
    ],
    needs: 'store',
    load: () => import('../commands/deploy.ts'),
  },
  {
    path: ['adopt'],
    summary: 'Deploy workloads, and take over objects that are there already and that nobody of tutti made',
    parameters: [filesParameter],
    options: [...changeOptions, ...setOptions, confirmOption, dryRunOption],
    examples: ['tutti adopt web.score.yaml --project shop --env staging --dry-run'],
    needs: 'store',
    load: () => import('../commands/adopt.ts'),
  },
  {
    path: ['destroy'],
    summary: 'Remove everything that an environment has; what holds data is kept unless you say otherwise',
    options: [
      ...storedOptions,
      { name: 'delete-data', summary: 'what holds data goes, too, volumes and databases with it' },
      reasonOption,
      confirmOption,
      dryRunOption,
    ],
    examples: ['tutti destroy --project shop --env preview-7 --dry-run', 'tutti destroy --project shop --env preview-7 --delete-data'],
    needs: 'store',
    load: () => import('../commands/destroy.ts'),
  },
  {
    path: ['status'],
    summary: 'Say what runs in an environment',
    options: [
      ...storedOptions,
      { name: 'instances', summary: 'with everything that runs, and the warnings about it' },
      { name: 'watch', summary: 'again whenever it changes; ends with Ctrl-C' },
    ],
    examples: ['tutti status --project shop --env staging --instances', 'tutti status --project shop --env staging --watch'],
    needs: 'store',
    load: () => import('../commands/status.ts'),
  },
  {
    path: ['history'],
    summary: 'List the deployments of an environment, newest first',
    options: [
      ...storedOptions,
      { name: 'limit', value: 'COUNT', summary: 'at most so many; default: 50' },
      { name: 'before', value: 'NUMBER', summary: 'only those before this one' },
    ],
    needs: 'store',
    load: () => import('../commands/history.ts'),
  },
  {
    path: ['diff'],
    summary: 'Compare what two deployments deployed',
    parameters: [
      { name: 'FROM', summary: 'the number of a deployment' },
      { name: 'TO', summary: 'the number of another' },
    ],
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/diff.ts'),
  },
  {
    path: ['rollback'],
    summary: 'Deploy the workloads of an earlier deployment',
    parameters: [{ name: 'NUMBER', summary: 'the deployment; default: the last succeeded one before the current', isOptional: true }],
    options: [...changeOptions, confirmOption, dryRunOption],
    needs: 'store',
    load: () => import('../commands/rollback.ts'),
  },
  {
    path: ['resume'],
    summary: 'Go on with a deployment that was cut off',
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/resume.ts'),
  },
];
