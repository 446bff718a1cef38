import type { Format } from '../../model/context.ts';
import { isUnknown, isValueObject, type Unknown, type Value, type ValueObject } from '../../model/value.ts';

/** What the outputs of a volume say. */
export type VolumeSource =
  /** A volume of a pod, as Kubernetes describes it, but for its name. */
  | { readonly kind: 'volume'; readonly source: ValueObject | Unknown }
  /** A claim that each replica has of its own: for a StatefulSet. */
  | { readonly kind: 'claim'; readonly spec: ValueObject | Unknown }
  /** A mount of a service, as Compose describes it, but for its target. */
  | { readonly kind: 'mount'; readonly mount: ValueObject };

type ReadVolume = (outputs: ValueObject) => VolumeSource | { readonly problem: string };

const readers: Readonly<Record<Format, ReadVolume>> = { kubernetes: readPodVolume, compose: readMount };

/**
 * Reads the outputs of a volume.
 * Rule: for Kubernetes `source` is a volume source, `claimName` the name of a claim that is there, `claimSpec` what each replica claims for itself.
 * For Compose `type` is volume, bind or tmpfs, `source` the name or the path, and an output of the name of the type its options.
 * Shape: the source, or why there is none.
 */
export function readVolumeSource(outputs: ValueObject, format: Format): VolumeSource | { readonly problem: string } {
  return readers[format](outputs);
}

/** The outputs that describe a volume of a pod; a resource gives exactly one of them. */
const volumeOutputs = ['source', 'claimName', 'claimSpec'] as const;

function readPodVolume(outputs: ValueObject): VolumeSource | { readonly problem: string } {
  const given = volumeOutputs.filter((name) => outputs[name] !== undefined);
  const [name, ...others] = given;
  if (name === undefined) return { problem: `has none of the outputs ${volumeOutputs.join(', ')}; ${listOutputs(outputs)}` };
  if (others.length > 0) return { problem: `has ${given.join(' and ')}, which exclude each other` };
  return readOutput(name, outputs[name] ?? null) ?? { problem: `has an output \`${name}\` that describes no volume` };
}

function listOutputs(outputs: ValueObject): string {
  return `its outputs are: ${Object.keys(outputs).toSorted().join(', ') || 'none'}`;
}

function readOutput(name: (typeof volumeOutputs)[number], value: Value): VolumeSource | undefined {
  if (name === 'claimName') {
    const isName = typeof value === 'string' || isUnknown(value);
    return isName ? { kind: 'volume', source: { persistentVolumeClaim: { claimName: value } } } : undefined;
  }
  if (!isValueObject(value) && !isUnknown(value)) return undefined;
  return name === 'source' ? { kind: 'volume', source: value } : { kind: 'claim', spec: value };
}

const mountTypes = ['volume', 'bind', 'tmpfs'] as const;

/** Without a type it is a volume by its name. */
function readMount(outputs: ValueObject): VolumeSource | { readonly problem: string } {
  const { type = 'volume', source } = outputs;
  const known = mountTypes.find((each) => each === type);
  if (known === undefined) return { problem: `has the type ${describe(type)}; Compose mounts ${mountTypes.join(', ')}` };
  const hasSource = typeof source === 'string' || isUnknown(source);
  if (known !== 'tmpfs' && !hasSource) return { problem: `has no output \`source\` with the name or the path; ${listOutputs(outputs)}` };
  const options = outputs[known];
  if (options !== undefined && options !== null && !isValueObject(options)) return { problem: `has an output \`${known}\` that is no map` };
  const mount = { type: known, ...(known !== 'tmpfs' && { source: source ?? null }), ...(isValueObject(options) && { [known]: options }) };
  return { kind: 'mount', mount };
}

function describe(type: Value): string {
  return typeof type === 'string' ? `"${type}"` : 'that is no text';
}
