import type { Json, JsonObject } from '../../../model/value.ts';
import { annotations } from '../annotations.ts';
import { describeDefinition } from '../documents.ts';
import type { Server } from './server.ts';

const name = '${locals.name}';
const dataVolume = `${name}-data`;
const publishAnnotation = 'compose.score.dev/publish-port';

/** Meets the need with a service, and a volume where data are kept; the annotation `compose.score.dev/publish-port` publishes its port on this machine. */
export function describeForCompose(server: Server): JsonObject {
  const { type, prefix, generate, locals, outputs, data } = server;
  return describeDefinition({
    type,
    format: 'compose',
    inputs: {
      generate,
      locals: { name: `${prefix}\${resource.slug}`, annotations, ports: publishedPorts(server), ...locals },
      outputs,
      manifests: [{ services: { [name]: describeService(server) }, ...(data && { volumes: { [dataVolume]: {} } }) }],
    },
  });
}

function publishedPorts({ port }: Server): string {
  const published = `locals.annotations['${publishAnnotation}']`;
  return `\${'${publishAnnotation}' in locals.annotations ? ['127.0.0.1:' + string(${published}) + ':${port}'] : []}`;
}

function describeService(server: Server): JsonObject {
  const { image, user, group, composeUser, composeData, command, args, data, scratch, capabilities, resources, check } = server;
  return {
    image,
    user: composeUser ?? `${user}:${group}`,
    hostname: name,
    restart: 'unless-stopped',
    ...(command && { entrypoint: command }),
    ...(args && { command: args }),
    environment: describeVariables(server),
    ports: '${locals.ports}',
    ...(data && { volumes: [{ type: 'volume', source: dataVolume, target: composeData ?? data.path }] }),
    ...(scratch && { read_only: true, tmpfs: scratch }),
    cap_drop: ['ALL'],
    ...(capabilities && { cap_add: capabilities }),
    security_opt: ['no-new-privileges:true'],
    deploy: { resources: { limits: { memory: bytesOf(resources.memoryMax) } } },
    healthcheck: { test: check, interval: '5s', timeout: '20s', retries: 60 },
  };
}

function describeVariables({ variables, secretVariables, secrets }: Server): JsonObject {
  const secret = Object.entries(secretVariables).map(([variable, key]): [string, Json] => [variable, secrets[key] ?? '']);
  return { ...variables, ...Object.fromEntries(secret) };
}

const units: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };

/** Compose writes units in another way; all understand plain bytes. */
function bytesOf(quantity: string): string {
  const unit = units[quantity.slice(-2)];
  return String(unit === undefined ? Number(quantity) : Number(quantity.slice(0, -2)) * unit);
}
