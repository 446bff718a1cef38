import type { CodeEntry } from './entry.ts';

export const drivers = {
  T5001: {
    severity: 'error',
    summary: 'The outputs of a definition are no map',
    cause: 'After its expressions were evaluated, `outputs` is something else than names with values.',
    example: 'outputs: ${params.list}',
    cure: 'State each output by name: `outputs: {host: …, port: …}`.',
  },
  T5002: {
    severity: 'error',
    summary: 'The manifests of a definition are no list of objects',
    cause: 'After its expressions were evaluated, `manifests` or one of them is something else than an object.',
    example: 'manifests: [${params.name}]',
    cure: 'Write every manifest as structured data below `manifests:`, each beginning with a dash.',
  },
  T5005: {
    severity: 'warning',
    summary: 'A definition has something to say',
    cause: 'The definition meets the need, and not in every respect: its input `notices` says what is different here.',
    example: 'autoscaler: {type: horizontal-pod-autoscaler}   # rendered for Compose',
    cure: 'Read what it says. The need is met as far as that goes; another definition may meet it wholly.',
  },
  T5006: {
    severity: 'error',
    summary: 'A definition cannot meet the need as it is asked for',
    cause:
      'The contract of the type allows what is asked for, and the definition found that it does not fit together: its input `problems` says why.',
    example: 'entrance: {type: route, params: {host: shop.example, port: htpp}}   # the port is called http',
    cure: 'Change the need as it says.',
  },
  T5007: {
    severity: 'error',
    summary: 'What a definition has to say is no list of texts',
    cause: 'After its expressions were evaluated, `notices` or `problems` is something else than a list of texts.',
    example: 'notices: ${params.size}',
    cure: 'Write a list, each entry a sentence: `notices: [The size is not kept to here.]`.',
  },
  T5201: {
    severity: 'error',
    summary: 'A template of a provisioner fails',
    cause:
      'A Go template in a *.provisioners.yaml file is not well-formed, calls a function that is not there, or fails while it is rendered.',
    example: 'outputs: |\n  host: {{ .State.name | upperr }}',
    cure: 'Mend the template at the line that is shown. The functions are those of Go and Sprig; docs/provisioners.md lists which of them are not offered.',
  },
  T5202: {
    severity: 'error',
    summary: 'A template of a provisioner renders no YAML',
    cause: 'The text that a template in a *.provisioners.yaml file gave cannot be read as YAML.',
    example: 'outputs: |\n  host: {{ .State.name }}: {{ .State.port }}',
    cure: 'Look at the rendered line that is shown; put values that may hold special characters through `| quote`.',
  },
  T5203: {
    severity: 'error',
    summary: 'A template of a provisioner renders something of another shape',
    cause: '`manifests` has to be a list of maps, `info_logs` a list, and everything else a map.',
    example: 'outputs: |\n  - host: db',
    cure: 'Render the shape that is named.',
  },
  T5204: {
    severity: 'error',
    summary: 'A provisioner has an address of an unknown kind',
    cause: 'The `uri` of a definition with the driver score begins with none of template, cmd and local-env.',
    example: 'uri: ${params.address}',
    cure: 'Begin the uri with `template://`, `cmd://` or `local-env://`.',
  },
  T5205: {
    severity: 'error',
    summary: 'A provisioner needs a param that is not known yet',
    cause: 'A param of the need refers to an output that exists only after provisioning, and templates need all of them at planning.',
    example: 'params: {host: "${resources.database.host}"}   # where the database is made by another tool',
    cure: 'Meet the need with a ResourceDefinition instead, or take the value from something that is known.',
  },
  T5206: {
    severity: 'info',
    summary: 'A provisioner has something to say',
    cause: 'The provisioner has `info_logs`. Secrets in them are hidden.',
    example: 'info_logs: |\n  - "connect to it with: psql -h {{ .State.name }}"',
    cure: 'Nothing needs to be done.',
  },
  T5207: {
    severity: 'error',
    summary: 'Programs may not be run here',
    cause:
      'A provisioner with `cmd://` meets the need, and running programs is switched off: a server runs none unless its operator allows it.',
    example: 'uri: cmd://./provision.sh',
    cure: 'Let the operator start tutti with TUTTI_PROGRAMS=on, or meet the need without a program.',
  },
  T5208: {
    severity: 'error',
    summary: 'The program of a provisioner failed',
    cause:
      'The program is not there, ended with an error, ran too long, wrote too much, or answered with something else than the JSON object that is wanted.',
    example: 'uri: cmd://provison.sh',
    cure: 'Run the program by hand with the JSON that docs/provisioners.md shows on its standard input, and look at what it writes.',
  },
  T5209: {
    severity: 'error',
    summary: 'A reference to a Secret of the cluster cannot be used here',
    cause: 'A provisioner gives a reference to a Kubernetes Secret that it does not make, and the environment is rendered for Compose.',
    example: 'password: {{ encodeSecretRef "shared-database" "password" }}',
    cure: 'Give the value itself, or keep it as a secret value of the environment.',
  },
  T5211: {
    severity: 'error',
    summary: 'A patch template fails',
    cause:
      'A Go template in a *.tpl file of the platform is not well-formed, calls a function that is not there, or fails while it is rendered.',
    example: '- op: set\n  path: {{ .Manifest }}.0',
    cure: 'Mend the template at the line that is shown. It sees `.Manifests` and `.Namespace`, or `.Compose`, and `.Workloads`.',
  },
  T5212: {
    severity: 'error',
    summary: 'A patch template renders no list of patches',
    cause: 'What a *.tpl file of the platform renders is no YAML, or no list.',
    example: 'op: set   # without a dash before it',
    cure: 'Render a list of `{op: set|delete, path: …, value: …}`.',
  },
  T5213: {
    severity: 'error',
    summary: 'A patch cannot be applied',
    cause: 'A patch has unknown keys, a path that cannot be read, or one that leads through something that is neither a map nor a list.',
    example: '- {op: set, path: "0.kind.name", value: x}',
    cure: 'Correct the patch. A path has keys between dots, `\\.` for a dot within a key, numbers for places in lists and -1 for the end of one.',
  },
  T5301: {
    severity: 'error',
    summary: 'A claim is not described as it has to be',
    cause:
      'In a definition with the driver kubernetes `object` is no map, `outputs` is no map, or an output says neither what is read of the claim nor which key of which Secret it is.',
    example: 'outputs:\n  password: {secret: {name: "${locals.name}-app"}}   # which key?',
    cure: 'Describe the claim as docs/claims.md shows: outputs are values, `{read: object.status.host}` or `{secret: {name: …, key: …}}`.',
  },
  T5302: {
    severity: 'error',
    summary: 'An expression about a claim cannot be read',
    cause:
      '`ready`, `failed` or what an output reads is no CEL expression, or names something else than `object`, which is all that there is when the claim is looked at.',
    example: "ready: status.phase == 'Ready'",
    cure: "Write the expression about `object`: `ready: object.status.phase == 'Ready'`. Other values can be put into it by `${…}` before.",
  },
  T5303: {
    severity: 'error',
    summary: 'An output of a claim is not there',
    cause:
      'The claim is ready by its rule, and a field of it, the Secret, or the key of the Secret is missing all the same; or somebody has removed the claim.',
    example: 'outputs:\n  host: {read: object.status.hostname}   # the operator writes status.host',
    cure: 'Look at the claim with `kubectl get … -o yaml`, and correct what the definition reads. If the operator writes it late, let the rule `ready` ask for it.',
  },
  T5304: {
    severity: 'error',
    summary: 'A claim needs a cluster that can be looked at',
    cause:
      'A definition with the driver kubernetes meets the need, and its outputs exist only on the cluster. The target of the environment writes files or a repository, or is rendered for Compose, and cannot look there.',
    example: 'kind: Target\nspec: {type: git, match: [{}], inputs: {…}}',
    cure: 'Deploy the environment to a target of the type kubernetes, or meet the need there with another definition: `match: [{target: …}]` or `match: [{format: …}]`.',
  },
  T5305: {
    severity: 'error',
    summary: 'A resource turned out otherwise than the plan says',
    cause:
      'While it was deployed an output got another value than the plan was made with (somebody changed or removed what it comes from), so that what depends on it would change otherwise than was approved.',
    example: 'the password of a database was changed between the plan and its carrying out',
    cure: 'Deploy again: the next plan is made with the new value.',
  },
  T5306: {
    severity: 'error',
    summary: 'A definition looks into a namespace that it may not see',
    cause: 'What an output is read from is in another namespace than the environment, and the definition has no leave for that.',
    example: 'password: {secret: {name: shared, namespace: crossplane-system, key: password}}',
    cure: 'Let the operator write the Secret into the namespace of the environment, or give the definition leave: `allowScope: {namespaces: [crossplane-system]}`.',
  },
} as const satisfies Record<string, CodeEntry>;
