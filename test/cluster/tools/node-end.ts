import { execFile } from 'node:child_process';
import { readdir, readFile, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { bridge } from './bridge.ts';

const execute = promisify(execFile);

/**
 * Ends what a node has left behind, once its kubelet and its containerd have ended: containers, their shims, mounts, networks and rules.
 * Rule: only what names the folder of the cluster, or the bridge of it; of two clusters at once only one has a node.
 */
export async function endPods(folder: string): Promise<void> {
  const state = join(folder, 'containerd-state');
  const bundles = await listBundles(state);
  if (bundles.length === 0) return;
  const networks = await Promise.all(bundles.map(readNetwork));
  for (const bundle of bundles) await endContainer(bundle);
  await endShims(folder);
  for (const network of new Set(networks.flat())) await tryRun('ip', 'netns', 'delete', network);
  await tryRun('ip', 'link', 'delete', bridge.name);
  await endMounts(folder);
  await endRules();
  await endGroups();
}

/** A folder for each container, called as it. */
async function listBundles(state: string): Promise<readonly string[]> {
  const folder = join(state, 'io.containerd.runtime.v2.task', 'k8s.io');
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

/** The name of the network that a container is in. */
async function readNetwork(bundle: string): Promise<readonly string[]> {
  const config = await readFile(join(bundle, 'config.json'), 'utf8').catch(() => '');
  return [...config.matchAll(/\/netns\/(cni-[0-9a-f-]+)/g)].map(([, name = '']) => name);
}

/** Process ids are given out again: only a process in the group of the container is its own. */
async function endContainer(bundle: string): Promise<void> {
  const pid = Number(await readFile(join(bundle, 'init.pid'), 'utf8').catch(() => ''));
  const group = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  if (group.includes(basename(bundle))) killQuietly(pid);
}

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, [...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** What is gone already cannot be ended, and need not be. */
async function tryRun(program: string, ...args: readonly string[]): Promise<string> {
  return run(program, ...args).catch(() => '');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

async function endShims(folder: string): Promise<void> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(join('/proc', name, 'cmdline'), 'utf8').catch(() => '');
    if (command.includes('containerd-shim') && command.includes(folder)) killQuietly(Number(name));
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function endMounts(folder: string): Promise<void> {
  const mounts = linesOf(await readFile('/proc/mounts', 'utf8')).map((line) => line.split(' ')[1] ?? '');
  for (const path of mounts.filter((each) => each.startsWith(`${folder}/`)).toReversed()) await tryRun('umount', '--lazy', path);
}

/** Rules of service addresses and of the pods' network; all others stay. */
async function endRules(): Promise<void> {
  const rules = linesOf(await tryRun('iptables-save'));
  const kept = rules.filter((line) => !/KUBE-|CNI-/.test(line));
  if (kept.length === rules.length) return;
  await new Promise<void>((resolve) => {
    const child = execFile('iptables-restore', [], () => resolve());
    child.stdin?.end(`${kept.join('\n')}\n`);
  });
}

/** Groups of processes are folders; they go from the inside. */
async function endGroups(): Promise<void> {
  const root = '/sys/fs/cgroup';
  for (const controller of await readdir(root).catch(() => [])) await endGroup(join(root, controller, 'kubepods'));
  await endGroup(join(root, 'kubepods'));
}

async function endGroup(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await endGroup(join(path, entry.name));
  await rmdir(path).catch(() => undefined);
}
