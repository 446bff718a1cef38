import type { CodeEntry } from './entry.ts';

/** Resolving, rendering and generating. */
export const create = {
  T4101: {
    severity: 'error',
    summary: 'Not a Kubernetes object',
    cause:
      'A manifest of a definition has to be a single object with apiVersion, kind and a name that is known when planning. The base of a profile has apiVersion and kind; name and namespace come from the workload.',
    example: 'manifests: [{kind: Service, metadata: {name: "${resources["dns"].outputs.host}"}}]',
    cure: 'Give the manifest apiVersion, kind and metadata.name; build names from `resource.slug`.',
  },
  T4102: {
    severity: 'error',
    summary: 'The object lies outside the namespace of the environment',
    cause: 'Another namespace, or a kind of the whole cluster, needs the leave of the definition.',
    example: 'manifests: [{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: x}}]',
    cure: 'Leave the namespace out, or set `allowScope: {cluster: true}` or `allowScope: {namespaces: […]}` in the definition.',
  },
  T4103: {
    severity: 'error',
    summary: 'A secret stands where it could be read',
    cause:
      'In manifests a secret may stand in the data of a Secret and in the env of a container; in fragments for Compose in the environment of a service and in secrets, configs and files. Nowhere else.',
    example: 'kind: ConfigMap … data: {password: "${generate.password}"}',
    cure: 'Put it into a Secret and refer to that, or into the env of a container: tutti makes the Secret then.',
  },
  T4104: {
    severity: 'error',
    summary: 'The field belongs to the cluster',
    cause: 'status, uid, resourceVersion, managedFields, ownerReferences, finalizers and generateName are not for manifests.',
    example: 'metadata: {generateName: x-}',
    cure: 'Remove the field.',
  },
  T4105: {
    severity: 'error',
    summary: 'The profile does not allow this field',
    cause: 'The Score file sets something that the workload profile keeps fixed.',
    example: 'containers: {main: {resources: {limits: {memory: 64Gi}}}}   # and the profile fixes limits',
    cure: 'Remove it from the Score file, choose another profile (`tutti.dev/profile`), or ask the platform team to open the field.',
  },
  T4106: {
    severity: 'error',
    summary: 'The profile cannot be rendered in this format',
    cause: 'A workload profile has a base for each format that it can be rendered in, and none for this one.',
    example: 'tutti render score.yaml --format compose   # with a profile for kubernetes alone',
    cure: 'Choose another format or profile, or add a base for the format to the profile.',
  },
  T4107: {
    severity: 'error',
    summary: 'The start order cannot be met',
    cause: 'A container shall be healthy before another starts but has no probe; or it shall both complete and keep running.',
    example: 'containers: {proxy: {before: {main: {ready: healthy}}}}   # without readinessProbe',
    cure: 'Add a readinessProbe, or use `started`; give all entries of `before` the same kind of readiness.',
  },
  T4108: {
    severity: 'error',
    summary: 'Not a volume',
    cause:
      'The source of a volume has to be a resource. For Kubernetes it has one of the outputs `source`, `claimName`, `claimSpec` (the last for a StatefulSet), for Compose `type` (volume, bind, tmpfs) and `source`. A tmpfs has no path in it.',
    example: 'volumes: {/data: {source: my-volume}}',
    cure: 'Declare a resource of the type volume and write `source: ${resources.NAME}`.',
  },
  T4109: {
    severity: 'error',
    summary: 'Two nodes render the same object',
    cause: 'Objects have an identity of group, kind, namespace and name, and two definitions or workloads made the same one.',
    example: 'two definitions with metadata.name: config',
    cure: 'Build the name from `resource.slug`, which is different for each resource.',
  },
  T4110: {
    severity: 'error',
    summary: 'The object is too large',
    cause: 'Kubernetes refuses objects of more than 1 MiB.',
    example: 'files: {/data/model.bin: {source: model.bin}}   # 3 MB',
    cure: 'Put large files into the image or on a volume.',
  },
  T4111: {
    severity: 'error',
    summary: 'The outputs break the contract of the resource type',
    cause: 'The ResourceType says which outputs there are and of which type, and the definition gives others.',
    example: 'outputs: {required: [host, port]}   # and the definition gives only host',
    cure: 'Complete the outputs of the definition, or correct the contract.',
  },
  T4112: {
    severity: 'error',
    summary: 'A secret output is given in plain',
    cause: 'The contract marks the output writeOnly, but the definition holds its value as text.',
    example: 'outputs: {password: hunter2}',
    cure: 'Generate it (`generate`), or keep it with `tutti secret set` and read it from `context.values`.',
  },
  T4113: {
    severity: 'error',
    summary: 'The params break the contract of the resource type',
    cause: 'The ResourceType says which params there are and of which type, and the need gives others.',
    example: 'resources: {db: {type: postgres, params: {sise: large}}}',
    cure: 'Correct the params; the detail says what is allowed.',
  },
  T4114: {
    severity: 'error',
    summary: 'Locals refer to each other in a circle',
    cause: 'A local may refer to others, but not in a circle.',
    example: 'locals: {a: "${locals.b}", b: "${locals.a}"}',
    cure: 'Remove one of the references.',
  },
  T4115: {
    severity: 'error',
    summary: 'A workload that runs on a schedule has none',
    cause: 'A CronJob needs a schedule in five fields, or one of @hourly, @daily, @weekly, @monthly, @yearly.',
    example: 'metadata: {name: report, annotations: {tutti.dev/profile: cron}}',
    cure: 'Set the annotation `tutti.dev/schedule`, for example `"30 2 * * *"`.',
  },
  T4116: {
    severity: 'error',
    summary: 'No Service can be made for the workload',
    cause: 'The name of a Service begins with a letter, and its ports differ in number or protocol.',
    example: 'metadata: {name: 3scale} … service: {ports: {http: {port: 80}, web: {port: 80}}}',
    cure: 'Choose another name for the workload, or give each port a number of its own.',
  },
  T4117: {
    severity: 'error',
    summary: 'Two things are mounted at one path',
    cause: 'A path in a container shows one file or one volume.',
    example: 'files: {/data: {content: x}}, volumes: {/data: {source: "${resources.data}"}}',
    cure: 'Give one of them another path.',
  },
  T4118: {
    severity: 'warning',
    summary: 'The probe has no effect',
    cause: 'A container that completes before others start is not probed: Kubernetes waits until it ends.',
    example: 'containers: {migrate: {before: {main: {ready: complete}}, livenessProbe: {exec: {command: [ls]}}}}',
    cure: 'Remove the probe.',
  },
  T4119: {
    severity: 'error',
    summary: 'The data of a Secret is not what Kubernetes takes',
    cause: 'Values under `data` are in base64, values under `stringData` are text.',
    example: 'kind: Secret … data: {password: "${generate.password}"}',
    cure: 'Write it under `stringData`, or encode it: `${base64.encode(generate.password)}`.',
  },
  T4121: {
    severity: 'error',
    summary: 'A provisioner does not support a param',
    cause: 'The provisioner that meets the need lists the params that it supports, and this one is not among them.',
    example: 'supported_params: [host, port]   # and the need has params: {hosst: …}',
    cure: 'Correct the name, leave the param out, or add it to `supported_params` of the provisioner that uses it.',
  },
  T4122: {
    severity: 'error',
    summary: 'A provisioner does not give what it promises',
    cause: 'An output that a provisioner lists below `expected_outputs` is missing from what it gave.',
    example: 'expected_outputs: [host, password]   # and outputs: gives only host',
    cure: 'Add the output to the `outputs` of the provisioner, or remove it from `expected_outputs`.',
  },
  T4123: {
    severity: 'warning',
    summary: 'The probe cannot be expressed in Compose',
    cause:
      'A service of Compose has one health check, a command that runs within the container. A probe by httpGet would need a program in the image.',
    example: 'readinessProbe: {httpGet: {path: /ready, port: 8080}}   # with --format compose',
    cure: 'Give the probe an `exec` besides `httpGet`: Kubernetes and Compose then both take the command.',
  },
  T4124: {
    severity: 'error',
    summary: 'Not a fragment of a Compose project',
    cause:
      'For Compose, a manifest of a definition is a map of the sections services, volumes, networks, configs, secrets, models, and files and directories for what lies beside the project; in each of them names and what they mean.',
    example: 'manifests: [{service: {redis: {image: redis}}}]',
    cure: 'Write `{services: {NAME: {image: …}}}`; paths of files are relative and stay below the project.',
  },
  T4125: {
    severity: 'error',
    summary: 'The variable cannot stand in an env file',
    cause: 'Compose takes variables with secrets from a file that only its owner can read, and reads only plain names there.',
    example: 'variables: {"my var": "${resources.db.password}"}',
    cure: 'Give the variable a name of letters, digits and underscores.',
  },
  T4126: {
    severity: 'error',
    summary: 'Two services answer to one name',
    cause:
      'In a Compose project workloads are reached by their names, and so are services. Where a workload is called like a service of another, requests would go now to the one, now to the other.',
    example: 'a workload `web` with a container `api`, and another workload `web-api`',
    cure: 'Rename one of them.',
  },
  T4127: {
    severity: 'warning',
    summary: 'The project needs files beside it',
    cause:
      'A printed Compose project holds variables, secrets and text files itself; bytes, and what a service mounts as a file, lie beside it.',
    example: 'tutti render score.yaml --format compose > compose.yaml   # with files: {/logo.png: {source: logo.png}}',
    cure: 'Render into a folder: `tutti render score.yaml --format compose --out FOLDER`.',
  },
  T4131: {
    severity: 'error',
    summary: 'Patches leave something that cannot be deployed',
    cause:
      'After the patch templates of the platform were applied, an object has no apiVersion, kind or name, or the Compose project has an unknown section.',
    example: '- {op: delete, path: "0.kind"}',
    cure: 'Look at what the patches set and delete; places in a list move when something before them is deleted.',
  },
  T4201: {
    severity: 'error',
    summary: 'Not something that can be generated',
    cause: 'An entry of `generate` has a kind and its options, and this one has others.',
    example: 'generate: {password: {kind: pasword, length: 4}}',
    cure: 'Use one of the kinds password, hex, base64, uuid, integer with their options (docs/expressions.md).',
  },
} as const satisfies Record<string, CodeEntry>;
