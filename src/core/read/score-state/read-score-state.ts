import * as z from 'zod';
import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, hasErrors, settle } from '../../diagnostics/report.ts';
import { parseUid, type Uid } from '../../model/uid.ts';
import type { JsonObject } from '../../model/value.ts';
import { parseShape } from '../shape.ts';
import { parseYaml } from '../yaml.ts';

/** What a project of score-compose or score-k8s remembers of its resources. */
export interface ScoreState {
  readonly tool: 'score-compose' | 'score-k8s';
  readonly resources: Readonly<Record<Uid, ScoreResourceState>>;
  readonly shared: JsonObject;
}

export interface ScoreResourceState {
  readonly uid: Uid;
  readonly guid?: string;
  readonly state: JsonObject;
  readonly outputs: JsonObject;
}

const map = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'a map is needed',
});

/** Keys that nothing is taken from may be there or not: the tools have changed them before. */
const stateSchema = z.looseObject({
  resources: z.record(z.string(), z.looseObject({ guid: z.string().nullish(), state: map.nullish(), outputs: map.nullish() })).nullish(),
  shared_state: map.nullish(),
  compose_project: z.string().nullish(),
});

/**
 * Reads the `state.yaml` of a score-compose or score-k8s project.
 * Shape: text in; what the resources were given, by uid, and what they share.
 * Reports: T1001–T1109, T1516, T1517.
 */
export function readScoreState(file: string, text: string): Outcome<ScoreState> {
  const parsed = parseYaml(file, text);
  if (!parsed.value || hasErrors(parsed.diagnostics)) return { diagnostics: parsed.diagnostics };
  const [document] = parsed.value;
  if (!document || document.value === null) {
    return fail(...parsed.diagnostics, diagnose('T1516', { detail: `${file} is empty.`, place: { file, document: 0, path: [] } }));
  }
  const place: Place = { file, document: 0, path: [] };
  const shaped = parseShape(stateSchema, document.value, { place });
  if (!shaped.value) return fail(...parsed.diagnostics, ...shaped.diagnostics);
  const { resources, shared_state: shared, compose_project: project, apiVersion: version } = shaped.value;
  if (typeof version === 'string' && version.startsWith('score.dev/')) {
    return fail(
      diagnose('T1516', {
        detail: `${file} is a Score file; the state of a project is kept in \`.score-compose/state.yaml\` or \`.score-k8s/state.yaml\`.`,
        place,
      }),
    );
  }
  if (!resources) return fail(diagnose('T1516', { detail: `${file} names no resources.`, place }));
  const read = readResources(resources, place);
  const state: ScoreState = { tool: project ? 'score-compose' : 'score-k8s', resources: read.resources, shared: shared ?? {} };
  return settle(state, [...parsed.diagnostics, ...read.diagnostics]);
}

type RawResources = NonNullable<z.output<typeof stateSchema>['resources']>;

function readResources(resources: RawResources, place: Place) {
  const diagnostics: Diagnostic[] = [];
  const read: Record<Uid, ScoreResourceState> = {};
  for (const [name, resource] of Object.entries(resources)) {
    const uid = parseUid(name);
    const at: Place = { ...place, path: ['resources', name], on: 'key' };
    if (uid === undefined) diagnostics.push(diagnose('T1517', { detail: `${quote(name)} is no uid: \`type.class#id\`.`, place: at }));
    else read[uid] = { uid, state: resource.state ?? {}, outputs: resource.outputs ?? {}, ...(resource.guid && { guid: resource.guid }) };
  }
  return { resources: read, diagnostics };
}
