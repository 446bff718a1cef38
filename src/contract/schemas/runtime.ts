import * as z from 'zod';
import { component, count, diagnostics } from './common.ts';
import { environmentStatus, health } from './records.ts';

/** As the target wrote it: it may be more exact than a millisecond. */
const moment = z.string();

/** One copy of a workload or of a resource that runs. */
const instance = component(
  'Instance',
  z.strictObject({
    node: z.string(),
    name: z.string(),
    health,
    message: z.string(),
    host: z.string().exactOptional(),
    startedAt: moment.exactOptional(),
    containers: z.array(
      z.strictObject({
        name: z.string(),
        image: z.string(),
        state: z.enum(['waiting', 'running', 'ended']),
        isReady: z.boolean(),
        restarts: count,
        reason: z.string().exactOptional(),
        exitCode: z.int().exactOptional(),
      }),
    ),
  }),
);

/** What the target said of an object or an instance. */
const runtimeEvent = component(
  'RuntimeEvent',
  z.strictObject({
    node: z.string(),
    object: z.string(),
    isWarning: z.boolean(),
    reason: z.string(),
    message: z.string(),
    count,
    at: moment,
  }),
);

export const runtime = component('Runtime', z.strictObject({ instances: z.array(instance), events: z.array(runtimeEvent) }));

/** The status of an environment whenever it changes; `sequence` counts them. */
export const statusEvent = component(
  'StatusEvent',
  z.strictObject({ sequence: count, type: z.literal('status'), status: environmentStatus, diagnostics }),
);

/** A line that a container wrote. */
export const logLine = component(
  'LogLine',
  z.strictObject({
    /** Milliseconds since 1970: what a stream that was cut goes on after. */
    sequence: count,
    type: z.literal('line'),
    instance: z.string(),
    container: z.string(),
    at: moment.exactOptional(),
    text: z.string(),
  }),
);
