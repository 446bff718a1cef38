import type { Recipe } from './documents.ts';
import { routeLocals, routeNotices, routeProblems } from './route-parts.ts';

/** What is no server, in Compose. */

const volume: Recipe = {
  type: 'volume',
  format: 'compose',
  inputs: {
    locals: { name: 'vol-${resource.slug}' },
    outputs: { type: 'volume', source: '${locals.name}' },
    manifests: [{ volumes: { '${locals.name}': {} } }],
  },
};

/** Names below a wildcard are a regular expression for the gateway. */
const hostRule =
  "params.host.startsWith('*.') ? 'HostRegexp(`^.+' + params.host.substring(1).replace('.', '\\\\.') + '$`)' : 'Host(`' + params.host + '`)'";

/** A prefix ends where a part of the path does: /shop means /shop and /shop/cart, not /shopping. */
const pathRule =
  "locals.pathType == 'Exact' ? 'Path(`' + locals.path + '`)' : locals.path.endsWith('/') ? 'PathPrefix(`' + locals.path + '`)' : '(Path(`' + locals.path + '`) || PathPrefix(`' + locals.path + '/`))'";

const snippets = ['compose.score.dev/route-provisioner-server-snippet', 'compose.score.dev/route-provisioner-location-snippet'];

const snippetNotices = snippets
  .map((key) => `('${key}' in locals.annotations ? ['The annotation ${key} is for nginx, and has no effect on this gateway.'] : [])`)
  .join(' + ');

/** Says where it leads; the gateway, which waits for all routes, gathers that. So no two resources write one configuration. */
const route: Recipe = {
  type: 'route',
  format: 'compose',
  inputs: {
    locals: { ...routeLocals, host: `\${${hostRule}}`, rule: `\${locals.host + ' && ' + (${pathRule})}` },
    outputs: {
      host: '${params.host}',
      path: '${locals.path}',
      name: '${resource.slug}',
      rule: '${locals.rule}',
      // The longer path first; of two equal ones the exact one.
      priority: "${2 * size(locals.path) + (locals.pathType == 'Exact' ? 1 : 0)}",
      backend: 'http://${locals.consumer.name}:${locals.targetPort}',
    },
    problems: routeProblems,
    notices: `\${${routeNotices} + ${snippetNotices}}`,
  },
  coProvision: [{ type: 'http-gateway', class: 'default', id: 'gateway', dependsOnThis: true }],
};

function listed(entry: string): string {
  return `\${select.dependencies("route").map(r, ${entry}).join("\\n")}`;
}

const routers = listed(
  "'    ' + r.outputs.name + ': {entryPoints: [web], service: ' + r.outputs.name + ', priority: ' + string(r.outputs.priority) + \", rule: '\" + r.outputs.rule + \"'}\"",
);

const backends = listed("'    ' + r.outputs.name + ': {loadBalancer: {servers: [{url: \"' + r.outputs.backend + '\"}]}}'");

const gateway: Recipe = {
  type: 'http-gateway',
  format: 'compose',
  inputs: {
    locals: {
      name: '${resource.slug}',
      port: "${'gateway.port' in context.values ? string(context.values['gateway.port']) : '8080'}",
      settings: `http:\n  routers:\n${routers}\n  services:\n${backends}\n`,
    },
    outputs: { port: '${int(locals.port)}' },
    manifests: [
      {
        configs: { '${locals.name}': { content: '${locals.settings}' } },
        services: {
          '${locals.name}': {
            image: 'docker.io/library/traefik:v3.3.3',
            user: '65532:65532',
            restart: 'unless-stopped',
            command: [
              '--entrypoints.web.address=:8080',
              '--ping=true',
              '--ping.entrypoint=health',
              '--entrypoints.health.address=127.0.0.1:8082',
              '--providers.file.filename=/etc/traefik/routes.yaml',
              '--providers.file.watch=false',
              '--global.checknewversion=false',
              '--global.sendanonymoususage=false',
            ],
            configs: [{ source: '${locals.name}', target: '/etc/traefik/routes.yaml', mode: '0444' }],
            ports: ['${locals.port}:8080'],
            cap_drop: ['ALL'],
            security_opt: ['no-new-privileges:true'],
            deploy: { resources: { limits: { memory: '268435456' } } },
            healthcheck: {
              test: [
                'CMD',
                'traefik',
                'healthcheck',
                '--ping=true',
                '--ping.entrypoint=health',
                '--entrypoints.health.address=127.0.0.1:8082',
              ],
              interval: '5s',
              timeout: '5s',
              retries: 12,
            },
          },
        },
      },
    ],
  },
};

const autoscaler: Recipe = {
  type: 'horizontal-pod-autoscaler',
  format: 'compose',
  inputs: {
    outputs: {},
    notices: ['Compose runs the replicas that it is told: the workload is not scaled here.'],
  },
};

export const composeRecipes: readonly Recipe[] = [volume, route, gateway, autoscaler];
