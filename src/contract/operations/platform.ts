import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { addressNumber } from '../schemas/common.ts';
import { platformFiles } from '../schemas/files.ts';
import { platformSummary, release, releaseDetail } from '../schemas/records.ts';

const files = z.strictObject({ files: platformFiles });

/** Operations on the platform configuration and its releases. */
export const platformOperations = {
  'releases.validate': {
    method: 'POST',
    path: '/api/v1/platform/validate',
    summary: 'Check platform configuration without keeping it',
    body: files,
    output: platformSummary,
    status: 200,
    errors: ['T1103'],
    permission: 'session',
    needsStore: false,
    isStream: false,
  },
  'releases.list': {
    method: 'GET',
    path: '/api/v1/platform/releases',
    summary: 'List the platform releases, newest first',
    output: z.strictObject({ releases: z.array(release) }),
    status: 200,
    errors: [],
    permission: 'platform.read',
    needsStore: true,
    isStream: false,
  },
  'releases.create': {
    method: 'POST',
    path: '/api/v1/platform/releases',
    summary: 'Make a platform release; the same files again give the same release',
    body: files,
    output: z.strictObject({ release, platform: platformSummary }),
    status: 201,
    errors: ['T1103'],
    permission: 'platform.change',
    needsStore: true,
    isStream: false,
  },
  'releases.show': {
    method: 'GET',
    path: '/api/v1/platform/releases/{release}',
    summary: 'Show a platform release with its files',
    params: z.strictObject({ release: z.union([z.literal('newest'), addressNumber]) }),
    output: releaseDetail,
    status: 200,
    errors: ['T7201', 'T7207'],
    permission: 'platform.read',
    needsStore: true,
    isStream: false,
  },
} as const satisfies OperationTable;
