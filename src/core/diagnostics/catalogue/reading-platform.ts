import type { CodeEntry } from './entry.ts';

/** Platform documents. */
export const readingPlatform = {
  T1501: {
    severity: 'error',
    summary: 'Not a platform document',
    cause: 'A document of the platform configuration says `apiVersion: tutti.dev/v1` and one of its kinds.',
    example: 'kind: ResourceDefiniton',
    cure: 'Correct the kind, or move the file out of the platform folder.',
  },
  T1502: {
    severity: 'error',
    summary: 'This kind is not supported yet',
    cause: 'The kind is reserved, and this version of tutti does nothing with it; ignoring it could surprise you.',
    example: 'kind: Policy',
    cure: 'Remove the document until a version of tutti supports it.',
  },
  T1504: {
    severity: 'error',
    summary: 'Two documents have one name',
    cause: 'Within a kind a name means one document, and there are two of it.',
    example: 'two ResourceDefinitions with metadata.name: postgres',
    cure: 'Rename or remove one of them. Both places are shown.',
  },
  T1505: {
    severity: 'error',
    summary: 'A reserved type of resource',
    cause: 'Needs of the types workload, service and environment are answered by tutti itself.',
    example: 'kind: ResourceDefinition … type: service',
    cure: 'Define another type.',
  },
  T1506: {
    severity: 'error',
    summary: 'A final criterion is too narrow',
    cause: 'A final criterion holds for every class and id, so that nobody can step around it; it may name neither.',
    example: 'match: [{final: true, class: large}]',
    cure: 'Remove `class` and `resource` from it, or `final`.',
  },
  T1507: {
    severity: 'error',
    summary: 'The schema cannot be used',
    cause: 'Contracts are JSON Schemas of a listed set of keywords, and this one holds another, or is no schema.',
    example: 'params: {type: object, patternProperties: {"^x": {type: string}}}',
    cure: 'Use the supported keywords, which the detail lists.',
  },
  T1508: {
    severity: 'error',
    summary: 'Unknown driver',
    cause: 'A definition is carried out by a driver, and there is none of this name.',
    example: 'driver: templat',
    cure: 'Use one of the drivers that the detail lists.',
  },
  T1509: {
    severity: 'error',
    summary: 'The inputs do not fit the driver or target',
    cause: 'Each driver and target says which inputs it takes; this one is missing, unknown or of another type.',
    example: 'driver: static … inputs: {output: {host: x}}',
    cure: 'Correct the inputs; the detail says what is expected.',
  },
  T1510: {
    severity: 'warning',
    summary: 'No contract for this type',
    cause: 'There is no ResourceType document for the type, so params and outputs are not checked and resources count as stateful.',
    example: 'kind: ResourceDefinition … type: queue   # without a ResourceType "queue"',
    cure: 'Add a ResourceType document that says whether it is stateful, and which params and outputs it has.',
  },
  T1511: {
    severity: 'warning',
    summary: 'The environment type is not declared',
    cause: 'A criterion names an environment type for which there is no EnvironmentType document.',
    example: 'match: [{environmentType: prodution}]',
    cure: 'Correct the name, or add the EnvironmentType document.',
  },
  T1513: {
    severity: 'error',
    summary: 'A Score provisioner file is no list',
    cause: 'A file named *.provisioners.yaml holds something else than a list of provisioners.',
    example: 'uri: template://example   # without a dash before it',
    cure: 'Begin each provisioner with a dash: `- uri: template://…`. Other platform documents belong into files with other names.',
  },
  T1514: {
    severity: 'error',
    summary: 'A provisioner does not say what carries it out',
    cause: 'The `uri` of an entry in a *.provisioners.yaml file is missing, or begins with something else than template, cmd or local-env.',
    example: '- uri: http://example.com/provision',
    cure: 'Begin the uri with `template://`, `cmd://` or `local-env://`.',
  },
} as const satisfies Record<string, CodeEntry>;
