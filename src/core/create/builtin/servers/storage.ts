import type { Server } from './server.ts';

/** The tool reads from the variable MC_HOST_local where the server is and who asks. */
const makeBucket = ['mc', '--config-dir', '/tmp/mc', 'mb', '--ignore-existing', 'local/${locals.bucket}'];

export const s3: Server = {
  type: 's3',
  prefix: 's3-',
  image: 'quay.io/minio/minio:RELEASE.2024-12-18T13-15-44Z',
  user: 1000,
  group: 1000,
  port: 9000,
  generate: {
    access: { kind: 'password', length: 20, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', secret: false },
    secret: { kind: 'password', length: 40 },
  },
  locals: { bucket: '${resource.slug}' },
  outputs: {
    bucket: '${locals.bucket}',
    access_key_id: '${generate.access}',
    secret_key: '${generate.secret}',
    endpoint: 'http://${locals.name}:9000',
    region: 'us-east-1',
    aws_access_key_id: '${generate.access}',
    aws_secret_key: '${generate.secret}',
  },
  secrets: { secret: '${generate.secret}', client: 'http://${generate.access}:${generate.secret}@127.0.0.1:9000' },
  variables: { MINIO_ROOT_USER: '${generate.access}', MINIO_BROWSER: 'off' },
  secretVariables: { MINIO_ROOT_PASSWORD: 'secret', MC_HOST_local: 'client' },
  args: ['server', '/data', '--address', ':9000', '--certs-dir', '/tmp/certs'],
  data: { path: '/data' },
  // The image gives the folder of the data to root.
  composeUser: '0:0',
  scratch: ['/tmp'],
  resources: { cpu: '100m', memory: '256Mi', memoryMax: '512Mi' },
  probes: {
    startup: { exec: { command: makeBucket } },
    readiness: { httpGet: { path: '/minio/health/ready', port: 9000 } },
    liveness: { httpGet: { path: '/minio/health/live', port: 9000 } },
  },
  check: ['CMD', ...makeBucket],
};
