import {
  diagnose,
  fail,
  hasErrors,
  isSecret,
  isSecretText,
  settle,
  succeed,
  type Diagnostic,
  type Driver,
  type DriverRequest,
  type JsonObject,
  type Outcome,
  type ResourceResult,
  type Value,
} from '../../core/index.ts';
import { makeContext, type ProvisionerContext } from './context.ts';
import { mendNames } from './mend-names.ts';
import { isMap } from './merge-patch.ts';
import type { Provisioned } from './provisioned.ts';
import type { ProgramPolicy } from './programs/policy.ts';
import { provisionByProgram } from './programs/run-provisioner.ts';
import { makeResult, reportNotes, type Secrecy } from './result.ts';
import { openKnownTexts } from './secrets/known-texts.ts';
import { openState } from './secrets/open-state.ts';
import { hideMarks, openTokenBook } from './secrets/tokens.ts';
import { checkTemplates } from './sections/check-templates.ts';
import { provisionByTemplates } from './template-provisioner.ts';

const template = { type: 'string' } as const;

const inputsSchema: JsonObject = {
  type: 'object',
  required: ['uri'],
  properties: {
    uri: { type: 'string', description: 'template://…, cmd://… or local-env://…: what carries it out.' },
    supported_params: { type: 'array', items: { type: 'string' } },
    expected_outputs: { type: 'array', items: { type: 'string' } },
    init: template,
    state: template,
    shared: template,
    outputs: template,
    manifests: template,
    directories: template,
    files: template,
    networks: template,
    services: template,
    volumes: template,
    models: template,
    info_logs: template,
    args: { type: 'array', items: { type: 'string' } },
  },
  additionalProperties: false,
};

/**
 * Carries out Score provisioners: templates, programs and the environment's values.
 * Rule: what a template gives is a function of the request; a program is run at planning too, as the tools run it each time, and has to give
 * the same again. Secrets leave as references, whatever the provisioner wrote.
 * Reports: T5201–T5210.
 */
export function createScoreDriver(programs: ProgramPolicy): Driver {
  const provide = (request: DriverRequest): Promise<Outcome<ResourceResult>> => provideResource(request, programs);
  return {
    name: 'score',
    isPure: true,
    readsSurroundings: true,
    inputsSchema,
    check: checkTemplates,
    preview: provide,
    provision: provide,
    // Objects are in the inventory, and go with it; programs have no way to be told.
    deprovision: () => succeed(undefined),
  };
}

async function provideResource(request: DriverRequest, programs: ProgramPolicy): Promise<Outcome<ResourceResult>> {
  const uri = textOf(request.inputs['uri']);
  const scheme = uri.split('://')[0];
  if (scheme === 'local-env') {
    return succeed({ outputs: request.surroundings.values, manifests: [], state: {}, shared: request.shared });
  }
  const secrecy: Secrecy = { known: openKnownTexts(), tokens: openTokenBook() };
  const context = await openContext(request, secrecy);
  if (!context.value) return { diagnostics: context.diagnostics };
  const diagnostics: Diagnostic[] = [];
  const given = await carryOut(scheme, { context: context.value, request, secrecy, programs, diagnostics });
  if (!given || hasErrors(diagnostics)) return { diagnostics };
  const mended = request.context.format === 'kubernetes' ? mendNames(given, secrecy.known.random) : given;
  const result = makeResult(mended, request, secrecy);
  if (request.context.format === 'compose') diagnostics.push(...refuseForeign(result, request.resource.uid));
  return settle(result, [...diagnostics, ...reportNotes(given, request.resource.uid, secrecy)]);
}

/** Compose has no Secrets of a cluster. */
function refuseForeign({ outputs }: ResourceResult, uid: string): readonly Diagnostic[] {
  const names = Object.keys(outputs).filter((name) => isForeign(outputs[name] ?? null));
  const place = { file: '', document: 0, path: ['outputs'] };
  return names.map((name) => diagnose('T5209', { detail: `${uid}: the output "${name}" refers to a Secret of a cluster.`, place }));
}

function isForeign(value: Value): boolean {
  if (isSecret(value)) return value.ref.kind === 'object';
  return isSecretText(value) && value.parts.some((part) => typeof part !== 'string' && isForeign(part));
}

interface Call {
  readonly context: ProvisionerContext;
  readonly request: DriverRequest;
  readonly secrecy: Secrecy;
  readonly programs: ProgramPolicy;
  readonly diagnostics: Diagnostic[];
}

async function carryOut(scheme: string | undefined, call: Call): Promise<Provisioned | undefined> {
  const { context, request, secrecy, programs, diagnostics } = call;
  if (scheme === 'template') return provisionByTemplates(context, request, { known: secrecy.known, diagnostics });
  if (scheme === 'cmd') return provisionByProgram(context, request, { programs, diagnostics });
  const detail = `${request.resource.uid}: "${textOf(request.inputs['uri'])}" begins with none of template://, cmd:// and local-env://.`;
  diagnostics.push(diagnose('T5204', { detail, place: { file: '', document: 0, path: ['uri'] } }));
  return undefined;
}

/** What the provisioner is told, with its state opened and the secrets among its params hidden. */
async function openContext(request: DriverRequest, { known, tokens }: Secrecy): Promise<Outcome<ProvisionerContext>> {
  const note = (text: string): void => {
    known.anywhere.add(text);
  };
  const params = hideMarks(request.params, tokens);
  if (!isMap(params)) {
    const detail = `${request.resource.uid}: a param is known only after provisioning, and a provisioner file needs all of them at planning.`;
    return fail(diagnose('T5205', { detail }));
  }
  const state = await openState(request.state, request.secrets, note);
  const shared = await openState(request.shared, request.secrets, note);
  return succeed(makeContext(request, { params, state, shared }));
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
