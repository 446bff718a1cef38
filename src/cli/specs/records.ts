import type { CommandSpec, ParameterSpec } from '../command.ts';
import { changeOptions, confirmOption, dryRunOption, projectOption, storedOptions } from '../input/options.ts';

const name = (summary: string): ParameterSpec => ({ name: 'NAME', summary });
const directory: ParameterSpec = { name: 'DIR', summary: 'a folder of platform configuration' };

export const projectCommands: readonly CommandSpec[] = [
  {
    path: ['project', 'create'],
    summary: 'Create a project',
    parameters: [name('its name')],
    options: [{ name: 'display-name', value: 'TEXT', summary: 'how people call it' }],
    needs: 'store',
    load: () => import('../commands/project/create.ts'),
  },
  { path: ['project', 'list'], summary: 'List the projects', needs: 'store', load: () => import('../commands/project/list.ts') },
  {
    path: ['project', 'show'],
    summary: 'Show a project with its environments',
    parameters: [name('its name')],
    needs: 'store',
    load: () => import('../commands/project/show.ts'),
  },
  {
    path: ['project', 'delete'],
    summary: 'Delete a project that has no environments',
    parameters: [name('its name')],
    needs: 'store',
    load: () => import('../commands/project/delete.ts'),
  },
];

export const environmentCommands: readonly CommandSpec[] = [
  {
    path: ['env', 'create'],
    summary: 'Create an environment',
    parameters: [name('its name')],
    options: [
      projectOption,
      { name: 'type', value: 'TYPE', summary: 'its environment type; default: its name' },
      { name: 'label', value: 'KEY=VALUE', summary: 'a label', isRepeated: true },
    ],
    needs: 'store',
    load: () => import('../commands/env/create.ts'),
  },
  {
    path: ['env', 'clone'],
    summary: 'Create an environment with the values of another one, and deploy what runs there to it',
    parameters: [{ name: 'FROM', summary: 'the environment that is cloned' }, name('its name')],
    options: [
      projectOption,
      { name: 'type', value: 'TYPE', summary: 'its environment type; default: that of the other one' },
      { name: 'label', value: 'KEY=VALUE', summary: 'a label', isRepeated: true },
    ],
    examples: ['tutti env clone staging preview-7 --project shop --type preview'],
    needs: 'store',
    load: () => import('../commands/env/clone.ts'),
  },
  {
    path: ['env', 'list'],
    summary: 'List the environments of a project',
    options: [projectOption],
    needs: 'store',
    load: () => import('../commands/env/list.ts'),
  },
  {
    path: ['env', 'show'],
    summary: 'Show an environment',
    parameters: [name('its name')],
    options: [projectOption],
    needs: 'store',
    load: () => import('../commands/env/show.ts'),
  },
  {
    path: ['env', 'delete'],
    summary: 'Delete an environment in which nothing is deployed or retained',
    parameters: [name('its name')],
    options: [projectOption],
    needs: 'store',
    load: () => import('../commands/env/delete.ts'),
  },
  {
    path: ['env', 'set'],
    summary: 'Set values of an environment; they take effect with the next deployment',
    parameters: [{ name: 'KEY=VALUE', summary: 'the values', isVariadic: true }],
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/env/set.ts'),
  },
  {
    path: ['env', 'unset'],
    summary: 'Remove values of an environment',
    parameters: [{ name: 'KEY', summary: 'the keys', isVariadic: true }],
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/env/unset.ts'),
  },
  {
    path: ['env', 'values'],
    summary: 'List the values of an environment',
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/env/values.ts'),
  },
];

export const secretCommands: readonly CommandSpec[] = [
  {
    path: ['secret', 'set'],
    summary: 'Set a secret, its value read from standard input or asked for',
    parameters: [{ name: 'KEY', summary: 'its key' }],
    options: storedOptions,
    examples: ['printf %s "$VALUE" | tutti secret set API_KEY --project shop --env staging'],
    needs: 'store',
    load: () => import('../commands/secret/set.ts'),
  },
  {
    path: ['secret', 'list'],
    summary: 'List the secrets of an environment, without their values',
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/secret/list.ts'),
  },
  {
    path: ['secret', 'unset'],
    summary: 'Remove a secret',
    parameters: [{ name: 'KEY', summary: 'its key' }],
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/secret/unset.ts'),
  },
];

export const resourceCommands: readonly CommandSpec[] = [
  {
    path: ['resource', 'list'],
    summary: 'List the resources of an environment, retained ones included',
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/resource/list.ts'),
  },
  {
    path: ['resource', 'show'],
    summary: 'Show a resource with its outputs; secret ones are hidden',
    parameters: [{ name: 'UID', summary: 'as `tutti resource list` shows it' }],
    options: storedOptions,
    needs: 'store',
    load: () => import('../commands/resource/show.ts'),
  },
];

export const platformCommands: readonly CommandSpec[] = [
  {
    path: ['platform', 'validate'],
    summary: 'Check platform configuration',
    parameters: [directory],
    needs: 'files',
    load: () => import('../commands/platform/validate.ts'),
  },
  {
    path: ['platform', 'apply'],
    summary: 'Make a platform release; environments stay on theirs until it is rolled out',
    parameters: [directory],
    needs: 'store',
    load: () => import('../commands/platform/apply.ts'),
  },
  {
    path: ['platform', 'show'],
    summary: 'Show the newest platform release, or another one',
    parameters: [{ name: 'NUMBER', summary: 'the release', isOptional: true }],
    needs: 'store',
    load: () => import('../commands/platform/show.ts'),
  },
  {
    path: ['platform', 'rollout'],
    summary: 'Move an environment to another platform release',
    parameters: [{ name: 'ENV', summary: 'the environment (or --env)', isOptional: true }],
    options: [...changeOptions, { name: 'to', value: 'NUMBER', summary: 'the release; default: the newest' }, confirmOption, dryRunOption],
    needs: 'store',
    load: () => import('../commands/platform/rollout.ts'),
  },
];
