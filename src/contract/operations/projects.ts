import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { name, nothing } from '../schemas/common.ts';
import { explanation, images, needSelector, sources } from '../schemas/files.ts';
import { project } from '../schemas/records.ts';

const params = z.strictObject({ project: name });

export const projectOperations = {
  'projects.list': {
    method: 'GET',
    path: '/api/v1/projects',
    summary: 'List the projects',
    output: z.strictObject({ projects: z.array(project) }),
    status: 200,
    errors: [],
    permission: 'project.list',
    needsStore: true,
    isStream: false,
  },
  'projects.create': {
    method: 'POST',
    path: '/api/v1/projects',
    summary: 'Create a project',
    body: z.strictObject({ name, displayName: z.string().max(200).exactOptional() }),
    output: project,
    status: 201,
    errors: ['T7202', 'T7204'],
    permission: 'project.create',
    needsStore: true,
    isStream: false,
  },
  'projects.show': {
    method: 'GET',
    path: '/api/v1/projects/{project}',
    summary: 'Show a project',
    params,
    output: project,
    status: 200,
    errors: ['T7201'],
    permission: 'project.read',
    needsStore: true,
    isStream: false,
  },
  'projects.delete': {
    method: 'DELETE',
    path: '/api/v1/projects/{project}',
    summary: 'Delete a project that has no environments',
    params,
    output: nothing,
    status: 200,
    errors: ['T7201', 'T7203'],
    permission: 'project.delete',
    needsStore: true,
    isStream: false,
  },
  'projects.explain': {
    method: 'POST',
    path: '/api/v1/projects/{project}/explain',
    summary: 'Say which definition meets each need in environments of the project, and why',
    params,
    body: z.strictObject({
      /** Absent: all of the project. */
      environments: z.array(name).max(1_000).exactOptional(),
      /** Absent: the workloads that are deployed. */
      sources: sources.exactOptional(),
      images: images.exactOptional(),
      need: needSelector.exactOptional(),
    }),
    output: explanation,
    status: 200,
    errors: ['T1101', 'T2001', 'T7201'],
    permission: 'project.read',
    needsStore: true,
    isStream: false,
  },
} as const satisfies OperationTable;
