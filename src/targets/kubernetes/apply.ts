import {
  type Diagnostic,
  type JsonObject,
  type ObjectKey,
  type Outcome,
  type RenderedObject,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { applyObject, describeAnswer } from './apply-object.ts';
import { mapAtOnce } from './at-once.ts';
import type { Answer, Cluster } from './cluster.ts';
import { awaitObjects, type Waiting } from './await-ready.ts';
import { isDefinition } from './definitions.ts';
import { remember } from './memory.ts';
import { listOthersFields } from './others-fields.ts';
import { classifyError } from './readiness/classify-error.ts';
import { levelOf } from './readiness/levels.ts';
import { removeForAnew, untilLeft, type Recreated } from './recreate.ts';
import { keepWritten } from './written.ts';

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
    const answers = await mapAtOnce(objects, writesAtOnce, (object) => writeObject(cluster, request, object, waiting));
    for (const [index, answer] of answers.entries()) {
      const object = objects[index];
      if (!object) continue;
      if (answer.kind === 'ok') {
        memory[object.key] = remember(answer.live, listOthersFields(request, object.key, addressOf(object.key, object.body)));
        keepWritten(request, object.key, answer.live);
      } else diagnostics.push(answer.kind === 'problem' ? answer.problem : describeAnswer(object, answer));
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

type Written = Answer | Extract<Recreated, { kind: 'problem' }>;

/** Applies an object; where that is planned, in place of one that has to be removed before. */
async function writeObject(cluster: Cluster, request: TargetRequest, object: RenderedObject, waiting: Waiting): Promise<Written> {
  const answer = await applyServed(cluster, request, object, waiting);
  const room =
    (await untilLeft(cluster, request, object, { answer, waiting })) ??
    (await removeForAnew(cluster, request, object, { answer, waiting }));
  if (!room) return answer;
  return room.kind === 'problem' ? room : applyServed(cluster, request, object, waiting);
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
