import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApiServer, type RunningApiServer } from '../test/cluster/tools/api-server.ts';
import { build, hasGo } from '../test/cluster/tools/build.ts';
import { helm, kubectl } from '../test/cluster/tools/go-programs.ts';
import { createProcesses } from '../test/cluster/tools/processes.ts';
import { openBenchTarget, renderApp, type BenchTarget } from './kubernetes-target.ts';
import { makeApps, makeNamespace, type App } from './kubernetes-apps.ts';
import { clock, printTable, spreadOf, type Numbers, type Row } from './measure.ts';
import { sendPatches } from './thin-client.ts';

const apps = 1000;
const objects = apps * 4;
const runs = 3;

const execute = promisify(execFile);

/**
 * A thousand apps of four objects each on one API server: created by the target, by a client that only sends the same patches, by kubectl with and
 * without validation, and by Helm as one release; each in a namespace of its own, one after the other on the same server, with a new server for
 * every run. The target then deploys them again, and looks for drift.
 */
export async function benchKubernetes(): Promise<void> {
  if (!(await hasGo())) {
    console.log('\nkubernetes: not run, since there is no Go to build an API server with.');
    return;
  }
  const programs = { kubectl: await build(kubectl, console.log), helm: await build(helm, console.log) };
  const numbers: Numbers[] = [];
  for (let run = 0; run < runs; run++) numbers.push(await onNewServer((server, folder) => measure({ server, programs, folder })));
  show(numbers);
}

/** With a server that has nothing in it yet. */
async function onNewServer<T>(use: (server: RunningApiServer, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-cluster-'));
  const processes = createProcesses(folder);
  try {
    return await use(await startApiServer(processes, console.log), folder);
  } finally {
    await processes.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly server: RunningApiServer;
  readonly programs: { readonly kubectl: string; readonly helm: string };
  readonly folder: string;
}

async function measure(place: Place): Promise<Numbers> {
  // Before and after: the more a server holds, the slower it is.
  const before = await measureThin(place, 'thin-before');
  const ours = await measureTarget(place);
  const after = await measureThin(place, 'thin-after');
  return { thin: (before + after) / 2, ...ours, ...(await measureKubectl(place)), ...(await measureHelm(place)) };
}

async function prepare({ server }: Place, name: string): Promise<readonly App[]> {
  await makeNamespace(server, name);
  return makeApps(name, apps);
}

async function measureThin(place: Place, name: string): Promise<number> {
  const made = await prepare(place, name);
  return (await clock(() => sendPatches(place.server, made))).ms;
}

async function measureTarget(place: Place): Promise<Numbers> {
  const name = 'target';
  const made = (await prepare(place, name)).map(renderApp);
  const target: BenchTarget = await openBenchTarget(place.server, name);
  const first = await clock(() => target.plan(made));
  const before = await countRequests(place.server);
  const created = await clock(() => target.apply(made));
  const sent = (await countRequests(place.server)) - before;
  const again = await clock(() => target.plan(made));
  const nothing = await clock(() => target.apply([]));
  const beforeLook = await countRequests(place.server);
  const looked = await clock(() => target.observe());
  const asked = (await countRequests(place.server)) - beforeLook;
  if (looked.value.drifted > 0 || looked.value.found !== objects)
    throw new Error(`${looked.value.found} found, ${looked.value.drifted} drifted`);
  return { plan: first.ms, create: created.ms, sent, again: again.ms, nothing: nothing.ms, observe: looked.ms, asked };
}

async function measureKubectl(place: Place): Promise<Numbers> {
  const kubectlChecked = await applyFiles(place, 'kubectl-checked', '--validate=strict');
  const withoutValidation = await applyFiles(place, 'kubectl', '--validate=false');
  return { kubectlChecked, kubectl: withoutValidation };
}

async function applyFiles(place: Place, name: string, flag: string): Promise<number> {
  const made = await prepare(place, name);
  const file = join(place.folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: made.flatMap((app) => app.objects) }));
  const flags = ['apply', '--server-side', flag, '--kubeconfig', place.server.kubeconfig, '-f', file];
  return (await clock(() => execute(place.programs.kubectl, flags, { maxBuffer: 1 << 26 }))).ms;
}

async function measureHelm(place: Place): Promise<Numbers> {
  const name = 'helm';
  const made = await prepare(place, name);
  const chart = join(place.folder, name);
  await mkdir(join(chart, 'templates'), { recursive: true });
  await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: apps\nversion: 1.0.0\n');
  const documents = made.flatMap((app) => app.objects).map((each) => JSON.stringify(each));
  await writeFile(join(chart, 'templates', 'apps.yaml'), documents.join('\n---\n'));
  const flags = ['upgrade', '--install', name, chart, '--namespace', name, '--kubeconfig', place.server.kubeconfig, '--wait=false'];
  const { ms } = await clock(() => execute(place.programs.helm, flags, { maxBuffer: 1 << 26 }));
  return { helm: ms };
}

/** Lines of the audit log: one a request. */
async function countRequests({ auditLog }: RunningApiServer): Promise<number> {
  const text = await readFile(auditLog, 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

function show(numbers: readonly Numbers[]): void {
  const thin = spreadOf(numbers, 'thin');
  const row = (name: string, key: string, more: Partial<Row> = {}): Row => ({ name, unit: 'ms', ...spreadOf(numbers, key), ...more });
  const floor = { floor: thin.median };
  const bare = spreadOf(numbers, 'kubectl').median;
  printTable(`${apps} apps × 4 objects on one API server, ${runs} runs`, [
    { name: 'floor: a client that only sends the patches', unit: 'ms', ...thin },
    row('tutti creates them (apply)', 'create', { ...floor, target: Math.min(thin.median / 0.85, bare / 1.5) }),
    row('  planned before, by dry run of each', 'plan', floor),
    row('kubectl apply --server-side, without validation', 'kubectl', floor),
    row('kubectl apply --server-side, with validation', 'kubectlChecked', floor),
    row('helm upgrade --install, one release', 'helm', floor),
    row('tutti deploys the same again: planning', 'again', floor),
    row('  after planning', 'nothing', { target: 1000 }),
    row(`drift scan of ${objects} objects`, 'observe', { target: 500 }),
  ]);
  const [sent, asked] = [spreadOf(numbers, 'sent').median, spreadOf(numbers, 'asked').median];
  console.log(`  requests: ${sent} to create, ${asked} to look for drift`);
}
