import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { isList } from '../render/make-object.ts';

/** Public provisioner files write `readOnly`, as Score does. score-compose loses it unseen, Compose refuses it: what is meant is `read_only`. */
export function mendMounts(service: ValueObject): ValueObject {
  const { volumes } = service;
  return isList(volumes) ? { ...service, volumes: volumes.map(mendMount) } : service;
}

function mendMount(mount: Value): Value {
  if (!isValueObject(mount) || mount['readOnly'] === undefined) return mount;
  const { readOnly, ...rest } = mount;
  return { read_only: readOnly, ...rest };
}
