import { isUnknown, isValueObject, type Unknown, type Value, type ValueObject } from '../../model/value.ts';

/** What the outputs of a volume say. */
export type VolumeSource =
  /** A volume of a pod, as Kubernetes describes it, but for its name. */
  | { readonly kind: 'volume'; readonly source: ValueObject | Unknown }
  /** A claim that each replica has of its own: for a StatefulSet. */
  | { readonly kind: 'claim'; readonly spec: ValueObject | Unknown };

/** The outputs that describe a volume; a resource gives exactly one of them. */
const volumeOutputs = ['source', 'claimName', 'claimSpec'] as const;

/**
 * Reads the outputs of a volume: `source` is a Kubernetes volume source, `claimName` the name of a claim that is there,
 * `claimSpec` what each replica claims for itself.
 * Shape: the source, or why there is none.
 */
export function readVolumeSource(outputs: ValueObject): VolumeSource | { readonly problem: string } {
  const given = volumeOutputs.filter((name) => outputs[name] !== undefined);
  const [name, ...others] = given;
  if (name === undefined) {
    const names = Object.keys(outputs).toSorted().join(', ') || 'none';
    return { problem: `has none of the outputs ${volumeOutputs.join(', ')}; its outputs are: ${names}` };
  }
  if (others.length > 0) return { problem: `has ${given.join(' and ')}, which exclude each other` };
  return readOutput(name, outputs[name] ?? null) ?? { problem: `has an output \`${name}\` that describes no volume` };
}

function readOutput(name: (typeof volumeOutputs)[number], value: Value): VolumeSource | undefined {
  if (name === 'claimName') {
    const isName = typeof value === 'string' || isUnknown(value);
    return isName ? { kind: 'volume', source: { persistentVolumeClaim: { claimName: value } } } : undefined;
  }
  if (!isValueObject(value) && !isUnknown(value)) return undefined;
  return name === 'source' ? { kind: 'volume', source: value } : { kind: 'claim', spec: value };
}
