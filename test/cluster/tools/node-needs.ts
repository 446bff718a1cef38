import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Programs and folders that a node needs, and the Debian packages that have them. */
const needs = {
  '/usr/bin/containerd': 'containerd',
  '/usr/bin/ctr': 'containerd',
  '/usr/sbin/runc': 'runc',
  '/usr/lib/cni/bridge': 'containernetworking-plugins',
  '/usr/lib/cni/portmap': 'containernetworking-plugins',
  '/usr/sbin/conntrack': 'conntrack',
  '/usr/sbin/iptables': 'iptables',
  '/bin/ip': 'iproute2',
  '/bin/busybox': 'busybox-static',
  // Not for the node, but for an image of its.
  '/usr/bin/redis-server': 'redis-server',
} as const;

/**
 * Says why no node can be started on this machine, or nothing.
 * Rule: only root can; what is missing is installed in CI, and where TUTTI_TEST_INSTALL is set, from the packages of Debian; elsewhere named.
 */
export async function listMissing(log: (line: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'A node needs Linux, and root.';
  const missing = await findMissing();
  if (missing.length === 0) return undefined;
  const mayInstall = process.env['CI'] !== undefined || process.env['TUTTI_TEST_INSTALL'] !== undefined;
  if (!mayInstall || !(await exists('/usr/bin/apt-get'))) {
    return `A node needs ${missing.join(', ')}; with TUTTI_TEST_INSTALL=1 the packages of Debian are installed.`;
  }
  log(`Installing ${missing.join(', ')}.`);
  await install(missing);
  const still = await findMissing();
  return still.length === 0 ? undefined : `A node needs ${still.join(', ')}, which could not be installed.`;
}

async function findMissing(): Promise<readonly string[]> {
  const found = await Promise.all(Object.entries(needs).map(async ([path, name]) => ((await exists(path)) ? [] : [name])));
  return [...new Set(found.flat())];
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function install(packages: readonly string[]): Promise<void> {
  // With a run level of its own no service of a package is started.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await execute('apt-get', ['update', '-qq'], { env }).catch(() => undefined);
  await execute('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env }).catch(() => undefined);
}
