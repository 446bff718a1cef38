import { Command, CommanderError, Option } from 'commander';
import type { CommandSpec, OptionSpec, OptionValues, ParameterSpec } from './command.ts';
import { globalOptions, groupSummaries } from './input/options.ts';

export type Parsed =
  | { readonly kind: 'command'; readonly spec: CommandSpec; readonly parameters: Parameters; readonly options: OptionValues }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'usage'; readonly detail: string };

type Parameters = Readonly<Record<string, readonly string[]>>;

export interface ProgramFacts {
  readonly commands: readonly CommandSpec[];
  readonly version: string;
  readonly columns: number;
}

interface Chosen {
  readonly spec: CommandSpec;
  readonly command: Command;
}

interface Building {
  readonly facts: ProgramFacts;
  /** What commander printed. */
  readonly printed: { out: string; err: string };
  readonly choose: (chosen: Chosen) => void;
}

/**
 * Parses a command line.
 * Rule: all of help, parsing and suggestions comes from the list of commands; an option that is not repeatable may stand once.
 * Shape: arguments without the program's name in; the command with its values, text to print, or what is wrong with the line out.
 */
export function parseArguments(argv: readonly string[], facts: ProgramFacts): Parsed {
  const printed = { out: '', err: '' };
  let chosen: Chosen | undefined;
  const building: Building = { facts, printed, choose: (choice) => (chosen = choice) };
  const program = buildProgram(building);
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return argv.length === 0 ? { kind: 'text', text: printed.err } : describeEnd(error, building);
    throw error;
  }
  return chosen ? readChosen(chosen, program) : { kind: 'text', text: program.helpInformation() };
}

function describeEnd(error: CommanderError, { printed }: Building): Parsed {
  if (error.exitCode === 0) return { kind: 'text', text: printed.out };
  if (error.code === 'commander.help') return { kind: 'usage', detail: `A subcommand is missing.\n${printed.err.trimEnd()}` };
  return { kind: 'usage', detail: cleanMessage(error.message) };
}

/** `error: unknown option '--jsn'\n(Did you mean --json?)` as sentences. */
function cleanMessage(message: string): string {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?!]$/.test(first) ? '' : '.'}`;
  return [sentence, ...rest.map((line) => line.replace(/^\((.*)\)$/, '$1'))].join(' ').trim();
}

function buildProgram(building: Building): Command {
  const { facts, printed } = building;
  const program = new Command('tutti')
    .description('Joins what workloads need with how your platform meets it, in every environment.')
    .usage('COMMAND [options]')
    .version(facts.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [COMMAND]', 'show help for a command')
    .exitOverride()
    .configureHelp({ helpWidth: Math.max(60, Math.min(facts.columns, 120)), showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => (printed.out += text),
      writeErr: (text) => (printed.err += text),
      getOutHasColors: () => false,
    });
  for (const option of globalOptions) program.addOption(toOption(option));
  const groups = new Map<string, Command>();
  for (const spec of facts.commands) addCommand(findParent(spec, program, groups), spec, building);
  return program.addHelpText('after', '\nHelp for a command: tutti COMMAND --help\n');
}

function findParent(spec: CommandSpec, program: Command, groups: Map<string, Command>): Command {
  const [group, verb] = spec.path;
  if (group === undefined || verb === undefined) return program;
  const known = groups.get(group);
  if (known) return known;
  const made = program
    .command(group)
    .description(groupSummaries[group] ?? '')
    .helpCommand(false)
    .usage('COMMAND [options]');
  groups.set(group, made);
  return made;
}

function addCommand(parent: Command, spec: CommandSpec, { choose }: Building): void {
  const command = parent.command(spec.path.at(-1) ?? '', { hidden: spec.isHidden ?? false }).description(spec.summary);
  for (const parameter of spec.parameters ?? []) command.addArgument(toArgument(command, parameter));
  for (const option of spec.options ?? []) command.addOption(toOption(option));
  if (spec.examples) command.addHelpText('after', `\nExamples:\n${spec.examples.map((each) => `  $ ${each}`).join('\n')}`);
  command.addHelpText('after', '\nEvery command takes --json, --server URL and --data-dir DIR.\n');
  command.action(() => choose({ spec, command }));
}

function toArgument(command: Command, parameter: ParameterSpec) {
  const name = `${parameter.name}${parameter.isVariadic ? '...' : ''}`;
  const argument = command.createArgument(parameter.isOptional ? `[${name}]` : `<${name}>`, parameter.summary);
  return parameter.choices ? argument.choices(parameter.choices) : argument;
}

function toOption(option: OptionSpec): Option {
  const made = new Option(`--${option.name}${option.value === undefined ? '' : ` <${option.value}>`}`, option.summary);
  if (option.isHidden) made.hideHelp();
  if (option.value === undefined) return made;
  return made.argParser((value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value]);
}

function readChosen({ spec, command }: Chosen, program: Command): Parsed {
  const texts: Record<string, readonly string[]> = {};
  const switches = new Set<string>();
  for (const [owner, options] of [
    [program, globalOptions],
    [command, spec.options ?? []],
  ] as const) {
    for (const option of options) {
      const value: unknown = owner.getOptionValue(camelCase(option.name));
      if (value === true) switches.add(option.name);
      if (!Array.isArray(value)) continue;
      if (value.length > 1 && !option.isRepeated) return { kind: 'usage', detail: `The option "--${option.name}" stands twice.` };
      texts[option.name] = value.map(String);
    }
  }
  return { kind: 'command', spec, parameters: readParameters(spec, command.args), options: { texts, switches } };
}

function readParameters(spec: CommandSpec, values: readonly string[]): Parameters {
  const entries = (spec.parameters ?? []).map((parameter, index) => [
    parameter.name,
    parameter.isVariadic ? values.slice(index) : values.slice(index, index + 1),
  ]);
  return Object.fromEntries(entries);
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
