import type { ApiAnswer, Client } from '../../client/index.ts';
import { renderDiagnostic, type Diagnostic } from '../../core/index.ts';
import type { ServeOptions } from '../../cli/index.ts';
import { openServing, reportProblems, untilStopped, type ServeHost } from '../serve.ts';
import {
  environments,
  makeSecret,
  prepareRepository,
  project,
  readPlatformFiles,
  readSources,
  type ExampleEnvironment,
  type ExampleSource,
} from './example.ts';
import { showDeployments, showNext, showPlan, showTable, type Deployed } from './show.ts';

/** An answer of the API that should not have been a failure. */
class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => `${each.code} ${each.detail}`).join('; '));
    this.diagnostics = diagnostics;
  }
}

/**
 * Starts the control plane, loads the example platform and project, deploys the example to each environment, and serves.
 * Rule: a second start finds everything as it is and changes nothing.
 */
export async function start(options: ServeOptions, host: ServeHost): Promise<number> {
  const startedAt = performance.now();
  const serving = await openServing(options, host);
  if (!serving.value) return reportProblems(serving.diagnostics, host);
  const { url, local, dataDir } = serving.value;
  host.print(`tutti ${host.version}: the control plane listens on ${url}.`);
  try {
    const hasGit = await prepareRepository(dataDir);
    await runDemo(local.client, { host, hasGit, startedAt });
    host.print(`Serving on ${url} until Ctrl-C.`);
    await untilStopped(host.signal);
    return 0;
  } catch (error) {
    if (host.signal.aborted) return 130;
    if (!(error instanceof DemoError)) throw error;
    for (const diagnostic of error.diagnostics) host.note(renderDiagnostic(diagnostic));
    return 1;
  } finally {
    await serving.value.close();
  }
}

interface Demo {
  readonly host: ServeHost;
  readonly hasGit: boolean;
  readonly startedAt: number;
}

async function runDemo(client: Client, demo: Demo): Promise<void> {
  const { host, hasGit } = demo;
  const release = need(await client.call('releases.create', { body: { files: await readPlatformFiles(hasGit) } }));
  const sources = await readSources();
  if (!hasGit) host.print('There is no git on this machine, so every environment is a folder here.');
  host.print(`The platform of examples/platform is release ${release.release.number}.`);
  await ensureProject(client);
  const deployed: Deployed[] = [];
  for (const environment of environments) {
    await ensureEnvironment(client, environment);
    deployed.push(await deployTo(client, { environment, sources, demo, isFirst: deployed.length === 0 }));
  }
  const explanation = need(await client.call('projects.explain', { project, body: {} }));
  showTable(
    explanation,
    environments.map((each) => each.name),
    host.print,
  );
  showDeployments(deployed, host.print);
  showNext(host.print);
}

function need<T>(answer: ApiAnswer<T>): T {
  if (answer.ok) return answer.data;
  throw new DemoError(answer.diagnostics);
}

async function ensureProject(client: Client): Promise<void> {
  const { projects } = need(await client.call('projects.list', {}));
  if (projects.some((each) => each.name === project)) return;
  need(await client.call('projects.create', { body: { name: project, displayName: 'The example shop' } }));
}

async function ensureEnvironment(client: Client, environment: ExampleEnvironment): Promise<void> {
  const { environments: known } = need(await client.call('environments.list', { project }));
  if (known.some((each) => each.environment === environment.name)) return;
  const ref = { project, environment: environment.name };
  need(await client.call('environments.create', { project, body: { environment: environment.name, type: environment.type } }));
  need(await client.call('values.change', { ...ref, body: { set: environment.values } }));
  for (const key of environment.secrets) need(await client.call('secrets.set', { ...ref, key, body: { value: makeSecret() } }));
}

interface DeployTask {
  readonly environment: ExampleEnvironment;
  readonly sources: readonly ExampleSource[];
  readonly demo: Demo;
  readonly isFirst: boolean;
}

async function deployTo(client: Client, task: DeployTask): Promise<Deployed> {
  const { host, startedAt } = task.demo;
  const { name } = task.environment;
  const ref = { project, environment: name };
  const change = { kind: 'deploy' as const, sources: task.sources, reason: 'the example' };
  const plan = need(await client.call('plans.create', { ...ref, body: change }));
  const isEmpty = plan.plan.changes.every((each) => each.action === 'unchanged');
  if (isEmpty) {
    host.print(`shop/${name}: unchanged.`);
    const status = need(await client.call('environments.status', ref));
    return { environment: name, isUnchanged: true, ...(status.lastDeployment && { deployment: status.lastDeployment }) };
  }
  if (task.isFirst) showPlan(name, plan.plan, host.print);
  const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: plan.id } }));
  await followDeployment(client, { ...ref, number: accepted.number }, host);
  const deployment = need(await client.call('deployments.show', { ...ref, number: accepted.number }));
  if (deployment.status !== 'succeeded') throw new DemoError(deployment.diagnostics);
  if (task.isFirst) host.print(`The first deployment was done ${((performance.now() - startedAt) / 1000).toFixed(1)} s after the start.`);
  return { environment: name, isUnchanged: false, deployment };
}

async function followDeployment(
  client: Client,
  target: { readonly project: string; readonly environment: string; readonly number: number },
  host: ServeHost,
): Promise<void> {
  for await (const item of client.stream('deployments.events', target, { signal: host.signal })) {
    if (!item.ok) throw new DemoError(item.diagnostics);
    const { type, data } = item.event;
    if (type === 'deployment.status') host.print(`shop/${target.environment}: ${JSON.stringify(data['status']).replaceAll('"', '')}`);
  }
}
