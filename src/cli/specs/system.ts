import type { CommandSpec, OptionSpec } from '../command.ts';

const listenOption: OptionSpec = { name: 'listen', value: 'ADDRESS', summary: 'host:port (or TUTTI_LISTEN); default: 127.0.0.1:8470' };

export const systemCommands: readonly CommandSpec[] = [
  {
    path: ['serve'],
    summary: 'Run the control plane',
    options: [listenOption],
    needs: 'nothing',
    load: () => import('../commands/serve.ts'),
  },
  {
    path: ['start'],
    summary: 'Run the control plane with the example platform and project',
    options: [listenOption],
    needs: 'nothing',
    isHidden: true,
    load: () => import('../commands/start.ts'),
  },
  { path: ['version'], summary: 'Print the version, and that of the server', needs: 'files', load: () => import('../commands/version.ts') },
  {
    path: ['completion'],
    summary: 'Print the completion of a shell',
    parameters: [{ name: 'SHELL', summary: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
    examples: ['source <(tutti completion bash)'],
    needs: 'nothing',
    load: () => import('../commands/completion.ts'),
  },
];
