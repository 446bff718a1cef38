import {
  hasErrors,
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
import { keepAccount, type TakingBack } from './drift-war.ts';
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
 * Reports: T6201–T6208, T6211, T6212, T6217.
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
    const written = await mapAtOnce(objects, writesAtOnce, (object) => writeObject(cluster, request, object, waiting));
    for (const each of written) {
      if (each.memory) memory[each.key] = each.memory;
      diagnostics.push(...each.diagnostics);
    }
    if (hasErrors(diagnostics)) break;
    // What is of a kind that was just defined comes in a later level.
    const definitions = objects.filter(isDefinition);
    if (definitions.length > 0) diagnostics.push(...(await awaitObjects(cluster, request, definitions, waiting)).diagnostics);
    if (hasErrors(diagnostics)) break;
  }
  const receipt: TargetReceipt = { location: cluster.location, memory };
  return hasErrors(diagnostics) ? { diagnostics } : { value: receipt, diagnostics };
}

interface Written {
  readonly key: ObjectKey;
  /** What is remembered of it; nothing where it was not written. */
  readonly memory?: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
}

/** Applies an object, and says what is to be remembered of it; one that is fought for is left as it is. */
async function writeObject(cluster: Cluster, request: TargetRequest, object: RenderedObject, waiting: Waiting): Promise<Written> {
  const { key } = object;
  const account = keepAccount(request, object, waiting.now());
  const answer = await makeRoom(cluster, request, object, { waiting, takesBack: account.takesBack });
  const truce = account.truce();
  if (truce) return { key, diagnostics: [truce] };
  if (answer.kind === 'problem') return { key, diagnostics: [answer.problem] };
  if (answer.kind !== 'ok') return { key, diagnostics: [describeAnswer(object, answer)] };
  keepWritten(request, key, answer.live);
  const left = listOthersFields(request, key, addressOf(key, object.body));
  return { key, memory: remember(answer.live, { left, reverted: account.remembered() }), diagnostics: [] };
}

interface Manner {
  readonly waiting: Waiting;
  readonly takesBack: TakingBack['takesBack'];
}

/** Applies an object; where that is planned, in place of one that has to be removed before. */
async function makeRoom(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  manner: Manner,
): Promise<Answer | Extract<Recreated, { kind: 'problem' }>> {
  const { waiting } = manner;
  const answer = await applyServed(cluster, request, object, manner);
  const room =
    (await untilLeft(cluster, request, object, { answer, waiting })) ??
    (await removeForAnew(cluster, request, object, { answer, waiting }));
  if (!room) return answer;
  return room.kind === 'problem' ? room : applyServed(cluster, request, object, manner);
}

const servedMs = { longest: 10_000, pause: 250 } as const;

/** A kind whose definition is established is served a moment later. */
async function applyServed(
  cluster: Cluster,
  request: TargetRequest,
  object: RenderedObject,
  { waiting: { now, sleep }, takesBack }: Manner,
): Promise<Answer> {
  const deadline = Date.parse(now()) + servedMs.longest;
  for (;;) {
    const answer = await applyObject(cluster, request, object, { isDry: false, takesBack });
    const isUnknown = answer.kind === 'refused' && classifyError(answer.refusal).kind === 'unknown-kind';
    if (!isUnknown || Date.parse(now()) >= deadline) return answer;
    await sleep(servedMs.pause, request.signal);
  }
}

function groupByLevel(objects: readonly RenderedObject[]): readonly (readonly RenderedObject[])[] {
  const levels = Map.groupBy(objects, ({ key, body }) => levelOf(addressOf(key, body)));
  return [...levels].toSorted(([left], [right]) => left - right).map(([, members]) => members);
}
