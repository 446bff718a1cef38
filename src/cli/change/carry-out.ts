import { diagnose, type Diagnostic } from '../../core/index.ts';
import type { Client, OperationOutput } from '../../client/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch, optionOf } from '../input/options.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { describeInterruption } from '../output/describe-thrown.ts';
import { describeHealth } from '../output/health.ts';
import { harmless } from '../output/paint.ts';
import { complete, reportFailure } from '../result.ts';
import { followDeployment } from './follow-deployment.ts';
import { carryOutCommand, showPlanned, type Plan, type Planned } from './make-plan.ts';

export type Deployment = OperationOutput<'deployments.show'>;

/**
 * Shows a plan and carries out that plan and no other.
 * Rule: a plan that changes nothing is not carried out. A brake is released by `--confirm DIGEST`, or by typing the start of the digest where
 * there is somebody to ask; nothing else releases it.
 * Reports: T9013, T9014, T9016, and what the API says.
 */
export async function carryOut(call: CommandCall, environment: EnvironmentName, planned: Planned): Promise<CommandResult> {
  const { plan } = planned;
  if (hasSwitch(call, 'dry-run')) return showPlanned(planned);
  if (!call.output.isJson) call.output.note(`${plan.plan.text}\n`);
  if (plan.plan.summary.isEmpty)
    return complete({ plan, deployment: null }, `${nameOf(environment)} is as it shall be: nothing was done.`, planned.diagnostics);
  const confirm = optionOf(call, 'confirm') ?? (await askForConfirmation(call, plan));
  if (plan.plan.brakes.length > 0 && confirm === undefined) return refuseUnconfirmed(plan);
  const client = await call.client('store');
  const body = { plan: plan.id, ...(confirm !== undefined && { confirm }) };
  const accepted = await client.call('deployments.create', { ...environment, body }, { signal: call.host.signal });
  if (!accepted.ok) return reportFailure(accepted);
  const result = await followToEnd(call, accepted.data);
  return { ...result, diagnostics: [...planned.diagnostics, ...result.diagnostics] };
}

const confirmationLength = 8;

async function askForConfirmation({ host, output }: CommandCall, { plan }: Plan): Promise<string | undefined> {
  if (plan.brakes.length === 0 || !host.prompt || output.isJson) return undefined;
  const start = plan.digest.slice(0, confirmationLength);
  const answer = await host.prompt({ message: `To confirm, type the start of the plan's digest (${start}):`, isSecret: false });
  return answer?.trim() === start ? plan.digest : undefined;
}

function refuseUnconfirmed(plan: Plan): CommandResult {
  const reasons = plan.plan.brakes.map(({ reason }) => `${reason}.`).join('\n');
  const detail = `${reasons}\nIf that is meant:\n  ${carryOutCommand(plan)}`;
  return { exitCode: exitCodes.refused, diagnostics: [diagnose('T9016', { detail })], data: { plan } };
}

/** Follows a deployment until it has ended, and says what became of it. */
export async function followToEnd(call: CommandCall, deployment: Deployment): Promise<CommandResult> {
  const client = await call.client('store');
  try {
    const ended = await followDeployment(call, client, deployment);
    return ended.ok ? await describeEnd(client, ended.data) : reportFailure(ended);
  } catch (error) {
    if (!call.host.signal.aborted) throw error;
    const where = `--project ${deployment.project} --env ${deployment.environment}`;
    return describeInterruption(
      `Deployment ${deployment.number} of ${nameOf(deployment)} had not ended. What was done is recorded; a server goes on with it by itself, otherwise:\n  tutti status ${where}\n  tutti resume ${where}`,
    );
  }
}

async function describeEnd(client: Client, deployment: Deployment): Promise<CommandResult> {
  const { project, environment, number, status } = deployment;
  const place = { project, environment };
  if (status !== 'succeeded') return describeFailure(client, deployment);
  const current = await client.call('environments.status', place);
  const health = current.ok ? current.data.health : 'not-observed';
  const lines = [
    `Deployed ${nameOf(place)} (deployment ${number}).`,
    ...(deployment.revision === undefined ? [] : [`Commit: ${harmless(deployment.revision)}`]),
    ...(deployment.location === undefined ? [] : [`Result: ${harmless(deployment.location)}`]),
    ...describeHealth(health, deployment.nextCommand),
  ];
  return complete({ deployment, health }, lines.join('\n'), deployment.diagnostics);
}

async function describeFailure(client: Client, deployment: Deployment): Promise<CommandResult> {
  const { project, environment, number, status } = deployment;
  const steps = await client.call('deployments.steps', { project, environment, number });
  const ofSteps: readonly Diagnostic[] = steps.ok ? steps.data.steps.flatMap((step) => step.diagnostics) : [];
  const where = `--project ${project} --env ${environment}`;
  const cut = `Deployment ${number} of ${nameOf(deployment)} was cut off while it was ${status}; go on with:\n  tutti resume ${where}`;
  const ended = `Deployment ${number} of ${nameOf(deployment)} is ${status}. Look with:\n  tutti status ${where}`;
  const last = diagnose('T9013', { detail: deployment.isInterrupted ? cut : ended });
  const diagnostics = unique([...deployment.diagnostics, ...ofSteps, last]);
  return { exitCode: exitCodes.failed, diagnostics, data: { deployment, steps: steps.ok ? steps.data.steps : [] } };
}

/** A step's problem may be told by the deployment as well. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [`${each.code}\n${each.detail}`, each])).values()];
}

function nameOf({ project, environment }: EnvironmentName): string {
  return `${project}/${environment}`;
}
