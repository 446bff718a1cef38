import type { Server } from './server.ts';

const generatedPassword = { password: { kind: 'password', length: 24 } };
const password = '${generate.password}';
const host = '${locals.name}';

function tcp(port: number) {
  return { tcpSocket: { port } };
}

const postgresBase = {
  image: 'docker.io/library/postgres:17.2-bookworm',
  user: 999,
  group: 999,
  port: 5432,
  generate: generatedPassword,
  secrets: { password },
  secretVariables: { POSTGRES_PASSWORD: 'password' },
  data: { path: '/var/lib/postgresql/data' },
  scratch: ['/tmp', '/var/run/postgresql'],
  resources: { cpu: '100m', memory: '256Mi', memoryMax: '512Mi' },
} as const;

/** By its address, since while it is set up it answers on its socket already. */
function asksPostgres(user: string, database: string) {
  const command = ['pg_isready', '-h', '127.0.0.1', '-U', user, '-d', database];
  return {
    probes: { startup: { exec: { command } }, readiness: { exec: { command } }, liveness: tcp(postgresBase.port) },
    check: ['CMD', ...command],
  };
}

export const postgres: Server = {
  ...postgresBase,
  ...asksPostgres('app', 'app'),
  type: 'postgres',
  prefix: 'pg-',
  outputs: { host, port: postgresBase.port, name: 'app', database: 'app', username: 'app', password },
  variables: { POSTGRES_DB: 'app', POSTGRES_USER: 'app', PGDATA: '/var/lib/postgresql/data/pgdata' },
};

export const postgresInstance: Server = {
  ...postgresBase,
  ...asksPostgres('postgres', 'postgres'),
  type: 'postgres-instance',
  prefix: 'pgi-',
  outputs: { host, port: postgresBase.port, username: 'postgres', password },
  variables: { POSTGRES_USER: 'postgres', PGDATA: '/var/lib/postgresql/data/pgdata' },
};

/** By its address, since the server that sets it up has none; a ping is answered whoever asks. */
const pingMysql = ['mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'];

export const mysql: Server = {
  type: 'mysql',
  prefix: 'mysql-',
  image: 'docker.io/library/mysql:8.4.3',
  user: 999,
  group: 999,
  port: 3306,
  generate: { ...generatedPassword, root: { kind: 'password', length: 32 } },
  outputs: { host, port: 3306, name: 'app', database: 'app', username: 'app', password },
  secrets: { password, root: '${generate.root}' },
  variables: { MYSQL_DATABASE: 'app', MYSQL_USER: 'app' },
  secretVariables: { MYSQL_PASSWORD: 'password', MYSQL_ROOT_PASSWORD: 'root' },
  data: { path: '/var/lib/mysql', subPath: 'mysql' },
  scratch: ['/tmp', '/var/run/mysqld'],
  resources: { cpu: '100m', memory: '512Mi', memoryMax: '1Gi' },
  probes: { startup: { exec: { command: pingMysql } }, readiness: { exec: { command: pingMysql } }, liveness: tcp(3306) },
  check: ['CMD', ...pingMysql],
};

/** The tool itself reads the password from the variable SQLCMDPASSWORD. */
const sqlcmd = ['/opt/mssql-tools18/bin/sqlcmd', '-C', '-S', '127.0.0.1', '-U', 'sa', '-b', '-l', '3'];
const makeDatabase = [...sqlcmd, '-Q', "IF DB_ID('app') IS NULL CREATE DATABASE app"];

export const mssql: Server = {
  type: 'mssql',
  prefix: 'mssql-',
  image: 'mcr.microsoft.com/mssql/server:2022-CU16-ubuntu-22.04',
  user: 10_001,
  group: 0,
  port: 1433,
  generate: generatedPassword,
  // The server wants three sorts of characters; those that are made have them nearly always.
  locals: { password: `Aa1${password}` },
  outputs: {
    server: host,
    port: 1433,
    connection: `Server=tcp:${host},1433;Initial Catalog=app;User ID=sa;Password=\${locals.password};TrustServerCertificate=True;`,
    database: 'app',
    username: 'sa',
    password: '${locals.password}',
  },
  secrets: { password: '${locals.password}' },
  variables: { ACCEPT_EULA: 'Y', MSSQL_PID: 'Developer', MSSQL_MEMORY_LIMIT_MB: '1536' },
  secretVariables: { MSSQL_SA_PASSWORD: 'password', SQLCMDPASSWORD: 'password' },
  data: { path: '/var/opt/mssql' },
  // Its program carries this capability, and does not start where it cannot have it.
  capabilities: ['NET_BIND_SERVICE'],
  resources: { cpu: '250m', memory: '2Gi', memoryMax: '2Gi' },
  probes: {
    startup: { exec: { command: makeDatabase }, timeoutSeconds: 10, periodSeconds: 10 },
    readiness: tcp(1433),
    liveness: tcp(1433),
  },
  check: ['CMD', ...makeDatabase],
};

export const mongodb: Server = {
  type: 'mongodb',
  prefix: 'mongo-',
  image: 'docker.io/library/mongo:8.0.4',
  user: 999,
  group: 999,
  port: 27_017,
  generate: generatedPassword,
  outputs: { host, port: 27_017, username: 'app', password, connection: `mongodb://app:${password}@${host}:27017/` },
  secrets: { password },
  variables: { MONGO_INITDB_ROOT_USERNAME: 'app' },
  secretVariables: { MONGO_INITDB_ROOT_PASSWORD: 'password' },
  data: { path: '/data/db' },
  scratch: ['/tmp', '/data/configdb'],
  resources: { cpu: '100m', memory: '256Mi', memoryMax: '1Gi' },
  // While it is set up it answers on 127.0.0.1 alone: it is asked by the address that others use.
  probes: { startup: tcp(27_017), readiness: tcp(27_017), liveness: tcp(27_017) },
  check: ['CMD', 'bash', '-c', 'exec 3<>/dev/tcp/$(hostname)/27017'],
};

/** Settings come by standard input: what stands in arguments everybody on the machine can read. */
const startRedis = 'exec redis-server - <<END\nrequirepass $REDISCLI_AUTH\nsave ""\nappendonly no\nEND\n';

/** The tool itself reads the password from the variable REDISCLI_AUTH. */
const pingRedis = 'redis-cli ping | grep -q PONG';

export const redis: Server = {
  type: 'redis',
  prefix: 'redis-',
  image: 'docker.io/library/redis:7.4.2-bookworm',
  user: 999,
  group: 999,
  port: 6379,
  generate: generatedPassword,
  outputs: { host, port: 6379, username: 'default', password },
  secrets: { password },
  variables: {},
  secretVariables: { REDISCLI_AUTH: 'password' },
  command: ['/bin/sh', '-c', startRedis],
  scratch: ['/data'],
  resources: { cpu: '50m', memory: '64Mi', memoryMax: '128Mi' },
  probes: {
    startup: { exec: { command: ['/bin/sh', '-c', pingRedis] } },
    readiness: { exec: { command: ['/bin/sh', '-c', pingRedis] } },
    liveness: tcp(6379),
  },
  check: ['CMD-SHELL', pingRedis],
};

/** Without a password, which would stand in arguments: that it asks for one shows that it answers. */
const askElasticsearch = 'curl -s -o /dev/null -w "%{http_code}" http://127.0.0.1:9200/ | grep -q -E "200|401"';

export const elasticsearch: Server = {
  type: 'elasticsearch',
  prefix: 'es-',
  image: 'docker.elastic.co/elasticsearch/elasticsearch:8.16.1',
  user: 1000,
  group: 0,
  port: 9200,
  generate: generatedPassword,
  outputs: { host, port: 9200, username: 'elastic', password },
  secrets: { password },
  variables: {
    'cluster.name': host,
    'discovery.type': 'single-node',
    'node.store.allow_mmap': 'false',
    'xpack.security.enabled': 'true',
    'xpack.security.http.ssl.enabled': 'false',
    ES_JAVA_OPTS: '-Xms512m -Xmx512m',
  },
  secretVariables: { ELASTIC_PASSWORD: 'password' },
  data: { path: '/usr/share/elasticsearch/data' },
  resources: { cpu: '250m', memory: '1Gi', memoryMax: '2Gi' },
  probes: {
    startup: { exec: { command: ['/bin/sh', '-c', askElasticsearch] } },
    readiness: { exec: { command: ['/bin/sh', '-c', askElasticsearch] } },
    liveness: tcp(9200),
  },
  check: ['CMD-SHELL', askElasticsearch],
};
