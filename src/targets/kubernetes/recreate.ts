import { diagnose, digestOf, type Diagnostic, type JsonObject, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { describeAnswer, makeBody } from './apply-object.ts';
import type { Waiting } from './await-ready.ts';
import type { Answer, Cluster, Refusal } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';
import { judgeOwnership, setOf } from './mark.ts';
import { classifyError } from './readiness/classify-error.ts';
import { describeRefusal } from './refusals.ts';
import { untilGone } from './until-gone.ts';

/** On an object: it may be removed and made anew where a change of it is not possible otherwise. */
const permission = { annotation: 'tutti.dev/recreate', value: 'allowed' } as const;

/** When an object of a kind may be removed and made anew. Other kinds never are: with them goes what cannot be made anew. */
const kinds: Readonly<Record<string, (live: JsonObject, wanted: JsonObject) => boolean>> = {
  'batch/Job': () => true,
  'rbac.authorization.k8s.io/RoleBinding': () => true,
  'rbac.authorization.k8s.io/ClusterRoleBinding': () => true,
  'storage.k8s.io/StorageClass': () => true,
  '/ConfigMap': (live) => live['immutable'] === true,
  '/Secret': (live) => live['immutable'] === true,
  '/Service': (_, wanted) => isPermitted(wanted),
  'apps/Deployment': (_, wanted) => isPermitted(wanted),
  // Its pods stay and are taken over: by a selector that holds for them.
  'apps/StatefulSet': (live, wanted) => isPermitted(wanted) && textOfSelector(live) === textOfSelector(wanted),
};

const permitting: ReadonlySet<string> = new Set(['/Service', 'apps/Deployment', 'apps/StatefulSet']);

function isPermitted({ metadata }: JsonObject): boolean {
  return mapOf(mapOf(metadata)['annotations'])[permission.annotation] === permission.value;
}

function textOfSelector({ spec }: JsonObject): string {
  const labels = mapOf(mapOf(mapOf(spec)['selector'])['matchLabels']);
  return JSON.stringify(Object.entries(labels).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * Says what a plan makes of an object that was refused.
 * Rule: what cannot be changed is removed and made anew where its kind allows it, it is this environment's, and the API server would take the
 * new one. Writes nothing.
 * Reports: T6201–T6208, T6216.
 */
export async function planRefused(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  answer: Exclude<Answer, { kind: 'ok' }>,
): Promise<readonly Diagnostic[]> {
  const usual = describeAnswer(object, answer);
  const body = await makeBody(request, object);
  const live = isImmutable(answer) ? await readOurs(cluster, request, object) : undefined;
  if (!live) return [usual];
  if (!isAllowed(live, body)) return [{ ...usual, detail: usual.detail + adviseOn(live, body) }];
  const problem = await tryCreation(cluster, request, object, { body, live });
  return [problem ?? diagnose('T6216', { detail: `${usual.detail} It is removed and made anew.` })];
}

function isImmutable(answer: Answer): boolean {
  return answer.kind === 'refused' && classifyError(answer.refusal).kind === 'immutable';
}

async function readOurs(cluster: Cluster, request: TargetRequest, { key, body }: RenderedObject): Promise<JsonObject | undefined> {
  const found = await cluster.get(addressOf(key, body), request.signal);
  const isOurs = found.kind === 'ok' && judgeOwnership(found.live, { key, set: setOf(request.context) }) === 'ours';
  return isOurs ? found.live : undefined;
}

function nameKind({ apiVersion, kind }: JsonObject): string {
  const version = textOf(apiVersion);
  return `${version.includes('/') ? version.slice(0, version.indexOf('/')) : ''}/${textOf(kind)}`;
}

function isAllowed(live: JsonObject, wanted: JsonObject): boolean {
  const name = nameKind(wanted);
  return Object.hasOwn(kinds, name) && kinds[name]?.(live, wanted) === true;
}

function adviseOn(live: JsonObject, wanted: JsonObject): string {
  const name = nameKind(wanted);
  if (!permitting.has(name)) return '';
  if (!isPermitted(wanted))
    return ` With the annotation \`${permission.annotation}: ${permission.value}\` on it, it is removed and made anew.`;
  return textOfSelector(live) === textOfSelector(wanted) ? '' : ' Its pods would stay, and its new selector does not hold for them.';
}

interface Anew {
  readonly body: JsonObject;
  readonly live: JsonObject;
}

/** Asks whether the API server would take the object if it were not there, by a dry run under another name. */
async function tryCreation(
  cluster: Cluster,
  { signal }: TargetRequest,
  { key, body: rendered }: RenderedObject,
  { body, live }: Anew,
): Promise<Diagnostic | undefined> {
  const name = `tutti-${digestOf(['recreate', key]).slice(0, 24)}`;
  const tried = { ...dropTaken(body, live), metadata: { ...mapOf(body['metadata']), name } };
  const answer = await cluster.apply(tried, { isDry: true, isForced: false }, signal);
  return answer.kind === 'ok' ? undefined : describeRefusal(addressOf(key, rendered), refusalOf(answer));
}

function refusalOf(answer: Exclude<Answer, { kind: 'ok' }>): Refusal {
  return answer.kind === 'refused' ? answer.refusal : { status: 404, reason: 'NotFound', message: 'it is not there', causes: [] };
}

/** Without addresses that the object has and that no second one could have beside it. */
function dropTaken(body: JsonObject, live: JsonObject): JsonObject {
  if (nameKind(body) !== '/Service') return body;
  const { clusterIP, clusterIPs: _, healthCheckNodePort: __, ...spec } = mapOf(body['spec']);
  const ports = listOf(spec['ports']).map((port) => {
    const { nodePort: ___, ...rest } = mapOf(port);
    return rest;
  });
  const isKept = clusterIP === undefined || clusterIP === mapOf(live['spec'])['clusterIP'];
  return { ...body, spec: { ...spec, ...(ports.length > 0 && { ports }), ...(!isKept && { clusterIP }) } };
}

/** What became of a try to make an object anew: `undefined` where it may not be. */
export type Recreated = { readonly kind: 'gone' } | { readonly kind: 'problem'; readonly problem: Diagnostic } | undefined;

/**
 * Removes an object that cannot be changed, so that it can be made anew.
 * Rule: only what the plan was asked about: an object that is rendered otherwise than it was. What is removed is the one that was read, and
 * only when the API server would take the new one still.
 * Reports: T6201–T6208, T6213.
 */
export async function removeForAnew(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  { answer, waiting }: { readonly answer: Answer; readonly waiting: Waiting },
): Promise<Recreated> {
  if (!isImmutable(answer) || request.inventory[object.key]?.hash === object.hash) return undefined;
  const live = await readOurs(cluster, request, object);
  const body = await makeBody(request, object);
  if (!live || !isAllowed(live, body)) return undefined;
  const problem =
    (await tryCreation(cluster, request, object, { body, live })) ?? (await removeLive(cluster, request, object, { live, waiting }));
  return problem ? { kind: 'problem', problem } : { kind: 'gone' };
}

async function removeLive(
  cluster: Cluster,
  request: TargetRequest,
  { key, body }: RenderedObject,
  { live, waiting }: { readonly live: JsonObject; readonly waiting: Waiting },
): Promise<Diagnostic | undefined> {
  const address = addressOf(key, body);
  const uid = textOf(mapOf(live['metadata'])['uid']);
  const remove = nameKind(live) === 'apps/StatefulSet' ? cluster.removeAlone : cluster.remove;
  const removed = await remove(address, uid, request.signal);
  if (removed.kind === 'refused') return describeRefusal(address, removed.refusal);
  return removed.kind === 'absent' ? undefined : untilGone(cluster, { address, uid, request, waiting });
}

/** Waits until an object that is on its way out is gone, so that what is applied does not go with it. */
export async function untilLeft(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  { answer, waiting }: { readonly answer: Answer; readonly waiting: Waiting },
): Promise<Recreated> {
  const metadata = answer.kind === 'ok' ? mapOf(answer.live['metadata']) : {};
  if (metadata['deletionTimestamp'] === undefined) return undefined;
  const leaving = { address: addressOf(object.key, object.body), uid: textOf(metadata['uid']), request, waiting };
  const problem = await untilGone(cluster, leaving);
  return problem ? { kind: 'problem', problem } : { kind: 'gone' };
}
