import type { CommandSpec, OptionSpec, ParameterSpec } from './command.ts';
import {
  contextOptions,
  decidedOptions,
  deleteResourceOption,
  filesParameter,
  projectOption,
  reasonOption,
  rebindOption,
  storedOptions,
  workloadOptions,
} from './input/options.ts';

/** An environment of the store decides them: they are refused with a reason instead of being unknown. */
const storedOnly: readonly OptionSpec[] = decidedOptions.map((each) => ({ ...each, isHidden: true }));

const changeOptions: readonly OptionSpec[] = [...storedOptions, reasonOption, deleteResourceOption, rebindOption, ...storedOnly];

const setOptions: readonly OptionSpec[] = [
  ...workloadOptions,
  { name: 'remove', value: 'WORKLOAD', summary: 'a workload that goes', isRepeated: true },
  { name: 'only', summary: 'the given workloads become the whole: all others go' },
];

const confirmOption: OptionSpec = {
  name: 'confirm',
  value: 'DIGEST',
  summary: 'confirms what the plan of this digest deletes',
};

const dryRunOption: OptionSpec = { name: 'dry-run', summary: 'show the plan, carry nothing out' };

const name = (summary: string): ParameterSpec => ({ name: 'NAME', summary });
const directory: ParameterSpec = { name: 'DIR', summary: 'a folder of platform configuration' };

const fileCommands: readonly CommandSpec[] = [
  {
    path: ['init'],
    summary: 'Write a first Score file and a first platform configuration',
    parameters: [{ name: 'DIR', summary: 'where; default: the current folder', isOptional: true }],
    needs: 'nothing',
    load: () => import('./commands/init.ts'),
  },
  {
    path: ['validate'],
    summary: 'Check Score files',
    parameters: [filesParameter],
    options: [...contextOptions, ...workloadOptions],
    examples: ['tutti validate web.score.yaml', 'tutti validate . --platform ./platform --env-type production'],
    needs: 'files',
    load: () => import('./commands/validate.ts'),
  },
  {
    path: ['explain'],
    summary: 'Say which definition meets each need, and why not another',
    parameters: [
      { name: 'NEED', summary: 'a type (postgres), workload.need (api.db) or uid; default: all', isOptional: true },
      { ...filesParameter, summary: 'Score files or folders; without them and with an environment named: what is deployed there' },
    ],
    options: [
      ...contextOptions,
      ...workloadOptions,
      { name: 'all-environments', summary: 'compare all environment types, or all environments of the project' },
    ],
    examples: [
      'tutti explain api.db api.score.yaml --platform ./platform --all-environments',
      'tutti explain postgres --project shop --env staging',
    ],
    needs: 'files',
    load: () => import('./commands/explain.ts'),
  },
  {
    path: ['graph'],
    summary: 'Show the resource graph',
    parameters: [
      { ...filesParameter, summary: 'Score files or folders; without them and with an environment named: what is deployed there' },
    ],
    options: [...contextOptions, ...workloadOptions, { name: 'dot', summary: "in Graphviz's language" }],
    examples: ['tutti graph . --platform ./platform', 'tutti graph --project shop --env staging --dot | dot -Tsvg > shop.svg'],
    needs: 'files',
    load: () => import('./commands/graph.ts'),
  },
  {
    path: ['render'],
    summary: 'Render Score files to manifests, nothing deployed',
    parameters: [filesParameter],
    options: [
      ...contextOptions,
      ...workloadOptions,
      { name: 'out', value: 'DIR', summary: 'write one file an object there instead of printing' },
      { name: 'seed', value: 'TEXT', summary: 'what generated values are derived from (or TUTTI_SEED)' },
    ],
    examples: [
      'tutti render web.score.yaml --platform ./platform --env-type staging | kubectl diff -f -',
      'tutti render web.score.yaml --image web:1.2.3 --override-property containers.main.variables.LOG_LEVEL=debug',
    ],
    needs: 'files',
    load: () => import('./commands/render.ts'),
  },
];

const deployCommands: readonly CommandSpec[] = [
  {
    path: ['import'],
    summary: 'Take over the state of a score-compose or score-k8s project, so that passwords stay the same',
    parameters: [{ name: 'PATH', summary: 'the project folder, or its state.yaml; default: the current folder', isOptional: true }],
    options: [...storedOptions],
    examples: ['tutti import ../shop --project shop --env staging'],
    needs: 'store',
    load: () => import('./commands/import.ts'),
  },
  {
    path: ['plan'],
    summary: 'Show what a deployment would change, and keep the plan',
    parameters: [filesParameter],
    options: [...changeOptions, ...setOptions],
    examples: ['tutti plan web.score.yaml --project shop --env staging'],
    needs: 'store',
    load: () => import('./commands/plan.ts'),
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
    load: () => import('./commands/deploy.ts'),
  },
  {
    path: ['status'],
    summary: 'Say what runs in an environment',
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/status.ts'),
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
    load: () => import('./commands/history.ts'),
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
    load: () => import('./commands/diff.ts'),
  },
  {
    path: ['rollback'],
    summary: 'Deploy the workloads of an earlier deployment',
    parameters: [{ name: 'NUMBER', summary: 'the deployment; default: the last succeeded one before the current', isOptional: true }],
    options: [...changeOptions, confirmOption, dryRunOption],
    needs: 'store',
    load: () => import('./commands/rollback.ts'),
  },
  {
    path: ['resume'],
    summary: 'Go on with a deployment that was cut off',
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/resume.ts'),
  },
];

const projectCommands: readonly CommandSpec[] = [
  {
    path: ['project', 'create'],
    summary: 'Create a project',
    parameters: [name('its name')],
    options: [{ name: 'display-name', value: 'TEXT', summary: 'how people call it' }],
    needs: 'store',
    load: () => import('./commands/project/create.ts'),
  },
  { path: ['project', 'list'], summary: 'List the projects', needs: 'store', load: () => import('./commands/project/list.ts') },
  {
    path: ['project', 'show'],
    summary: 'Show a project with its environments',
    parameters: [name('its name')],
    needs: 'store',
    load: () => import('./commands/project/show.ts'),
  },
  {
    path: ['project', 'delete'],
    summary: 'Delete a project that has no environments',
    parameters: [name('its name')],
    needs: 'store',
    load: () => import('./commands/project/delete.ts'),
  },
];

const environmentCommands: readonly CommandSpec[] = [
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
    load: () => import('./commands/env/create.ts'),
  },
  {
    path: ['env', 'list'],
    summary: 'List the environments of a project',
    options: [projectOption],
    needs: 'store',
    load: () => import('./commands/env/list.ts'),
  },
  {
    path: ['env', 'show'],
    summary: 'Show an environment',
    parameters: [name('its name')],
    options: [projectOption],
    needs: 'store',
    load: () => import('./commands/env/show.ts'),
  },
  {
    path: ['env', 'delete'],
    summary: 'Delete an environment in which nothing is deployed or retained',
    parameters: [name('its name')],
    options: [projectOption],
    needs: 'store',
    load: () => import('./commands/env/delete.ts'),
  },
  {
    path: ['env', 'set'],
    summary: 'Set values of an environment; they take effect with the next deployment',
    parameters: [{ name: 'KEY=VALUE', summary: 'the values', isVariadic: true }],
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/env/set.ts'),
  },
  {
    path: ['env', 'unset'],
    summary: 'Remove values of an environment',
    parameters: [{ name: 'KEY', summary: 'the keys', isVariadic: true }],
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/env/unset.ts'),
  },
  {
    path: ['env', 'values'],
    summary: 'List the values of an environment',
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/env/values.ts'),
  },
];

const secretCommands: readonly CommandSpec[] = [
  {
    path: ['secret', 'set'],
    summary: 'Set a secret, its value read from standard input or asked for',
    parameters: [{ name: 'KEY', summary: 'its key' }],
    options: storedOptions,
    examples: ['printf %s "$VALUE" | tutti secret set API_KEY --project shop --env staging'],
    needs: 'store',
    load: () => import('./commands/secret/set.ts'),
  },
  {
    path: ['secret', 'list'],
    summary: 'List the secrets of an environment, without their values',
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/secret/list.ts'),
  },
  {
    path: ['secret', 'unset'],
    summary: 'Remove a secret',
    parameters: [{ name: 'KEY', summary: 'its key' }],
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/secret/unset.ts'),
  },
];

const resourceCommands: readonly CommandSpec[] = [
  {
    path: ['resource', 'list'],
    summary: 'List the resources of an environment, retained ones included',
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/resource/list.ts'),
  },
  {
    path: ['resource', 'show'],
    summary: 'Show a resource with its outputs; secret ones are hidden',
    parameters: [{ name: 'UID', summary: 'as `tutti resource list` shows it' }],
    options: storedOptions,
    needs: 'store',
    load: () => import('./commands/resource/show.ts'),
  },
];

const platformCommands: readonly CommandSpec[] = [
  {
    path: ['platform', 'validate'],
    summary: 'Check platform configuration',
    parameters: [directory],
    needs: 'files',
    load: () => import('./commands/platform/validate.ts'),
  },
  {
    path: ['platform', 'apply'],
    summary: 'Make a platform release; environments stay on theirs until it is rolled out',
    parameters: [directory],
    needs: 'store',
    load: () => import('./commands/platform/apply.ts'),
  },
  {
    path: ['platform', 'show'],
    summary: 'Show the newest platform release, or another one',
    parameters: [{ name: 'NUMBER', summary: 'the release', isOptional: true }],
    needs: 'store',
    load: () => import('./commands/platform/show.ts'),
  },
  {
    path: ['platform', 'rollout'],
    summary: 'Move an environment to another platform release',
    parameters: [{ name: 'ENV', summary: 'the environment (or --env)', isOptional: true }],
    options: [...changeOptions, { name: 'to', value: 'NUMBER', summary: 'the release; default: the newest' }, confirmOption, dryRunOption],
    needs: 'store',
    load: () => import('./commands/platform/rollout.ts'),
  },
];

const listenOption: OptionSpec = { name: 'listen', value: 'ADDRESS', summary: 'host:port (or TUTTI_LISTEN); default: 127.0.0.1:8470' };

const systemCommands: readonly CommandSpec[] = [
  {
    path: ['serve'],
    summary: 'Run the control plane',
    options: [listenOption],
    needs: 'nothing',
    load: () => import('./commands/serve.ts'),
  },
  {
    path: ['start'],
    summary: 'Run the control plane with the example platform and project',
    options: [listenOption],
    needs: 'nothing',
    isHidden: true,
    load: () => import('./commands/start.ts'),
  },
  { path: ['version'], summary: 'Print the version, and that of the server', needs: 'files', load: () => import('./commands/version.ts') },
  {
    path: ['completion'],
    summary: 'Print the completion of a shell',
    parameters: [{ name: 'SHELL', summary: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
    examples: ['source <(tutti completion bash)'],
    needs: 'nothing',
    load: () => import('./commands/completion.ts'),
  },
];

/** Every command of `tutti`. */
export const commands: readonly CommandSpec[] = [
  ...fileCommands,
  ...deployCommands,
  ...projectCommands,
  ...environmentCommands,
  ...secretCommands,
  ...resourceCommands,
  ...platformCommands,
  ...systemCommands,
];
