import {
  revealMarks,
  type Diagnostic,
  type JsonObject,
  type ObjectKey,
  type Outcome,
  type RenderedObject,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { mapOf } from './fields.ts';
import { addressOf } from './addresses.ts';
import { mapAtOnce } from './at-once.ts';
import type { Answer, Cluster } from './cluster.ts';
import { isScaledByOthers, leaveReplicas, wereOurs } from './conflicts.ts';
import { awaitObjects, type Waiting } from './await-ready.ts';
import { isDefinition } from './definitions.ts';
import { markObject, setOf } from './mark.ts';
import { remember } from './memory.ts';
import { classifyError } from './readiness/classify-error.ts';
import { levelOf } from './readiness/levels.ts';
import { describeRefusal } from './refusals.ts';

const writesAtOnce = 8;

/**
 * Applies the changed objects of a node: what others refer to first, several of a level at once.
 * Rule: the first level in which something is refused is the last; what was written is remembered nevertheless.
 */
export async function applyObjects(
  cluster: Cluster,
  request: TargetRequest,
  { desired, changed }: TargetWrite,
  waiting: Waiting,
): Promise<Outcome<TargetReceipt>> {
  const wanted = new Set(changed);
  const levels = groupByLevel(desired.filter(({ key }) => wanted.has(key)));
  const memory: Record<ObjectKey, JsonObject> = {};
  const diagnostics: Diagnostic[] = [];
  for (const objects of levels) {
    request.signal.throwIfAborted();
    const answers = await mapAtOnce(objects, writesAtOnce, (object) => applyServed(cluster, request, object, waiting));
    for (const [index, answer] of answers.entries()) {
      const object = objects[index];
      if (!object) continue;
      if (answer.kind === 'ok') memory[object.key] = remember(answer.live);
      else diagnostics.push(describeAnswer(object, answer));
    }
    if (diagnostics.length > 0) break;
    // What is of a kind that was just defined comes in a later level.
    const definitions = objects.filter(isDefinition);
    if (definitions.length > 0) diagnostics.push(...(await awaitObjects(cluster, request, definitions, waiting)).diagnostics);
    if (diagnostics.length > 0) break;
  }
  const receipt: TargetReceipt = { location: cluster.location, memory };
  return diagnostics.length > 0 ? { diagnostics } : { value: receipt, diagnostics: [] };
}

const servedMs = { longest: 10_000, pause: 250 } as const;

/** A kind whose definition is established is served a moment later. */
async function applyServed(cluster: Cluster, request: TargetRequest, object: RenderedObject, { now, sleep }: Waiting): Promise<Answer> {
  const deadline = Date.parse(now()) + servedMs.longest;
  for (;;) {
    const answer = await applyObject(cluster, request, object, { isDry: false });
    const isUnknown = answer.kind === 'refused' && classifyError(answer.refusal).kind === 'unknown-kind';
    if (!isUnknown || Date.parse(now()) >= deadline) return answer;
    await sleep(servedMs.pause, request.signal);
  }
}

function groupByLevel(objects: readonly RenderedObject[]): readonly (readonly RenderedObject[])[] {
  const levels = Map.groupBy(objects, ({ key, body }) => levelOf(addressOf(key, body)));
  return [...levels].toSorted(([left], [right]) => left - right).map(([, members]) => members);
}

/** Applies one object, secrets revealed; a dry run takes nothing over and writes nothing. */
export async function applyObject(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  { isDry }: { readonly isDry: boolean },
): Promise<Answer> {
  const body = mapOf(await revealMarks(object.body, revealOf(request)));
  const marked = markObject(body, { key: object.key, hash: object.hash, set: setOf(request.context) });
  const isForced = request.inputs['conflicts'] === 'force';
  const send = (sent: JsonObject, force: boolean): Promise<Answer> => cluster.apply(sent, { isDry, isForced: force }, request.signal);
  const answer = await send(marked, isForced);
  const isScaled = answer.kind === 'refused' && isScaledByOthers(answer.refusal);
  const [sent, last] = isScaled ? [leaveReplicas(marked), await send(leaveReplicas(marked), false)] : [marked, answer];
  const isOurs = last.kind === 'refused' && wereOurs(last.refusal, request.inventory[object.key]?.body);
  return isOurs ? send(sent, true) : last;
}

/** Unknowns are filled before anything is written. */
function revealOf({ reveal }: TargetRequest): Parameters<typeof revealMarks>[1] {
  return (mark) =>
    mark.$tutti === 'unknown' ? Promise.reject(new Error(`the output ${mark.path} of ${mark.uid} is not known`)) : reveal(mark);
}

export function describeAnswer({ key, body }: RenderedObject, answer: Exclude<Answer, { kind: 'ok' }>): Diagnostic {
  const address = addressOf(key, body);
  const refusal = answer.kind === 'refused' ? answer.refusal : { status: 404, reason: 'NotFound', message: 'it is not there', causes: [] };
  return describeRefusal(address, refusal);
}
