import { annotations } from './annotations.ts';
import { consumerLocals, noticesOfConsumer, problemsOfConsumer } from './consumer.ts';

/** What routes have in common in both formats. */

/** Whether requests for paths below the given one are led there, too: as the annotations that Score users know say. */
const pathTypes = ['compose.score.dev/route-provisioner-path-type', 'k8s.score.dev/route-provisioner-path-type'];

const isExact = pathTypes.map((key) => `('${key}' in locals.annotations && locals.annotations['${key}'] == 'Exact')`).join(' || ');

/** Names of the ports that the param means: by its name, or by the number that the service has. */
const meant =
  'locals.consumer.ports.filter(name, name == string(params.port) || string(locals.consumer.ports[name].port) == string(params.port))';

export const routeLocals = {
  ...consumerLocals,
  annotations,
  path: "${'path' in params ? params.path : '/'}",
  pathType: `\${${isExact} ? 'Exact' : 'PathPrefix'}`,
  names: `\${${meant}}`,
  port: '${size(locals.names) > 0 ? locals.consumer.ports[locals.names[0]].port : 0}',
  targetPort: '${size(locals.names) > 0 ? locals.consumer.ports[locals.names[0]].targetPort : 0}',
} as const;

/** An expression, without its marks: the ports that there are. */
const listed = "locals.consumer.ports.map(name, name + ' (' + string(locals.consumer.ports[name].port) + ')').join(', ')";

const ports = `(size(locals.consumer.ports) > 0 ? 'Its ports: ' + ${listed} + '.' : 'It has none: declare it under service.ports of its Score file.')`;

/** A route that leads nowhere is said at once. */
export const routeProblems = `\${size(locals.names) > 0 ? [] : size(locals.consumers) == 0 ? ${problemsOfConsumer('a route')} : ['The workload ' + locals.consumer.name + ' has no port ' + string(params.port) + '. ' + ${ports}]}`;

/** An expression, without its marks. */
export const routeNotices = noticesOfConsumer('the route leads to');
