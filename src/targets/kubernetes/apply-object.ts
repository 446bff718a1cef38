import { revealMarks, type Diagnostic, type JsonObject, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import type { Answer, Cluster, Refusal } from './cluster.ts';
import { asksForNone, isScaledByOthers, leaveReplicas, wereOurs } from './conflicts.ts';
import { mapOf } from './fields.ts';
import { markObject, setOf } from './mark.ts';
import { followLive, listOthersFields } from './others-fields.ts';
import { describeRefusal } from './refusals.ts';

interface Manner {
  /** A dry run takes nothing over and writes nothing. */
  readonly isDry: boolean;
  /** Whether fields that were ours are set right; without it they are. */
  readonly takesBack?: (refusal: Refusal) => boolean;
}

/** Applies one object, secrets revealed. */
export async function applyObject(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  { isDry, takesBack = () => true }: Manner,
): Promise<Answer> {
  const marked = await leaveOthersFields(cluster, request, { object, body: await makeBody(request, object) });
  const isForced = request.inputs['conflicts'] === 'force' || isAdopted(request, object);
  const send = (sent: JsonObject, force: boolean): Promise<Answer> => cluster.apply(sent, { isDry, isForced: force }, request.signal);
  const answer = await send(marked, isForced);
  const isScaled = answer.kind === 'refused' && isScaledByOthers(answer.refusal);
  // None at all is no number that an autoscaler would set: it is put back, and the autoscaler rests.
  if (isScaled && asksForNone(marked)) return send(marked, true);
  const [sent, last] = isScaled ? [leaveReplicas(marked), await send(leaveReplicas(marked), false)] : [marked, answer];
  const isOurs = last.kind === 'refused' && wereOurs(last.refusal, request.inventory[object.key]?.body);
  return isOurs && takesBack(last.refusal) ? send(sent, true) : last;
}

interface Made {
  readonly object: RenderedObject;
  readonly body: JsonObject;
}

/** Only what is looked at first can be followed. */
async function leaveOthersFields(cluster: Cluster, request: TargetRequest, { object, body }: Made): Promise<JsonObject> {
  const address = addressOf(object.key, object.body);
  const paths = listOthersFields(request, object.key, address);
  if (paths.length === 0) return body;
  const found = await cluster.get(address, request.signal);
  return found.kind === 'ok' ? followLive(body, found.live, paths) : body;
}

/** Taken over at somebody's word: with all that its managers set of what is ours now. */
function isAdopted({ adopts, inventory }: TargetRequest, { key }: RenderedObject): boolean {
  return adopts === true && (inventory[key]?.hash ?? '') === '';
}

/** An object as it is sent: secrets revealed, marked as this environment's. */
export async function makeBody(request: TargetRequest, { key, body, hash }: RenderedObject): Promise<JsonObject> {
  const revealed = mapOf(await revealMarks(body, revealOf(request)));
  return markObject(revealed, { key, hash, set: setOf(request.context) });
}

/** Unknowns are filled before anything is written. */
function revealOf({ reveal }: TargetRequest): Parameters<typeof revealMarks>[1] {
  return (mark) =>
    mark.$tutti === 'unknown' ? Promise.reject(new Error(`the output ${mark.path} of ${mark.uid} is not known`)) : reveal(mark);
}

/** Why an object was not taken, as a problem of the deployment. */
export function describeAnswer({ key, body }: RenderedObject, answer: Exclude<Answer, { kind: 'ok' }>): Diagnostic {
  const address = addressOf(key, body);
  const refusal = answer.kind === 'refused' ? answer.refusal : { status: 404, reason: 'NotFound', message: 'it is not there', causes: [] };
  return describeRefusal(address, refusal);
}
