import * as z from 'zod';
import { component, count, diagnostics, digest, json, jsonObject, name, shortText, textFile, time, uid } from './common.ts';
import { images, sources } from './files.ts';

export const project = component('Project', z.strictObject({ name: z.string(), displayName: z.string().exactOptional(), createdAt: time }));

export const labels = z.record(z.string().min(1).max(100), z.string().max(200));

export const environment = component(
  'Environment',
  z.strictObject({
    project: z.string(),
    environment: z.string(),
    type: z.string(),
    /** Counts how often an environment of this name was created. */
    incarnation: count,
    /** No other environment has it, in no installation. */
    identity: z.uuid(),
    /** The platform release that it is pinned to. */
    release: count,
    labels: z.record(z.string(), z.string()),
    createdAt: time,
  }),
);

/** One setting of an environment. A secret one never carries its value. */
export const environmentValue = component(
  'EnvironmentValue',
  z.strictObject({
    key: z.string(),
    isSecret: z.boolean(),
    value: z.string().exactOptional(),
    version: count,
    changedAt: time,
    changedBy: z.string(),
  }),
);

export const release = component('Release', z.strictObject({ number: count, digest, createdAt: time, createdBy: z.string() }));

const documentNames = z.array(z.string());

/** What a platform configuration holds, by kind. */
export const platformSummary = component(
  'PlatformSummary',
  z.strictObject({
    digest,
    resourceTypes: documentNames,
    definitions: z.array(z.strictObject({ name: z.string(), type: z.string(), driver: z.string(), tier: z.string() })),
    profiles: documentNames,
    environmentTypes: documentNames,
    projects: documentNames,
    targets: z.array(z.strictObject({ name: z.string(), type: z.string() })),
    secretStores: documentNames,
  }),
);

export const releaseDetail = component('ReleaseDetail', z.strictObject({ release, platform: platformSummary, files: z.array(textFile) }));

const subject = component(
  'Subject',
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('resource'), uid: z.string() }),
    z.strictObject({ kind: z.literal('workload'), name: z.string() }),
    z.strictObject({ kind: z.literal('object'), key: z.string(), node: z.string() }),
  ]),
);

const fieldChange = component(
  'FieldChange',
  z.strictObject({
    /** JSON pointer. */
    path: z.string(),
    before: json.exactOptional(),
    after: json.exactOptional(),
  }),
);

const action = z.enum(['create', 'update', 'replace', 'delete', 'retain', 'rebind', 'unchanged', 'unknown']);

/** One line of a plan. A secret is shown as `‹secret›`, what is not known yet as `known after provisioning`. */
const change = component(
  'Change',
  z.strictObject({
    subject,
    action,
    cause: z.enum(['spec', 'image', 'values', 'platform', 'drift', 'request']),
    reason: z.string(),
    before: json.exactOptional(),
    after: json.exactOptional(),
    fields: z.array(fieldChange),
    /** JSON pointers into `after`. */
    unknown: z.array(z.string()),
    sensitive: z.array(z.string()),
  }),
);

const brake = component(
  'Brake',
  z.strictObject({ kind: z.enum(['deletions', 'stateful', 'irreversible']), subjects: z.array(subject), reason: z.string() }),
);

/** How many changes of each action. */
const counts = component('ActionCounts', z.record(action, count));

const planBody = component(
  'PlanBody',
  z.strictObject({
    /** What an approval or a confirmation binds to. */
    digest,
    basis: z.strictObject({ revision: count, release: count, inventory: z.string() }),
    changes: z.array(change),
    /** Carried out only with `confirm` set to the digest. */
    brakes: z.array(brake),
    summary: z.strictObject({
      total: counts,
      resources: counts,
      workloads: counts,
      objects: counts,
      /** Carrying it out would do nothing. */
      isEmpty: z.boolean(),
    }),
    /** The same for people. */
    text: z.string(),
  }),
);

const changeKind = z.enum(['deploy', 'rollback', 'rollout', 'destroy', 'promote']);

export const plan = component(
  'Plan',
  z.strictObject({
    id: z.string(),
    project: z.string(),
    environment: z.string(),
    kind: changeKind,
    reason: z.string(),
    requester: z.string(),
    createdAt: time,
    plan: planBody,
  }),
);

const changeOptions = {
  /** Retained or stateful resources that may be deleted, by uid. */
  deleteResources: z.array(uid).max(1_000).exactOptional(),
  /** Resources that may be bound anew, by uid. */
  rebind: z.array(uid).max(1_000).exactOptional(),
  /** Objects that are there and that nobody of tutti made are taken over. */
  adopt: z.boolean().exactOptional(),
  /** Why, for the record. */
  reason: shortText.exactOptional(),
};

/** What shall change in an environment. */
export const changeRequest = component(
  'ChangeRequest',
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('deploy'),
      sources: sources.exactOptional(),
      /** Without the workload's Score file: its last spec with a new image. */
      images: images.exactOptional(),
      /** Workloads that go. */
      remove: z.array(name).max(20_000).exactOptional(),
      /** The given workloads become the whole. */
      only: z.boolean().exactOptional(),
      ...changeOptions,
    }),
    z.strictObject({
      kind: z.literal('rollback'),
      /** The number of the deployment that is gone back to; absent: the last succeeded one before the current. */
      to: z.int().min(1).exactOptional(),
      ...changeOptions,
    }),
    z.strictObject({
      kind: z.literal('rollout'),
      /** The platform release; absent: the newest. */
      to: z.int().min(1).exactOptional(),
      ...changeOptions,
    }),
    z.strictObject({
      /** What another environment of the project runs, with its images; values, secrets and platform release stay those of this one. */
      kind: z.literal('promote'),
      /** The environment whose last succeeded deployment is taken. */
      from: name,
      ...changeOptions,
    }),
    z.strictObject({
      /** Everything goes; what holds data is retained unless `deleteData` is set. */
      kind: z.literal('destroy'),
      deleteData: z.boolean().exactOptional(),
      ...changeOptions,
    }),
  ]),
);

const confirm = { confirm: digest.exactOptional() };

/** A saved plan is carried out, or a change is planned and carried out at once. */
export const deploymentRequest = component(
  'DeploymentRequest',
  z.union([
    z.strictObject({ plan: z.uuid(), ...confirm }),
    z.strictObject({
      change: changeRequest,
      ...confirm,
    }),
  ]),
);

const deploymentStatus = z.enum([
  'queued',
  'planning',
  'awaiting-approval',
  'provisioning',
  'applying',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
]);

export const deployment = component(
  'Deployment',
  z.strictObject({
    id: z.string(),
    number: count,
    project: z.string(),
    environment: z.string(),
    status: deploymentStatus,
    kind: changeKind,
    requester: z.string(),
    reason: z.string(),
    release: count,
    /** Where the result lies. */
    location: z.string().exactOptional(),
    nextCommand: z.string().exactOptional(),
    /** A commit's hash. */
    revision: z.string().exactOptional(),
    diagnostics,
    /** Hooks that it began and that cannot be undone: a rollback to before them asks. */
    irreversible: z.array(z.string()),
    createdAt: time,
    startedAt: time.exactOptional(),
    finishedAt: time.exactOptional(),
    /** The process that carried it out is gone: `resume` goes on. */
    isInterrupted: z.boolean(),
    /** In lists it is left out. */
    plan: planBody.exactOptional(),
  }),
);

export const step = component(
  'DeploymentStep',
  z.strictObject({
    subject,
    status: z.enum(['running', 'done', 'failed', 'skipped']),
    detail: z.string().exactOptional(),
    diagnostics,
    changedAt: time,
  }),
);

export const event = component(
  'Event',
  z.strictObject({
    sequence: count,
    at: time,
    /** `deployment.status` with `{number, status}`, `deployment.step` with `{subject, status, detail?}`, and others. */
    type: z.string(),
    project: z.string().exactOptional(),
    environment: z.string().exactOptional(),
    deployment: z.string().exactOptional(),
    data: jsonObject,
  }),
);

const diffAction = z.enum(['create', 'update', 'delete']);

/** What one deployment has that another has not. What is equal is left out. */
export const deploymentDiff = component(
  'DeploymentDiff',
  z.strictObject({
    from: count,
    to: count,
    release: z.strictObject({ before: count, after: count }).exactOptional(),
    values: z.array(
      z.strictObject({
        key: z.string(),
        action: diffAction,
        isSecret: z.boolean(),
        before: z.string().exactOptional(),
        after: z.string().exactOptional(),
      }),
    ),
    workloads: z.array(z.strictObject({ name: z.string(), action: diffAction, fields: z.array(fieldChange) })),
    resources: z.array(
      z.strictObject({ uid: z.string(), action: diffAction, before: z.string().exactOptional(), after: z.string().exactOptional() }),
    ),
    objects: z.array(z.strictObject({ key: z.string(), action: diffAction, fields: z.array(fieldChange) })),
  }),
);

export const health = z.enum(['healthy', 'progressing', 'degraded', 'not-observed']);

export const resource = component(
  'Resource',
  z.strictObject({
    uid: z.string(),
    type: z.string(),
    class: z.string(),
    id: z.string(),
    definition: z.string(),
    driver: z.string(),
    isStateful: z.boolean(),
    status: z.enum(['provisioning', 'ready', 'failed', 'retained', 'deprovisioning']),
    dependsOn: z.array(z.string()),
    /** Workloads and resources that depend on it. */
    neededBy: z.array(z.string()),
  }),
);

export const resourceDetail = component(
  'ResourceDetail',
  z.strictObject({
    ...resource.shape,
    /** Secrets are shown as `‹secret›`. */
    outputs: json,
    objects: z.array(z.string()),
  }),
);

export const environmentStatus = component(
  'EnvironmentStatus',
  z.strictObject({
    environment,
    revision: count,
    target: z.strictObject({ name: z.string(), type: z.string() }).exactOptional(),
    /** Its workloads are scaled to none until it is no longer. */
    isPaused: z.boolean(),
    /** `not-observed` where the target cannot say whether something runs. */
    health,
    workloads: z.array(
      z.strictObject({
        name: z.string(),
        status: z.enum(['applying', 'ready', 'failed']),
        health,
        profile: z.string(),
        containers: z.array(z.strictObject({ name: z.string(), image: z.string() })),
        dependsOn: z.array(z.string()),
      }),
    ),
    resources: z.array(resource),
    objects: z.array(z.strictObject({ key: z.string(), node: z.string(), health })),
    lastDeployment: deployment.exactOptional(),
  }),
);
