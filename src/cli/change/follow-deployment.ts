import type { ApiAnswer, Client, OperationOutput } from '../../client/index.ts';
import type { CommandCall } from '../command.ts';
import { createProgress, type Progress } from '../output/progress.ts';

type Deployment = OperationOutput<'deployments.show'>;
type Event = OperationOutput<'deployments.events'>;

/** Shows the events of a deployment as they come; gives what became of it. */
export async function followDeployment(call: CommandCall, client: Client, deployment: Deployment): Promise<ApiAnswer<Deployment>> {
  const { project, environment, number } = deployment;
  const { signal } = call.host;
  const progress = createProgress(call.host.stderr, call.output.notePaint);
  try {
    for await (const item of client.stream('deployments.events', { project, environment, number }, { signal })) {
      if (!item.ok) return item;
      showEvent(item.event, progress);
    }
  } finally {
    progress.end();
  }
  signal.throwIfAborted();
  return client.call('deployments.show', { project, environment, number }, { signal });
}

/** Events of kinds that are not known are of a newer server: passed by. */
function showEvent({ type, data }: Event, progress: Progress): void {
  if (type === 'deployment.status') progress.phase(readText(data['status']));
  if (type !== 'deployment.step') return;
  const detail = readText(data['detail']);
  progress.step({ name: nameSubject(data['subject']), status: readText(data['status']), ...(detail !== '' && { detail }) });
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `resource postgres.default#api.db`, `workload api`, or the key of an object. */
function nameSubject(subject: unknown): string {
  if (typeof subject !== 'object' || subject === null) return '';
  const fields = new Map<string, unknown>(Object.entries(subject));
  const kind = readText(fields.get('kind'));
  if (kind === 'object') return `object ${readText(fields.get('key'))}`;
  return `${kind} ${readText(fields.get(kind === 'resource' ? 'uid' : 'name'))}`;
}
