import * as z from 'zod';
import { component, json } from './common.ts';

/** What is not as it was deployed. */
export const drift = component(
  'Drift',
  z.strictObject({
    objects: z.array(
      z.strictObject({
        key: z.string(),
        node: z.string(),
        /** `missing`: it is gone; `foreign`: it stands there, and is not this environment's any more. */
        kind: z.enum(['changed', 'missing', 'foreign']),
        fields: z.array(
          z.strictObject({
            /** JSON pointer. */
            path: z.string(),
            wanted: json.exactOptional(),
            live: json.exactOptional(),
            owner: z.string().exactOptional(),
            since: z.string().exactOptional(),
          }),
        ),
        /** Fields that are left as others set them. */
        accepted: z.array(z.string()),
      }),
    ),
    /** Objects that say that they are this environment's, and that nothing here knows. */
    strays: z.array(z.string()),
    /** How many objects were looked at. */
    looked: z.int().min(0),
  }),
);
