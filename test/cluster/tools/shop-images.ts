import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeImage, type ImageSettings, type LocalImage } from './images.ts';
import { postgresImage, redisImage } from './server-images.ts';

const programs = join(import.meta.dirname, '..', '..', '..', 'examples', 'shop', 'programs');

/** Of each there is every version; they differ in what they say of themselves. */
const workloads = ['web', 'api', 'worker'] as const;
const versions = ['1.4.0', '1.5.0'] as const;

type Workload = (typeof workloads)[number];
type Version = (typeof versions)[number];

export function shopImageName(workload: Workload, version: Version): string {
  return `ghcr.io/tutti-examples/shop-${workload}:${version}`;
}

const all: readonly ImageSettings[] = workloads.flatMap((workload) =>
  versions.map((version) => ({
    name: shopImageName(workload, version),
    command: ['node', `/app/${workload}.js`],
    variables: { VERSION: version },
  })),
);

/** What every workload of the example shop holds: Node.js, the programs and the packages that they need. */
const programsImage: Omit<LocalImage, keyof ImageSettings> = {
  ...(nodeImage.programs && { programs: nodeImage.programs }),
  folders: { [programs]: '/app', ...listPackages('pg', import.meta.url) },
  scripts: {
    '/app/package.json': JSON.stringify({ type: 'module' }),
    '/app/migrate': '#!/bin/sh\nexec node /app/migrate.js\n',
  },
  user: '1000',
};

/** A package with all that it depends on: its folder → where it lies in the image. */
function listPackages(name: string, from: string): Readonly<Record<string, string>> {
  const path = findPackageJSON(name, from);
  if (path === undefined) throw new Error(`The package ${name} is not there; npm ci brings it.`);
  const { dependencies = {} }: { readonly dependencies?: object } = JSON.parse(readFileSync(path, 'utf8'));
  const further = Object.keys(dependencies).map((each) => listPackages(each, path));
  return Object.assign({ [dirname(path)]: `/app/node_modules/${name}` }, ...further);
}

/** Begins as the official image does: makes the database that its environment names, once, then serves it. */
const postgresEntry = String.raw`#!/bin/sh
set -e
bin=/opt/postgres/bin
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" > /tmp/password
  $bin/initdb -D "$PGDATA" --no-locale --encoding=UTF8 --username="$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  echo "create database \"$POSTGRES_DB\"" | $bin/postgres --single -D "$PGDATA" postgres
fi
chmod 700 "$PGDATA"
exec $bin/postgres -D "$PGDATA" -k /tmp -h 0.0.0.0
`;

/** As the real one, for -U and -d: succeeds when the server lets somebody sign in, and needs no password for it. */
const pgIsReady = String.raw`#!/bin/sh
user=$2 database=$4
length=$((25 + $(printf %s "$user$database" | wc -c)))
request="\\000\\000\\000\\$(printf %03o $length)\\000\\003\\000\\000user\\000$user\\000database\\000$database\\000\\000"
[ "$(printf "$request" | nc -w 1 127.0.0.1 5432 | head -c 1)" = R ]
`;

/** Answers to the name of the official image; inside is the PostgreSQL that the other tests run. */
const shopPostgres: LocalImage = {
  ...postgresImage,
  name: 'docker.io/library/postgres:17.2-bookworm',
  command: ['/bin/docker-entrypoint'],
  scripts: { '/bin/docker-entrypoint': postgresEntry, '/bin/pg_isready': pgIsReady },
};

/** Likewise; it takes its settings as arguments. */
const shopRedis: LocalImage = {
  ...redisImage,
  name: 'docker.io/library/redis:7.4.2-bookworm',
  entrypoint: ['/bin/redis-server'],
  command: [],
};

/** What the example shop runs on a cluster, under the names that it uses: each image with others of the same files. */
export function listShopImages(): readonly { readonly image: LocalImage; readonly others: readonly ImageSettings[] }[] {
  const [first, ...others] = all;
  if (!first) return [];
  return [
    { image: { ...programsImage, ...first }, others },
    { image: shopPostgres, others: [] },
    { image: shopRedis, others: [] },
  ];
}
