import type { CommandCall, OptionSpec, ParameterSpec } from '../command.ts';

/** The last value of an option; `undefined` where it was not given. */
export function optionOf(call: Pick<CommandCall, 'options'>, name: string): string | undefined {
  return call.options.texts[name]?.at(-1);
}

export function optionsOf(call: Pick<CommandCall, 'options'>, name: string): readonly string[] {
  return call.options.texts[name] ?? [];
}

export function hasSwitch(call: Pick<CommandCall, 'options'>, name: string): boolean {
  return call.options.switches.has(name);
}

export function parameterOf(call: Pick<CommandCall, 'parameters'>, name: string): string | undefined {
  return call.parameters[name]?.[0];
}

export const globalOptions: readonly OptionSpec[] = [
  { name: 'json', summary: 'print one JSON document on standard output: {ok, diagnostics, data}' },
  { name: 'server', value: 'URL', summary: 'the tutti server (or TUTTI_SERVER, with TUTTI_TOKEN)' },
  { name: 'data-dir', value: 'DIR', summary: 'the data folder where there is no server (or TUTTI_DATA_DIR; default: the nearest .tutti)' },
];

/** What `tutti GROUP` is about. */
export const groupSummaries: Readonly<Record<string, string>> = {
  project: 'Manage projects',
  env: 'Manage environments and their values',
  secret: 'Manage the secrets of an environment',
  resource: 'Look at the resources of an environment',
  platform: 'Manage the platform configuration',
};

export const filesParameter: ParameterSpec = {
  name: 'FILE',
  summary: "Score files, folders of them (*.score.yaml, score.yaml), or - for standard input; default: the current folder's own",
  isOptional: true,
  isVariadic: true,
};

export const projectOption: OptionSpec = {
  name: 'project',
  value: 'NAME',
  summary: 'the project (or TUTTI_PROJECT; the only one there is when there is just one)',
};

const environmentOption: OptionSpec = {
  name: 'env',
  value: 'NAME',
  summary: 'the environment (or TUTTI_ENV)',
};

/** Names an environment of the store. */
export const storedOptions: readonly OptionSpec[] = [projectOption, environmentOption];

/** They are decided by an environment of the store; given there they are usage errors. */
export const decidedOptions: readonly OptionSpec[] = [
  { name: 'env-type', value: 'TYPE', summary: 'the environment type; default: development' },
  { name: 'target', value: 'NAME', summary: 'the target; default: the one that matches' },
  { name: 'format', value: 'FORMAT', summary: 'kubernetes or compose' },
  { name: 'platform', value: 'DIR', summary: 'a folder of platform configuration; default: the built-in platform' },
];

/** The deployment context of commands that work on files alone. */
export const contextOptions: readonly OptionSpec[] = [
  { name: 'project', value: 'NAME', summary: 'the project (or TUTTI_PROJECT); default: default' },
  { name: 'env', value: 'NAME', summary: 'the environment (or TUTTI_ENV); default: the name of its type' },
  ...decidedOptions,
  { name: 'set', value: 'KEY=VALUE', summary: 'a value of the environment', isRepeated: true },
];

/** What is said of workloads beside their Score files. */
export const workloadOptions: readonly OptionSpec[] = [
  {
    name: 'image',
    value: '[WORKLOAD[/CONTAINER]=]REF',
    summary: 'the image of a container; without a name: of all with the image "."',
    isRepeated: true,
  },
  { name: 'overrides-file', value: 'FILE', summary: 'what is laid over the one Score file, in its shape', isRepeated: true },
  {
    name: 'override-property',
    value: 'PATH=VALUE',
    summary: 'sets one value of it, as in containers.web.image=nginx:1; without VALUE takes it away',
    isRepeated: true,
  },
];

export const reasonOption: OptionSpec = { name: 'reason', value: 'TEXT', summary: 'why, for the record' };

const deleteResourceOption: OptionSpec = {
  name: 'delete-resource',
  value: 'UID',
  summary: 'a retained or stateful resource that may be deleted with its data',
  isRepeated: true,
};

const rebindOption: OptionSpec = {
  name: 'rebind',
  value: 'UID',
  summary: 'a resource that may be bound to another definition',
  isRepeated: true,
};

export const confirmOption: OptionSpec = {
  name: 'confirm',
  value: 'DIGEST',
  summary: 'confirms what the plan of this digest deletes',
};

export const dryRunOption: OptionSpec = { name: 'dry-run', summary: 'show the plan, carry nothing out' };

/** An environment of the store decides them: they are refused with a reason instead of being unknown. */
const storedOnly: readonly OptionSpec[] = decidedOptions.map((each) => ({ ...each, isHidden: true }));

/** What every change of an environment may say. */
export const changeOptions: readonly OptionSpec[] = [...storedOptions, reasonOption, deleteResourceOption, rebindOption, ...storedOnly];
