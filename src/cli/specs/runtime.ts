import type { CommandSpec, OptionSpec, ParameterSpec } from '../command.ts';
import { confirmOption, dryRunOption, reasonOption, storedOptions } from '../input/options.ts';

const workload: ParameterSpec = { name: 'WORKLOAD', summary: 'the workload' };
const noWaitOption: OptionSpec = { name: 'no-wait', summary: 'do not wait for what becomes of it' };

export const runtimeCommands: readonly CommandSpec[] = [
  {
    path: ['logs'],
    summary: 'Show what a workload writes, the secrets in it hidden',
    parameters: [{ ...workload, isOptional: true }],
    options: [
      ...storedOptions,
      { name: 'resource', value: 'UID', summary: 'a resource in the place of a workload' },
      { name: 'follow', summary: 'go on with what is written from now on; ends with Ctrl-C' },
      { name: 'previous', summary: 'what each container wrote before its last restart' },
      { name: 'container', value: 'NAME', summary: 'only that container' },
      { name: 'instance', value: 'NAME', summary: 'only that instance' },
      { name: 'run', value: 'NAME', summary: 'only that run of a job' },
      { name: 'lines', value: 'COUNT', summary: 'the last so many lines of each container' },
      { name: 'since', value: 'TIME', summary: 'only what was written in that time: 90s, 10m, 2h' },
      { name: 'plain', summary: 'without the names of instances and containers' },
    ],
    examples: [
      'tutti logs web --project shop --env staging --follow',
      'tutti logs web --previous --lines 50',
      "tutti logs --resource 'postgres.default#api.db' --since 10m",
    ],
    needs: 'store',
    load: () => import('../commands/logs.ts'),
  },
  {
    path: ['restart'],
    summary: 'Replace everything that runs of a workload by the same, without a gap',
    parameters: [workload],
    options: [...storedOptions, noWaitOption],
    needs: 'store',
    load: () => import('../commands/restart.ts'),
  },
  {
    path: ['scale'],
    summary: 'Set how many replicas workloads have, and deploy that',
    parameters: [{ name: 'WORKLOAD=COUNT', summary: 'the workloads and their replicas', isVariadic: true }],
    options: [...storedOptions, reasonOption, confirmOption],
    examples: ['tutti scale web=3 worker=0 --project shop --env staging'],
    needs: 'store',
    load: () => import('../commands/scale.ts'),
  },
  {
    path: ['pause'],
    summary: 'Scale every workload of an environment to zero and hold its schedules, until `tutti unpause`',
    options: [...storedOptions, reasonOption, confirmOption],
    needs: 'store',
    load: () => import('../commands/pause.ts'),
  },
  {
    path: ['unpause'],
    summary: 'Give the workloads of a paused environment the replicas and schedules that they shall have',
    options: [...storedOptions, reasonOption, confirmOption],
    needs: 'store',
    load: () => import('../commands/unpause.ts'),
  },
  {
    path: ['drift'],
    summary: 'Say what is not as it was deployed: which fields, whose they are, and since when',
    options: [
      ...storedOptions,
      { name: 'revert', summary: 'deploy: everything is set right' },
      { name: 'accept', value: 'KEY', summary: 'leave the fields of that object that differ as they are, from now on' },
      { name: 'exit-code', summary: 'end with 1 when something differs' },
      reasonOption,
      confirmOption,
      dryRunOption,
    ],
    examples: ['tutti drift --project shop --env staging', 'tutti drift --project shop --env staging --revert'],
    needs: 'store',
    load: () => import('../commands/drift.ts'),
  },
  {
    path: ['run'],
    summary: 'Run the job of a workload once, now, and show what it writes',
    parameters: [workload],
    options: [...storedOptions, noWaitOption],
    needs: 'store',
    load: () => import('../commands/run.ts'),
  },
];
