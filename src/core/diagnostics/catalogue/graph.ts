import type { CodeEntry } from './entry.ts';

export const graph = {
  T3001: {
    severity: 'error',
    summary: 'A reserved type of resource',
    cause: 'The type "workload" names workloads themselves and cannot be asked for.',
    example: 'resources: {api: {type: workload}}',
    cure: 'Use `type: service` for the address of another workload.',
  },
  T3002: {
    severity: 'error',
    summary: "The id would capture another workload's private resource",
    cause: 'A need without an id has the identity `workload.name`; an explicit id of the same form would be the same resource.',
    example: 'resources: {db: {type: postgres, id: api.db}}   # and there is a workload "api"',
    cure: 'Choose an id that does not begin with the name of a workload and a dot.',
  },
  T3003: {
    severity: 'error',
    summary: 'Shared params differ',
    cause: 'Two needs mean the same resource (same type, class and id) and give one of its params different values.',
    example: 'a: {type: redis, id: cache, params: {size: small}}   b: {type: redis, id: cache, params: {size: large}}',
    cure: 'Give both the same value and deploy both files together, or declare the need once in the Project document.',
  },
  T3004: {
    severity: 'error',
    summary: 'Params refer to an unknown resource',
    cause: 'A placeholder in the params of a need names a resource that the same file does not declare.',
    example: 'route: {type: route, params: {host: "${resources.domian.host}"}}',
    cure: 'Correct the name, or declare the resource.',
  },
  T3005: {
    severity: 'error',
    summary: 'The graph does not stop growing',
    cause: 'Definitions bring along others (by references or coProvision) without an end, or there are more than 100,000 nodes.',
    example: 'coProvision: [{type: volume, id: "${resource.id}-copy"}] in a definition of volume',
    cure: 'Break the circle of definitions, or split the environment.',
  },
  T3006: {
    severity: 'warning',
    summary: 'The workload is not in this environment',
    cause: 'A need of type service, or a definition, means a workload that the environment does not have.',
    example: 'resources: {api: {type: service}}   # and no workload "api" was ever deployed there',
    cure: 'Deploy that workload too, or correct the name.',
  },
  T3007: {
    severity: 'error',
    summary: 'A circle of dependencies',
    cause: 'Resources refer to each other in a circle, so none of them can come first.',
    example: 'a: params: {x: "${resources.b.x}"}   b: params: {x: "${resources.a.x}"}',
    cure: 'Remove one of the references that the detail lists in order.',
  },
} as const satisfies Record<string, CodeEntry>;
