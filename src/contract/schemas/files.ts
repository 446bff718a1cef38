import * as z from 'zod';
import { component, name, shortText, text, textFile, uid } from './common.ts';

const sourceCountMax = 20_000;
const entryCountMax = 20_000;

/** At most so many entries. */
function boundedRecord<K extends z.core.$ZodRecordKey, V extends z.ZodType>(key: K, value: V) {
  return z
    .record(key, value)
    .refine((entries) => Object.keys(entries).length <= entryCountMax, { error: `at most ${entryCountMax} entries` });
}

/** What is laid over a Score file before anything is checked: first the files, then the properties. */
const overrides = component(
  'Overrides',
  z.strictObject({
    /** YAML in the shape of the Score file: maps are merged, everything else is replaced. */
    files: z.array(textFile).max(100).exactOptional(),
    /** `PATH=VALUE` with a value in YAML; without one it takes away what stands there. */
    properties: z.array(z.string().max(100_000)).max(1_000).exactOptional(),
  }),
);

/** A Score file with the files that it names by `source`. */
const scoreSource = component(
  'ScoreSource',
  z.strictObject({
    file: z.string().min(1).max(4_096),
    text,
    /** By path relative to the Score file. */
    attachments: boundedRecord(z.string().min(1).max(4_096), z.strictObject({ base64: text })).exactOptional(),
    overrides: overrides.exactOptional(),
  }),
);

export const sources = z.array(scoreSource).max(sourceCountMax);

/** Images by `WORKLOAD` or `WORKLOAD/CONTAINER`, or by `*`: all containers with the image `.` of the one workload there is. */
export const images = component('Images', boundedRecord(name, z.string().min(1).max(2_000)));

export const plainValues = component('Values', boundedRecord(z.string().min(1).max(253), text));

export const platformFiles = z.array(textFile).max(10_000);

const format = z.enum(['kubernetes', 'compose']);

/** The deployment context where no environment of the store is meant. */
const fileContext = component(
  'FileContext',
  z.strictObject({
    project: name.exactOptional(),
    environment: name.exactOptional(),
    environmentType: name.exactOptional(),
    target: name.exactOptional(),
    format: format.exactOptional(),
  }),
);

/** What operations on files have in common: nothing of it is kept. */
export const fileScope = {
  sources: sources.min(1),
  images: images.exactOptional(),
  /** Absent: the built-in platform. */
  platform: platformFiles.exactOptional(),
  context: fileContext.exactOptional(),
  /** Values of the environment. */
  values: plainValues.exactOptional(),
};

export const matchContext = component(
  'MatchContext',
  z.strictObject({ project: z.string(), environment: z.string(), environmentType: z.string(), target: z.string(), format }),
);

/** Which needs are asked about; absent keys match all. */
export const needSelector = component(
  'NeedSelector',
  z.strictObject({
    uid: uid.exactOptional(),
    type: name.exactOptional(),
    class: name.exactOptional(),
    id: name.exactOptional(),
    workload: name.exactOptional(),
  }),
);

export const workloadSummary = component(
  'WorkloadSummary',
  z.strictObject({
    name: z.string(),
    file: z.string(),
    digest: z.string(),
    containers: z.array(z.strictObject({ name: z.string(), image: z.string() })),
    needs: z.array(z.strictObject({ name: z.string(), type: z.string(), class: z.string(), id: z.string().exactOptional() })),
  }),
);

/** One object as it shall be on the target. */
export const renderedObject = component(
  'RenderedObject',
  z.strictObject({
    key: z.string(),
    node: z.string(),
    /** The file that a folder of such objects has for it. */
    file: z.string(),
    /** One YAML document. */
    text: z.string(),
  }),
);

export const renderedFile = component(
  'RenderedFile',
  z.strictObject({
    /** Relative to the folder. */
    file: z.string(),
    /** Absent where the content is no text. */
    text: z.string().exactOptional(),
    base64: z.string().exactOptional(),
    /** As POSIX has it, in octal digits. */
    mode: z.string(),
  }),
);

const tier = z.enum(['configured', 'provisioner', 'builtin']);

const criterion = component(
  'Criterion',
  z.strictObject({
    resource: z.string().exactOptional(),
    environment: z.string().exactOptional(),
    project: z.string().exactOptional(),
    environmentType: z.string().exactOptional(),
    target: z.string().exactOptional(),
    format: format.exactOptional(),
    class: z.string(),
    isFinal: z.boolean(),
  }),
);

const candidate = { definition: z.string(), tier, criterion };

/** How one need is answered in one environment, and why not otherwise. */
const answer = component(
  'Answer',
  z.strictObject({
    environment: z.string(),
    winner: z.strictObject(candidate).exactOptional(),
    others: z.array(
      z.strictObject({
        ...candidate,
        /** The key that decided against it, or `final`, `tier`. */
        decidedBy: z.string(),
        reason: shortText,
      }),
    ),
  }),
);

export const explanation = component(
  'Explanation',
  z.strictObject({
    contexts: z.array(matchContext),
    needs: z.array(
      z.strictObject({
        uid: z.string(),
        /** `derived`: tutti answers itself (the address of a workload, the values of the environment), so there are no answers. */
        kind: z.enum(['resource', 'derived', 'workload']),
        type: z.string(),
        class: z.string(),
        id: z.string(),
        /** Who needs it, as `workload.need`, `@project.need`, `@type.need`; none for what a definition added. */
        neededBy: z.array(z.string()),
        answers: z.array(answer),
      }),
    ),
  }),
);

const graphNode = component(
  'GraphNode',
  z.strictObject({
    uid: z.string(),
    kind: z.enum(['resource', 'derived', 'workload']),
    type: z.string(),
    class: z.string(),
    id: z.string(),
    /** Definition or profile. */
    definition: z.string().exactOptional(),
    neededBy: z.array(z.string()),
    dependsOn: z.array(z.string()),
  }),
);

export const graph = component(
  'ResourceGraph',
  z.strictObject({
    context: matchContext,
    digest: z.string(),
    /** In the order in which they are met. */
    nodes: z.array(graphNode),
    /** The same for people, and in Graphviz's language. */
    text: z.string(),
    dot: z.string(),
  }),
);
