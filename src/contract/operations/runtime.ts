import * as z from 'zod';
import type { OperationTable } from '../operation.ts';
import { addressCount, addressNumber, environmentParams, name, nothing } from '../schemas/common.ts';
import { drift } from '../schemas/drift.ts';
import { logLine, runtime, statusEvent } from '../schemas/runtime.ts';

const params = z.strictObject(environmentParams);

/** A switch in an address, where everything is text. */
const addressSwitch = z.preprocess((input) => (input === 'true' ? true : input === 'false' ? false : input), z.boolean());

export const runtimeOperations = {
  'runtime.list': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/runtime',
    summary: 'List what runs of an environment, and what its target said of it',
    params,
    output: runtime,
    status: 200,
    errors: ['T6204', 'T6208', 'T6214', 'T6234', 'T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'runtime.watch': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/watch',
    summary: 'Follow the status of an environment: now, and whenever it changes',
    params,
    query: z.strictObject({
      /** Taken and passed by: each stream begins with the whole status. */
      after: addressCount.exactOptional(),
    }),
    output: statusEvent,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: true,
  },
  'runtime.logs': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/logs',
    summary: 'Read what a workload or a resource writes',
    params,
    query: z.strictObject({
      workload: name.exactOptional(),
      /** Its uid, in the place of a workload. */
      resource: name.exactOptional(),
      instance: name.exactOptional(),
      container: name.exactOptional(),
      /** A run of a job, as `runtime.run` named it. */
      run: name.exactOptional(),
      /** The run of each container before its last restart. */
      previous: addressSwitch.exactOptional(),
      /** Goes on with what is written from now on. */
      follow: addressSwitch.exactOptional(),
      /** The last so many lines of each container. */
      lines: addressCount.exactOptional(),
      /** Only what was written in the last so many seconds. */
      since: addressNumber.exactOptional(),
      /** Only what was written after it, in milliseconds since 1970; the header `Last-Event-ID` says the same. */
      after: addressCount.exactOptional(),
    }),
    output: logLine,
    status: 200,
    errors: ['T6204', 'T6208', 'T6214', 'T6231', 'T6232', 'T6234', 'T7201', 'T8006'],
    permission: 'environment.read',
    needsStore: true,
    isStream: true,
  },
  'drift.show': {
    method: 'GET',
    path: '/api/v1/projects/{project}/environments/{environment}/drift',
    summary: 'Say what is not as it was deployed: which fields, whose they are, and since when',
    params,
    output: drift,
    status: 200,
    errors: ['T6204', 'T6208', 'T6214', 'T7201'],
    permission: 'environment.read',
    needsStore: true,
    isStream: false,
  },
  'drift.accept': {
    method: 'POST',
    path: '/api/v1/projects/{project}/environments/{environment}/drift/accept',
    summary: 'Leave fields of an object as others have set them, from now on',
    params,
    body: z.strictObject({
      /** As the status lists it. */
      key: z.string().min(1).max(1_000),
      /** JSON pointers, which take the place of those that were accepted before; none: no field of it any more. */
      paths: z.array(z.string().regex(/^\/./).max(1_000)).max(200),
    }),
    output: nothing,
    status: 200,
    errors: ['T7201'],
    permission: 'environment.deploy',
    needsStore: true,
    isStream: false,
  },
  'runtime.restart': {
    method: 'POST',
    path: '/api/v1/projects/{project}/environments/{environment}/restart',
    summary: 'Replace everything that runs of a workload by the same, without a gap',
    params,
    body: z.strictObject({ workload: name }),
    output: z.strictObject({ restarted: z.array(z.string()) }),
    status: 202,
    errors: ['T6204', 'T6208', 'T6214', 'T6233', 'T6234', 'T7201'],
    permission: 'environment.deploy',
    needsStore: true,
    isStream: false,
  },
  'runtime.run': {
    method: 'POST',
    path: '/api/v1/projects/{project}/environments/{environment}/run',
    summary: 'Run the job of a workload once, now',
    params,
    body: z.strictObject({ workload: name }),
    output: z.strictObject({ run: z.string() }),
    status: 202,
    errors: ['T6204', 'T6208', 'T6214', 'T6233', 'T6234', 'T7201'],
    permission: 'environment.deploy',
    needsStore: true,
    isStream: false,
  },
} as const satisfies OperationTable;
