import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { shortText } from '../schemas/common.ts';
import {
  explanation,
  fileScope,
  graph,
  matchContext,
  needSelector,
  renderedFile,
  renderedObject,
  workloadSummary,
} from '../schemas/files.ts';

const common = { status: 200, permission: 'session', needsStore: false, isStream: false } as const;
const matchErrors = ['T1101', 'T2001'] as const;

/** Operations on files: nothing of them is kept. */
export const fileOperations = {
  'system.version': {
    ...common,
    method: 'GET',
    path: '/api/v1/version',
    summary: 'Say which version answers',
    output: z.strictObject({ version: z.string(), api: z.literal('v1') }),
    errors: [],
  },
  'files.validate': {
    ...common,
    method: 'POST',
    path: '/api/v1/files/validate',
    summary: 'Check Score files, and with a platform also whether everything they need is met',
    body: z.strictObject(fileScope),
    output: z.strictObject({ workloads: z.array(workloadSummary) }),
    errors: ['T1101'],
  },
  'files.render': {
    ...common,
    method: 'POST',
    path: '/api/v1/files/render',
    summary: 'Render Score files for a context',
    body: z.strictObject({
      ...fileScope,
      /** What generated values are derived from; absent: the seed of the answering installation. */
      seed: shortText.min(1).exactOptional(),
      /** Where it goes to: a `stream` stands by itself, beside a project in a `folder` may lie files. Default: `stream`. */
      layout: z.enum(['stream', 'folder']).exactOptional(),
    }),
    output: z.strictObject({
      context: matchContext,
      /** Sorted by key. */
      objects: z.array(renderedObject),
      /** For Compose, where a file holds many objects: the files, sorted by path. */
      files: z.array(renderedFile).exactOptional(),
    }),
    errors: matchErrors,
  },
  'files.explain': {
    ...common,
    method: 'POST',
    path: '/api/v1/files/explain',
    summary: 'Say which definition meets each need of Score files, and why',
    body: z.strictObject({
      ...fileScope,
      need: needSelector.exactOptional(),
      /** Compares all environment types of the platform instead of the one of the context. */
      allEnvironments: z.boolean().exactOptional(),
    }),
    output: explanation,
    errors: matchErrors,
  },
  'files.graph': {
    ...common,
    method: 'POST',
    path: '/api/v1/files/graph',
    summary: 'Build the resource graph of Score files',
    body: z.strictObject(fileScope),
    output: graph,
    errors: matchErrors,
  },
} as const satisfies OperationTable;
