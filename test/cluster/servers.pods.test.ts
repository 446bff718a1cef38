import { connect } from 'node:net';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { ask, makeDeployment, makeNamespace, patience, untilReady } from './live.ts';
import type { LocalImage } from './tools/images.ts';
import { postgresImage, redisImage } from './tools/server-images.ts';

const namespace = 'servers-test';

/** Runs a server; says at which address it answers. */
async function run(name: string, image: LocalImage, port: number): Promise<string> {
  await makeNamespace(namespace);
  const readinessProbe = { tcpSocket: { port }, periodSeconds: 1 };
  const container = { name: 'main', image: image.name, imagePullPolicy: 'IfNotPresent', readinessProbe };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  await ask('POST', path, makeDeployment(name, 1, { containers: [container] }));
  const service = { metadata: { name }, spec: { selector: { app: name }, ports: [{ port }] } };
  const { spec } = await ask('POST', `/api/v1/namespaces/${namespace}/services`, service);
  await untilReady(`${path}/${name}`, 1);
  return spec.clusterIP;
}

it('a PostgreSQL runs in a pod and answers queries', async () => {
  const host = await run('postgres', postgresImage, 5432);
  const query = async () => {
    const client = new Client({ host, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query('select 6 * 7 as answer');
    await client.end();
    return rows;
  };
  await expect.poll(() => query().catch(String), patience).toEqual([{ answer: 42 }]);
});

it('a Redis runs in a pod and answers', async () => {
  const host = await run('redis', redisImage, 6379);
  const ping = () =>
    new Promise<string>((resolve) => {
      const socket = connect(6379, host, () => socket.write('PING\r\n'));
      socket.once('error', (error) => resolve(String(error)));
      socket.once('data', (data) => {
        socket.end();
        resolve(data.toString());
      });
    });
  await expect.poll(ping, patience).toBe('+PONG\r\n');
});
