import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { environmentParams, name, nothing, text } from '../schemas/common.ts';
import { plainValues } from '../schemas/files.ts';
import { environmentValue } from '../schemas/records.ts';

const params = z.strictObject(environmentParams);
const keyParams = z.strictObject({ ...environmentParams, key: name });
const values = z.strictObject({ values: z.array(environmentValue) });

/** Operations on the values and secrets of an environment. */
export const settingOperations = {
  'values.list': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/values',
    summary: 'List the values of an environment; of secret ones only that they are there',
    params,
    output: values,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'values.change': {
    method: 'PATCH',
    path: '/api/v1/projects/{project}/environments/{environment}/values',
    summary: 'Set and unset values of an environment; they take effect with the next deployment',
    params,
    body: z.strictObject({ set: plainValues.exactOptional(), unset: z.array(name).max(1_000).exactOptional() }),
    output: values,
    status: 200,
    errors: ['T7201', 'T7204'],
    permission: 'environment.configure',
    needsStore: true,
    isStream: false,
  },
  'secrets.list': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/secrets',
    summary: 'List the secrets of an environment, without their values',
    params,
    output: values,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'secrets.set': {
    method: 'PUT',
    path: '/api/v1/projects/{project}/environments/{environment}/secrets/{key}',
    summary: 'Set a secret; its value cannot be read again',
    params: keyParams,
    body: z.strictObject({ value: text }),
    output: environmentValue,
    status: 200,
    errors: ['T7201', 'T7204'],
    permission: 'environment.configure',
    needsStore: true,
    isStream: false,
  },
  'secrets.unset': {
    method: 'DELETE',
    path: '/api/v1/projects/{project}/environments/{environment}/secrets/{key}',
    summary: 'Remove a secret',
    params: keyParams,
    output: nothing,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.configure',
    needsStore: true,
    isStream: false,
  },
} as const satisfies OperationTable;
