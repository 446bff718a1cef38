import type { CommandSpec } from './command.ts';
import { deployCommands } from './specs/deploy.ts';
import { fileCommands } from './specs/files.ts';
import { environmentCommands, platformCommands, projectCommands, resourceCommands, secretCommands } from './specs/records.ts';
import { runtimeCommands } from './specs/runtime.ts';
import { systemCommands } from './specs/system.ts';

/** Every command of `tutti`. */
export const commands: readonly CommandSpec[] = [
  ...fileCommands,
  ...deployCommands,
  ...runtimeCommands,
  ...projectCommands,
  ...environmentCommands,
  ...secretCommands,
  ...resourceCommands,
  ...platformCommands,
  ...systemCommands,
];
