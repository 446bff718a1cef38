import type { JsonObject } from '../../core/index.ts';

/** What a Target document of the type `kubernetes` may say. */
export const inputsSchema: JsonObject = {
  type: 'object',
  properties: {
    context: { type: 'string', minLength: 1, description: 'A context of the kubeconfig. Default: its current one.' },
    kubeconfig: {
      type: 'string',
      minLength: 1,
      description: 'A file. Default: KUBECONFIG, else ~/.kube/config; in a cluster: its own account.',
    },
    namespace: { type: 'string', minLength: 1, description: 'A namespace that is there already. Default: one of its own.' },
    impersonate: {
      type: 'object',
      properties: { user: { type: 'string', minLength: 1 }, groups: { type: 'array', items: { type: 'string', minLength: 1 } } },
      required: ['user'],
      additionalProperties: false,
    },
    timeoutSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: 86_400,
      description: 'How long objects may take to be ready, or gone. Default: 300.',
    },
    conflicts: { enum: ['fail', 'force'], description: 'What becomes of fields that somebody else manages. Default: fail.' },
    readiness: {
      type: 'array',
      description: 'Rules of what ready means for a kind: CEL expressions over `object`.',
      items: {
        type: 'object',
        properties: {
          apiVersion: { type: 'string', minLength: 1 },
          kind: { type: 'string', minLength: 1 },
          ready: { type: 'string', minLength: 1 },
          failed: { type: 'string', minLength: 1 },
        },
        required: ['kind', 'ready'],
        additionalProperties: false,
      },
    },
    ignore: {
      type: 'array',
      description: 'Fields that are left as others set them.',
      items: {
        type: 'object',
        properties: {
          apiVersion: { type: 'string', minLength: 1 },
          kind: { type: 'string', minLength: 1 },
          paths: { type: 'array', items: { type: 'string', pattern: '^/.' }, minItems: 1 },
        },
        required: ['kind', 'paths'],
        additionalProperties: false,
      },
    },
    adopt: { type: 'boolean', description: 'Takes over objects that nobody of tutti made. Default: false.' },
  },
  additionalProperties: false,
};
