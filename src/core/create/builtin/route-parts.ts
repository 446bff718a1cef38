import { annotations } from './annotations.ts';

/** What routes have in common in both formats. */

/** Whether requests for paths below the given one are led there, too: as the annotations that Score users know say. */
const pathTypes = ['compose.score.dev/route-provisioner-path-type', 'k8s.score.dev/route-provisioner-path-type'];

const isExact = pathTypes.map((key) => `('${key}' in locals.annotations && locals.annotations['${key}'] == 'Exact')`).join(' || ');

/** Names of the ports that the param means: by its name, or by the number that the service has. */
const meant =
  'locals.consumer.ports.filter(name, name == string(params.port) || string(locals.consumer.ports[name].port) == string(params.port))';

export const consumerLocals = {
  annotations,
  consumer: '${select.consumers("workload")[0]}',
  path: "${'path' in params ? params.path : '/'}",
  pathType: `\${${isExact} ? 'Exact' : 'PathPrefix'}`,
  names: `\${${meant}}`,
  port: '${size(locals.names) > 0 ? locals.consumer.ports[locals.names[0]].port : 0}',
  targetPort: '${size(locals.names) > 0 ? locals.consumer.ports[locals.names[0]].targetPort : 0}',
} as const;

/** A route that leads nowhere is said at once. */
export const portProblems =
  "${size(locals.names) > 0 ? [] : ['The workload ' + locals.consumer.name + ' has no port ' + string(params.port) + '. ' + (size(locals.consumer.ports) > 0 ? 'Its ports: ' + locals.consumer.ports.map(name, name + ' (' + string(locals.consumer.ports[name].port) + ')').join(', ') + '.' : 'It has none: declare it under service.ports of its Score file.')]}";
