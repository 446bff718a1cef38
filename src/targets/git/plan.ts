import { checkPlaces, diagnose, holdsSecret, settle, type Outcome, type RenderedObject, type TargetRequest } from '../../core/index.ts';

/** Says what is wrong with the objects for Git, secrets above all. Reports: T6001, T6101. */
export function planObjects(_request: TargetRequest, objects: readonly RenderedObject[]): Outcome<void> {
  return settle(undefined, [...checkPlaces(objects), ...checkSecrets(objects)]);
}

function checkSecrets(objects: readonly RenderedObject[]) {
  return objects.filter(holdsSecret).map(({ key, node }) =>
    diagnose('T6101', {
      detail: `${key} of "${node}" is a Secret, or has a secret in it. Configure a SecretStore document that matches this environment: tutti then writes the secrets there, and Git holds references.`,
    }),
  );
}
