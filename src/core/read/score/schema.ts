import * as z from 'zod';
import type { Json } from '../../model/value.ts';

/**
 * The Score schema, v1b1 0.4.1, as it is before the deprecated lists are upgraded.
 * Source: score-v1b1.json of score-spec/spec.
 * Messages are words about the form that is expected; `parseShape` builds the sentences around them.
 */

export const labelForm = '2 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
export const labelPattern = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
const typePattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
const typeForm = '2 to 63 letters, digits and "-", beginning and ending with a letter or digit';
const idPattern = /^(?=.{2,63}$)[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/;
const idForm = '2 to 63 lower-case letters, digits, "-" and ".", with a letter or digit at the beginning, at the end and around each "."';
const annotationPattern =
  /^(?=.{2,316}$)(?:[a-z0-9][a-z0-9-]{0,61}[a-z0-9](?:\.[a-z0-9][a-z0-9-]{0,61}[a-z0-9])*\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/;
const annotationForm = 'letters, digits, "-", "_" and ".", 2 to 63 of them, with or without a host name and "/" before';
// Score forbids "=" only; a NUL cannot be in a variable of any system.
const variablePattern = /^[^=\0]+$/;
const variableForm = 'at least one character, and no "="';
const memoryPattern = /^(?:0\.\d+|[1-9]\d*(?:\.\d+)?)(?:K|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
const memoryForm = 'a number above zero, then nothing or one of K, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, as in "512Mi"';
const cpuPattern = /^\d+(?:m|\.\d+)?$/;
const cpuForm = 'whole or decimal CPUs with a digit before the point, or thousandths with "m", as in "1", "0.5" or "250m"';

/** A map that allows no further keys; the message of an unknown one lists those that it allows. */
export function closed<T extends z.core.$ZodLooseShape>(shape: T) {
  const keys = Object.keys(shape).filter((key) => !hiddenKeys.has(key));
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys.join(', ') : undefined) });
}

/** Read, but not offered: an older spelling. */
const hiddenKeys = new Set(['read_only']);

/** A map from names of a form to values. Names are checked beside the values, so that both can be wrong at once. */
export function named<T extends z.ZodType>(pattern: RegExp, form: string, value: T) {
  const checkNames = (map: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx): void => {
    for (const key of Object.keys(map)) {
      if (pattern.test(key)) continue;
      context.addIssue({ code: 'invalid_key', origin: 'record', issues: [], path: [key], input: key, message: form });
    }
  };
  const isMap = (input: unknown): boolean => typeof input === 'object' && input !== null && !Array.isArray(input);
  return z.record(z.string(), value).superRefine(checkNames, { when: ({ value: input }) => isMap(input) });
}

/** Of some keys a certain number must be there; checked even if something else is wrong too. */
function requireKeys(keys: readonly string[], fits: (count: number) => boolean, message: string) {
  const check = (map: object, context: z.core.$RefinementCtx): void => {
    const count = keys.filter((key) => Object.hasOwn(map, key)).length;
    if (!fits(count)) context.addIssue({ code: 'custom', message, input: map });
  };
  return [check, { when: ({ value: input }: { value: unknown }) => typeof input === 'object' && input !== null }] as const;
}

const anything = z.custom<Json>();
const text = z.string();
const filledText = text.min(1);
const port = z.int().min(1).max(65535);
const textList = z.array(text);
const annotations = named(annotationPattern, annotationForm, text);

const servicePort = closed({ port, protocol: z.enum(['TCP', 'UDP']).optional(), targetPort: port.optional() });

const contentKeys = ['content', 'source', 'binaryContent'];
const oneContent = requireKeys(contentKeys, (count) => count === 1, 'exactly one of content, source and binaryContent is needed');

const fileShape = {
  mode: text.regex(/^0?[0-7]{3}$/, { error: 'three octal digits, with or without a zero before, as in "0644"' }).optional(),
  source: filledText.optional(),
  binaryContent: text.optional(),
  noExpand: z.boolean().optional(),
};
const file = closed({ content: text.optional(), ...fileShape }).superRefine(...oneContent);
const listedFile = closed({ target: filledText, content: z.union([text, textList]).optional(), ...fileShape }).superRefine(...oneContent);

export const filesSchema = z.union([z.array(listedFile), z.record(z.string(), file)]);

const volumeShape = { source: text, path: text.optional(), readOnly: z.boolean().optional() };
const volume = closed(volumeShape);
const listedVolume = closed({ target: filledText, ...volumeShape, read_only: z.boolean().optional() });

export const volumesSchema = z.union([z.array(listedVolume), z.record(z.string(), volume)]);

const quantities = closed({
  memory: text.regex(memoryPattern, { error: memoryForm }).optional(),
  cpu: text.regex(cpuPattern, { error: cpuForm }).optional(),
});

const httpHeader = closed({
  name: text.regex(/^[A-Za-z0-9_-]+$/, { error: 'letters, digits, "_" and "-"' }),
  value: filledText,
});
const httpGet = closed({
  host: filledText.optional(),
  scheme: z.enum(['HTTP', 'HTTPS']).optional(),
  path: text,
  port,
  httpHeaders: z.array(httpHeader).optional(),
});
const probe = closed({ httpGet: httpGet.optional(), exec: closed({ command: textList }).optional() }).superRefine(
  ...requireKeys(['httpGet', 'exec'], (count) => count > 0, 'httpGet, exec or both are needed'),
);

const container = closed({
  image: filledText,
  command: textList.optional(),
  args: textList.optional(),
  variables: named(variablePattern, variableForm, text).optional(),
  files: filesSchema.optional(),
  volumes: volumesSchema.optional(),
  before: named(labelPattern, labelForm, closed({ ready: z.enum(['started', 'healthy', 'complete']) })).optional(),
  resources: closed({ limits: quantities.optional(), requests: quantities.optional() }).optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
});

export const needSchema = closed({
  type: text.regex(typePattern, { error: typeForm }),
  class: text.regex(typePattern, { error: typeForm }).optional(),
  id: text.regex(idPattern, { error: idForm }).optional(),
  metadata: z.object({ annotations: annotations.optional() }).catchall(anything).optional(),
  params: z.record(z.string(), anything).optional(),
});

const metadata = z.object({ name: text.regex(labelPattern, { error: labelForm }), annotations: annotations.optional() }).catchall(anything);

const containers = named(labelPattern, labelForm, container).superRefine((map, context) => {
  if (Object.keys(map).length === 0) context.addIssue({ code: 'too_small', origin: 'map', minimum: 1, input: map });
});

export const scoreVersion = 'score.dev/v1b1';

export const scoreSchema = closed({
  apiVersion: z.literal(scoreVersion),
  metadata,
  service: closed({ ports: named(labelPattern, labelForm, servicePort).optional() }).optional(),
  containers,
  resources: named(labelPattern, labelForm, needSchema).optional(),
});

export type ScoreDocument = z.output<typeof scoreSchema>;
export type ScoreContainer = ScoreDocument['containers'][string];
export type ScoreFiles = z.output<typeof filesSchema>;
export type ScoreFile = z.output<typeof file>;
export type ScoreListedFile = z.output<typeof listedFile>;
export type ScoreVolumes = z.output<typeof volumesSchema>;
export type ScoreVolume = z.output<typeof volume>;
export type ScoreListedVolume = z.output<typeof listedVolume>;
export type ScoreNeed = z.output<typeof needSchema>;
