import type { Contract } from '../documents.ts';
import { port, text } from './schemas.ts';

const routeHost = {
  type: 'string',
  minLength: 1,
  maxLength: 253,
  pattern: '^(\\*\\.)?[a-z0-9_.-]+$',
  description: 'The name that requests are for; `*.` before it means every name below it.',
};

const routePath = {
  type: 'string',
  maxLength: 1024,
  pattern: '^/[A-Za-z0-9._~!&()*+,;=:@%/-]*$',
  description: 'The path below which requests are led: / by default.',
};

const routePort = {
  type: ['integer', 'string'],
  minimum: 1,
  maximum: 65_535,
  pattern: '^([1-9][0-9]{0,4}|[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)$',
  description: 'The port of the workload: its number, also as text, or its name.',
};

export const networkTypes: readonly Contract[] = [
  {
    type: 'dns',
    version: '1.0.0',
    description: 'A name under which something answers.',
    stateful: false,
    outputs: { host: text },
  },
  {
    type: 'route',
    version: '1.1.0',
    description: 'Leads requests for a host and a path to a port of the workload.',
    stateful: false,
    params: { host: routeHost, path: routePath, port: routePort },
    requiredParams: ['host', 'port'],
    outputs: {},
  },
  {
    type: 'http-gateway',
    version: '1.0.0',
    description: 'What stands before all routes of an environment. Routes bring it along where nothing of the kind is there.',
    stateful: false,
    outputs: {},
  },
  {
    type: 'service',
    version: '1.0.0',
    description: 'The address of another workload of the environment. tutti answers it itself.',
    stateful: false,
    outputs: {
      name: text,
      host: text,
      hostname: text,
      port: { ...port, description: 'The port that comes first in order of names.' },
      ports: { type: 'object', description: 'The numbers of all ports, by their names.' },
    },
    optionalOutputs: ['port', 'ports'],
  },
  {
    type: 'service-port',
    version: '1.0.0',
    description: 'The address of one port of another workload of the environment. tutti answers it itself.',
    stateful: false,
    params: {
      workload: { ...text, description: 'The name of the workload.' },
      port: { type: ['integer', 'string'], description: 'The name of the port, or its number.' },
    },
    requiredParams: ['workload', 'port'],
    outputs: { hostname: text, host: text, port },
  },
];
