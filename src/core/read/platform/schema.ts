import * as z from 'zod';
import type { JsonObject } from '../../model/value.ts';
import { closed, labelForm, labelPattern, named, needSchema } from '../score/schema.ts';

/** The platform documents of domain.md §2. Messages are words about the form that is expected. */

const platformVersion = 'tutti.dev/v1';

const text = z.string();
const filledText = text.min(1);
const namePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const nameForm = '1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const name = text.regex(namePattern, { error: nameForm });
const resourceTypeName = text.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, { error: '1 to 63 letters, digits and "-"' });
const map = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'a map is needed',
});
const pointers = z.array(text.regex(/^\//, { error: 'a JSON pointer, which begins with "/"' }));

const criterion = closed({
  resource: filledText.optional(),
  environment: filledText.optional(),
  project: filledText.optional(),
  environmentType: filledText.optional(),
  target: filledText.optional(),
  format: z.enum(['kubernetes', 'compose']).optional(),
  class: filledText.optional(),
  final: z.boolean().optional(),
});

const { project, environment, environmentType } = criterion.shape;
const placeCriterion = closed({ project, environment, environmentType });
const storeCriterion = closed({ project, environment, environmentType, target: criterion.shape.target });

export type RawCriterion = z.output<typeof criterion>;

const needs = named(labelPattern, labelForm, needSchema);

function documentOf<K extends string, M extends z.ZodType, S extends z.ZodType>(kind: K, metadata: M, spec: S) {
  return closed({ apiVersion: z.literal(platformVersion), kind: z.literal(kind), metadata, spec });
}

const metadata = closed({ name });

export const resourceTypeSchema = documentOf(
  'ResourceType',
  closed({ name: resourceTypeName, version: filledText.optional(), owner: filledText.optional() }),
  closed({ stateful: z.boolean(), description: text.optional(), params: map.optional(), outputs: map.optional() }),
);

export const definitionSchema = documentOf(
  'ResourceDefinition',
  metadata,
  closed({
    type: resourceTypeName,
    match: z.array(criterion).optional(),
    driver: filledText,
    inputs: map.optional(),
    coProvision: z
      .array(
        closed({
          type: resourceTypeName,
          class: filledText.optional(),
          id: filledText.optional(),
          params: map.optional(),
          dependsOnThis: z.boolean().optional(),
          dependentsWait: z.boolean().optional(),
        }),
      )
      .optional(),
    onRemove: z.enum(['delete', 'retain']).optional(),
    allowScope: closed({ cluster: z.boolean().optional(), namespaces: z.array(filledText).optional() }).optional(),
  }),
);

const profileFormat = closed({
  base: map,
  fixed: pointers.optional(),
  default: pointers.optional(),
  open: pointers.optional(),
});

export const profileSchema = documentOf(
  'WorkloadProfile',
  metadata,
  closed({
    match: z.array(criterion).optional(),
    kubernetes: profileFormat.optional(),
    compose: profileFormat.optional(),
  }),
);

export const environmentTypeSchema = documentOf(
  'EnvironmentType',
  metadata,
  closed({
    protected: z.boolean().optional(),
    requiredApprovals: z.int().min(0).max(20).optional(),
    onDestroy: z.enum(['retain', 'delete']).optional(),
    resources: needs.optional(),
  }),
);

export const projectSchema = documentOf('Project', metadata, closed({ displayName: filledText.optional(), resources: needs.optional() }));

export const targetSchema = documentOf(
  'Target',
  metadata,
  closed({
    type: z.enum(['kubernetes', 'compose', 'git', 'directory']),
    match: z.array(placeCriterion).optional(),
    inputs: map.optional(),
  }),
);

export const secretStoreSchema = documentOf(
  'SecretStore',
  metadata,
  closed({ type: filledText, match: z.array(storeCriterion).optional(), inputs: map.optional() }),
);
