import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { environmentParams, name, nothing } from '../schemas/common.ts';
import { graph, images, sources } from '../schemas/files.ts';
import { environment, environmentStatus, labels } from '../schemas/records.ts';

const params = z.strictObject(environmentParams);

export const environmentOperations = {
  'environments.list': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments',
    summary: 'List the environments of a project',
    params: z.strictObject({ project: name }),
    output: z.strictObject({ environments: z.array(environment) }),
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'environments.create': {
    method: 'POST',
    path: '/api/v1/projects/{project}/environments',
    summary: 'Create an environment, pinned to the newest platform release',
    params: z.strictObject({ project: name }),
    body: z.strictObject({ environment: name, type: name, labels: labels.exactOptional() }),
    output: environment,
    status: 201,
    errors: ['T7201', 'T7202', 'T7204', 'T7207', 'T8014'],
    permission: 'environment.create',
    needsStore: true,
    isStream: false,
  },
  'environments.show': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}',
    summary: 'Show an environment',
    params,
    output: environment,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'environments.delete': {
    method: 'DELETE',
    path: '/api/v1/projects/{project}/environments/{environment}',
    summary: 'Delete an environment in which nothing is deployed or retained',
    params,
    output: nothing,
    status: 200,
    errors: ['T7201', 'T7203'],
    permission: 'environment.delete',
    needsStore: true,
    isStream: false,
  },
  'environments.status': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/status',
    summary: 'Say what runs in an environment, and what became of its last deployment',
    params,
    output: environmentStatus,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'environments.graph': {
    method: 'POST',
    path: '/api/v1/projects/{project}/environments/{environment}/graph',
    summary: 'Build the resource graph of an environment, as it is or with other Score files',
    params,
    body: z.strictObject({ sources: sources.exactOptional(), images: images.exactOptional() }),
    output: graph,
    status: 200,
    errors: ['T1101', 'T2001', 'T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
} as const satisfies OperationTable;
