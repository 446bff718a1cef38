import type { CommandSpec } from '../command.ts';
import { contextOptions, filesParameter, workloadOptions } from '../input/options.ts';

export const fileCommands: readonly CommandSpec[] = [
  {
    path: ['init'],
    summary: 'Write a first Score file and a first platform configuration',
    parameters: [{ name: 'DIR', summary: 'where; default: the current folder', isOptional: true }],
    needs: 'nothing',
    load: () => import('../commands/init.ts'),
  },
  {
    path: ['validate'],
    summary: 'Check Score files',
    parameters: [filesParameter],
    options: [...contextOptions, ...workloadOptions],
    examples: ['tutti validate web.score.yaml', 'tutti validate . --platform ./platform --env-type production'],
    needs: 'files',
    load: () => import('../commands/validate.ts'),
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
    load: () => import('../commands/explain.ts'),
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
    load: () => import('../commands/graph.ts'),
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
    load: () => import('../commands/render.ts'),
  },
];
