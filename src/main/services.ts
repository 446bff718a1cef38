import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isMark,
  isSecret,
  isSecretText,
  compareText,
  type Json,
  type JsonObject,
  type Outcome,
  type RevealSecret,
  type Value,
} from '../core/index.ts';
import { renderFiles, type Engine } from '../engine/index.ts';
import type { EngineFace, FileServices, RecordServices, RenderedFiles, RenderFilesRequest, Services } from '../server/operations/index.ts';
import type { Installation } from './installation.ts';
import { drivers, loadKnownParts, targets } from './parts.ts';

export interface ServiceOptions {
  readonly version: string;
  readonly dataDir: string;
  /** `TUTTI_SEED`, where it is set. */
  readonly seed?: string;
  readonly openInstallation: () => Promise<Outcome<Installation>>;
  readonly onNotice: (line: string) => void;
  readonly logFailure: Services['logFailure'];
}

/** Wires everything behind the operations. The store is opened by the first operation that needs it. */
export function createServices(options: ServiceOptions): Services {
  let opened: Promise<Outcome<RecordServices>> | undefined;
  return {
    version: options.version,
    files: createFileServices(options),
    records: () => (opened ??= openRecords(options)),
    makeId: () => randomBytes(8).toString('hex'),
    logFailure: options.logFailure,
  };
}

async function openRecords(options: ServiceOptions): Promise<Outcome<RecordServices>> {
  const { value, diagnostics } = await options.openInstallation();
  if (!value) return { diagnostics };
  return { value: { store: value.store, engine: faceOf(value.engine), loadPlatform: value.loadPlatform }, diagnostics };
}

function faceOf(engine: Engine): EngineFace {
  return {
    plan: async (ref, request, actor) => {
      const { value, diagnostics } = await engine.plan(ref, request, { actor });
      return value ? { value: value.record, diagnostics } : { diagnostics };
    },
    deploy: (ref, order, actor) => {
      const { request, planId, approvedDigest, confirm } = order;
      const plan = planId !== undefined && approvedDigest !== undefined ? { id: planId, digest: approvedDigest } : undefined;
      return engine.deploy(ref, request, { actor, ...(plan && { plan }), ...(confirm !== undefined && { confirm }) });
    },
    resume: (ref, actor) => engine.resume(ref, { actor }),
  };
}

function createFileServices(options: ServiceOptions): FileServices {
  return { knownParts: loadKnownParts, render: (request) => render(request, options) };
}

async function render(request: RenderFilesRequest, options: ServiceOptions): Promise<Outcome<RenderedFiles>> {
  const seed = request.seed ?? options.seed ?? (await loadSeed(options));
  const { project, environment, environmentType, target, format } = request.context;
  const { value, diagnostics } = await renderFiles(
    { drivers, targets },
    {
      project,
      environment,
      environmentType,
      target,
      format,
      platform: request.platform,
      workloads: request.workloads.map((declared) => ({ declared })),
      values: request.values,
      seeds: {
        newSeed: (uid, name) => derive(seed, [project, environment, uid, name]),
        hash: (text) => derive(seed, ['hash', text]),
      },
      signal: request.signal,
    },
  );
  if (!value) return { diagnostics };
  const objects = await Promise.all(
    value.objects.map(async (object) => ({ key: object.key, node: object.node, body: await revealAll(object.body, value.reveal) })),
  );
  return { value: { objects: objects.toSorted((left, right) => compareText(left.key, right.key)) }, diagnostics };
}

function derive(seed: string, parts: readonly string[]): string {
  return createHmac('sha256', seed).update(JSON.stringify(parts)).digest('hex');
}

/** The seed of a folder: made once, so that rendering again gives the same secrets. */
async function loadSeed({ dataDir, onNotice }: ServiceOptions): Promise<string> {
  const path = join(dataDir, 'seed');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known) return known.trim();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const seed = randomBytes(32).toString('hex');
  const isMade = await writeFile(path, `${seed}\n`, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (!isMade) return (await readFile(path, 'utf8')).trim();
  onNotice(`Made ${path}: generated values are derived from it. Keep it, or give --seed, to render the same ones elsewhere.`);
  return seed;
}

async function revealAll(body: Value, reveal: RevealSecret): Promise<JsonObject> {
  const revealed = await revealValue(body, reveal);
  return typeof revealed === 'object' && revealed !== null && !isList(revealed) ? revealed : {};
}

async function revealValue(value: Value, reveal: RevealSecret): Promise<Json> {
  if (isSecret(value) || isSecretText(value)) return reveal(value);
  if (isMark(value)) return 'known after provisioning';
  if (typeof value !== 'object' || value === null) return value;
  if (isValueList(value)) return Promise.all(value.map((each) => revealValue(each, reveal)));
  const entries = Object.entries(value).map(async ([key, each]) => [key, await revealValue(each, reveal)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isValueList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

