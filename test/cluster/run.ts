// `npm run test:cluster`: builds what is missing, then runs the suite; says `not run` where that cannot be.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasGo, isBuilt, isFetched } from './tools/build.ts';
import { findGiven } from './tools/given-cluster.ts';
import { listMissing } from './tools/node-needs.ts';
import * as programs from './tools/go-programs.ts';

const { apiServer, controllerManager, customResources, dockerCompose, etcd, kwok, kwokStages, scheduler } = programs;
const built = [apiServer, controllerManager, scheduler, kwok, etcd, dockerCompose].map(isBuilt);
const found = await Promise.all([...built, ...[...customResources, kwokStages].map(isFetched)]);
const isReady = found.every(Boolean);
if (!isReady && !(await hasGo())) {
  process.stdout.write('not run: test/cluster. It needs Go, to build an API server and docker compose, and there is no `go` here.\n');
} else {
  const root = join(import.meta.dirname, '..', '..');
  const isGiven = findGiven() !== undefined;
  const givenWhy = 'They need images and nodes that the cluster of KUBECONFIG_TEST does not have.';
  const withoutNode = isGiven ? givenWhy : await listMissing((line) => process.stdout.write(`${line}\n`));
  if (withoutNode !== undefined)
    process.stdout.write(
      `not run: the tests with pods (test/cluster/*.pods.test.ts${isGiven ? ', fake-nodes.test.ts' : ''}). ${withoutNode}\n`,
    );
  const withoutFakes = isGiven ? ['--exclude', '**/fake-nodes.test.ts'] : [];
  const excluded = withoutNode === undefined ? [] : ['--exclude', '**/*.pods.test.ts', ...withoutFakes];
  const args = ['run', '--config', 'vitest.cluster.config.ts', ...excluded, ...process.argv.slice(2)];
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'vitest'), args, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
