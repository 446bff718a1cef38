import {
  checkPlaces,
  diagnose,
  holdsSecret,
  settle,
  type Format,
  type Outcome,
  type RenderedObject,
  type TargetRequest,
} from '../../core/index.ts';

/** Says what is wrong with the objects for Git, secrets above all. Reports: T6001, T6101. */
export function planObjects({ context }: TargetRequest, objects: readonly RenderedObject[]): Outcome<void> {
  return settle(undefined, [...checkPlaces(objects), ...checkSecrets(objects, context.format)]);
}

function checkSecrets(objects: readonly RenderedObject[], format: Format) {
  return objects
    .filter(holdsSecret)
    .map(({ key, node }) => diagnose('T6101', { detail: `${key} of "${node}" is a Secret, or has a secret in it. ${advise(format)}` }));
}

function advise(format: Format): string {
  return format === 'compose'
    ? 'Compose knows no references into a secret store: use a target of the type `directory` for this environment, or keep secrets out of it.'
    : 'Configure a SecretStore document that matches this environment: tutti then writes the secrets there, and Git holds references.';
}
