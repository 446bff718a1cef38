import {
  diagnose,
  digestValue,
  fail,
  isValueObject,
  pendSecret,
  succeed,
  type Driver,
  type DriverRequest,
  type Outcome,
  type ResourceResult,
  type Value,
  type ValueObject,
} from '../../core/index.ts';
import { checkClaim, readClaim, type Claim } from './claim.ts';
import { isLive, type LiveRule } from './output-rules.ts';
import { nameAddress, readOutputs } from './read-outputs.ts';

export interface Waiting {
  /** ISO 8601. */
  readonly now: () => string;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Operators write the Secret of a claim a moment before or after they say that it is ready. */
const lateMs = { longest: 30_000, pause: 500 } as const;

/**
 * Meets a need by a claim: an object of the cluster that an operator carries out, whose outputs are read when it is ready.
 * Rule: the claim is an ordinary object of the environment. What comes from the cluster is pending until the claim was ready once with just these
 * inputs; then it is read afresh at every planning, and remembered for when that cannot be.
 * Reports: T5301–T5304.
 */
export function createKubernetesDriver(waiting: Waiting): Driver {
  return {
    name: 'kubernetes',
    isPure: false,
    readsSurroundings: true,
    inputsSchema: {
      type: 'object',
      properties: {
        object: { type: 'object', description: 'The claim.' },
        ready: { type: 'string', minLength: 1, description: 'When it is ready: CEL over `object`. Default: its condition Ready is true.' },
        failed: { type: 'string', minLength: 1, description: 'When it has failed for good: CEL over `object`.' },
        outputs: { type: 'object', description: 'What the resource offers: values, `{read: CEL}` or `{secret: {name, key}}`.' },
        manifests: { type: 'array', items: { type: 'object' }, description: 'Objects beside the claim.' },
      },
      required: ['object'],
      additionalProperties: false,
    },
    check: checkClaim,
    preview,
    provision: preview,
    complete: (request) => complete(request, waiting),
    deprovision: () => succeed(undefined),
  };
}

async function preview(request: DriverRequest): Promise<Outcome<ResourceResult>> {
  const claim = readClaim(request);
  if (!claim.value) return { diagnostics: claim.diagnostics };
  const { manifests } = claim.value;
  const known = await lookBack(claim.value, request);
  const outputs = joinOutputs(claim.value, known ?? pendOutputs(claim.value, request));
  return succeed({ outputs, manifests, state: known ? remember(request, known) : {} });
}

/** What the cluster says of a claim that was ready before; nothing where it was not, or is not there any more. */
async function lookBack(claim: Claim, request: DriverRequest): Promise<ValueObject | undefined> {
  const remembered = recall(claim, request);
  if (!remembered || !request.live) return remembered;
  const read = await readOutputs(claim, request);
  if (read.kind === 'read') return read.outputs;
  return read.kind === 'absent' ? undefined : remembered;
}

function recall({ outputs }: Claim, { state, inputs }: DriverRequest): ValueObject | undefined {
  const known = state['outputs'];
  if (state['inputs'] !== digestValue(inputs) || !isValueObject(known)) return undefined;
  const live = Object.entries(outputs).filter(([, rule]) => isLive(rule));
  return live.every(([name]) => Object.hasOwn(known, name)) ? known : undefined;
}

function remember({ inputs }: DriverRequest, outputs: ValueObject): ValueObject {
  return { inputs: digestValue(inputs), outputs };
}

function pendOutputs({ outputs }: Claim, { resource }: DriverRequest): ValueObject {
  const pend = ([name, rule]: readonly [string, LiveRule]): readonly [string, Value] => {
    const unknown = { uid: resource.uid, path: name };
    return [name, rule.isSecret ? pendSecret(unknown) : { $tutti: 'unknown', ...unknown }];
  };
  const live = Object.entries(outputs).flatMap(([name, rule]) => (isLive(rule) ? [[name, rule] as const] : []));
  return Object.fromEntries(live.map(pend));
}

/** In the order of the definition. */
function joinOutputs({ outputs }: Claim, live: ValueObject): ValueObject {
  const entries = Object.entries(outputs).map(([name, rule]) => [name, isLive(rule) ? (live[name] ?? null) : rule.value] as const);
  return Object.fromEntries(entries);
}

async function complete(request: DriverRequest, { now, sleep }: Waiting): Promise<Outcome<ResourceResult>> {
  const claim = readClaim(request);
  if (!claim.value) return { diagnostics: claim.diagnostics };
  const { address, manifests } = claim.value;
  const deadline = Date.parse(now()) + lateMs.longest;
  for (;;) {
    request.signal.throwIfAborted();
    const read = await readOutputs(claim.value, request);
    if (read.kind === 'read') {
      return succeed({ outputs: joinOutputs(claim.value, read.outputs), manifests, state: remember(request, read.outputs) });
    }
    if (read.kind === 'refused') return { diagnostics: read.diagnostics };
    if (read.kind === 'absent') {
      return fail(diagnose('T5303', { detail: `${request.resource.uid}: ${nameAddress(address)} was removed by somebody else.` }));
    }
    if (Date.parse(now()) >= deadline) return { diagnostics: read.diagnostics };
    await sleep(lateMs.pause, request.signal);
  }
}
