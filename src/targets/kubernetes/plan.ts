import {
  diagnose,
  findPending,
  hasErrors,
  type Diagnostic,
  type JsonObject,
  type Outcome,
  type RenderedObject,
  type TargetRequest,
} from '../../core/index.ts';
import { addressOf, describeAddress } from './addresses.ts';
import { applyObject } from './apply-object.ts';
import { mapAtOnce } from './at-once.ts';
import type { Cluster } from './cluster.ts';
import { listComingKinds, nameKind } from './definitions.ts';
import { listOf, mapOf, textOf } from './fields.ts';
import { judgeOwnership, setOf } from './mark.ts';
import { checkRules } from './readiness/custom-rules.ts';
import { planRefused } from './recreate.ts';

const readsAtOnce = 16;

/**
 * Asks the API server what it would make of the objects that may differ; writes nothing.
 * Rule: an object of another environment is refused, and so is one of nobody that would be overwritten, unless adoption is asked for. What
 * belongs into a namespace, or is of a kind, that is not there yet cannot be asked about, and neither can what is not known yet.
 * Reports: T6201–T6210, T6215, T6216.
 */
export async function planObjects(cluster: Cluster, request: TargetRequest, objects: readonly RenderedObject[]): Promise<Outcome<void>> {
  const differing = objects.filter(({ key, hash }) => request.inventory[key]?.hash !== hash);
  const missing = await listMissingNamespaces(cluster, request, differing);
  const coming = await listComingKinds(cluster, request, differing);
  const addresses = (object: RenderedObject) => addressOf(object.key, object.body);
  const asked = differing.filter((object) => !missing.has(addresses(object).namespace ?? '') && !coming.has(nameKind(addresses(object))));
  const problems = await mapAtOnce(asked, readsAtOnce, (object) => planObject(cluster, request, object));
  const diagnostics = [...checkRules(request.inputs, objects), ...problems.flat()];
  return hasErrors(diagnostics) ? { diagnostics } : { value: undefined, diagnostics };
}

async function planObject(cluster: Cluster, request: TargetRequest, object: RenderedObject): Promise<readonly Diagnostic[]> {
  request.signal.throwIfAborted();
  const found: Diagnostic[] = [];
  if (!Object.hasOwn(request.inventory, object.key)) {
    const foreign = await findForeign(cluster, request, object);
    if (foreign && foreign.severity === 'error') return [foreign];
    if (foreign) found.push(foreign);
  }
  if (findPending(object.body)) return found;
  const answer = await applyObject(cluster, request, object, { isDry: true });
  return answer.kind === 'ok' ? found : [...found, ...(await planRefused(cluster, request, object, answer))];
}

/** Something of that name that is not this environment's. */
async function findForeign(cluster: Cluster, request: TargetRequest, { key, body }: RenderedObject): Promise<Diagnostic | undefined> {
  const address = addressOf(key, body);
  const found = await cluster.get(address, request.signal);
  if (found.kind !== 'ok') return undefined;
  const ownership = judgeOwnership(found.live, { key, set: setOf(request.context) });
  if (ownership === 'other') return diagnose('T6209', { detail: `${describeAddress(address)} belongs to another environment of tutti.` });
  if (ownership === 'ours') return undefined;
  const what = `${describeAddress(address)} is there already, and was not made by tutti`;
  if (request.inputs['adopt'] !== true && request.adopts !== true) return diagnose('T6210', { detail: `${what}.` });
  return diagnose('T6235', { detail: `${what}: it is taken over${describeManagers(found.live)}.` });
}

/** Who set its fields so far. */
function describeManagers(live: JsonObject): string {
  const managers = listOf(mapOf(live['metadata'])['managedFields']).map((each) => textOf(mapOf(each)['manager']));
  const names = [...new Set(managers.filter((name) => name !== ''))];
  return names.length === 0 ? '' : ` from ${names.join(', ')}`;
}

async function listMissingNamespaces(
  cluster: Cluster,
  { signal }: TargetRequest,
  objects: readonly RenderedObject[],
): Promise<ReadonlySet<string>> {
  const names = [...new Set(objects.flatMap(({ key, body }) => addressOf(key, body).namespace ?? []))];
  const answers = await mapAtOnce(names, readsAtOnce, (name) => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name }, signal));
  return new Set(names.filter((_, index) => answers[index]?.kind === 'absent'));
}
