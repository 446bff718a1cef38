import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { isList, mapOf, memberOf, textOf } from '../render/make-object.ts';
import { readEnvironment } from './env-file.ts';
import { escapeDollars } from './escape.ts';
import { joinProject } from './project.ts';
import { entryOf } from './sections.ts';

/** A project that needs no files beside it, as far as that can be. */
export interface InlineProject {
  readonly project: ValueObject;
  readonly diagnostics: readonly Diagnostic[];
}

type Files = ReadonlyMap<string, ValueObject>;

/**
 * Joins the objects of an environment to one Compose project that stands by itself.
 * Rule: variables and secrets come into the project, as the Secrets of Kubernetes are printed; what is mounted from a file beside it cannot.
 * Shape: objects without marks in, the data of `compose.yaml` out.
 * Reports: T4127.
 */
export function inlineProject(objects: readonly RenderedObject[]): InlineProject {
  const files = listFiles(objects);
  const variables = listVariables(objects);
  const { services, configs, secrets, ...rest } = mapOf(fillIn(joinProject(objects), variables));
  const moved = moveSecrets(mapOf(secrets), mapOf(configs), variables);
  const inlined = mapEach(mapOf(services), (service) => inlineVariables(mountMoved(mapOf(service), moved), files));
  const project = {
    ...rest,
    ...unlessEmpty('services', inlined),
    ...unlessEmpty('configs', moved.configs),
    ...unlessEmpty('secrets', moved.secrets),
  };
  return { project, diagnostics: reportBeside(objects) };
}

function listFiles(objects: readonly RenderedObject[]): Files {
  const entries = objects.flatMap((object) => entryOf(object) ?? []);
  return new Map(entries.flatMap(({ section, name, value }) => (section === 'files' ? [[`./${name}`, mapOf(value)] as const] : [])));
}

type Variables = ReadonlyMap<string, string>;

function listVariables(objects: readonly RenderedObject[]): Variables {
  const entries = objects.flatMap((object) => entryOf(object) ?? []);
  return new Map(
    entries.flatMap(({ section, name, value }) => (section === 'variables' ? [[name, textOf(mapOf(value)['value'])] as const] : [])),
  );
}

/** Puts what they hold in place of variables. */
function fillIn(value: Value, variables: Variables): Value {
  if (typeof value === 'string') {
    if (variables.size === 0) return value;
    return value.replaceAll(/\$\$|\$\{(TUTTI_[0-9A-F]{16})\}/g, (found, name: string | undefined) => {
      const text = name === undefined ? undefined : variables.get(name);
      return text === undefined ? found : escapeDollars(text);
    });
  }
  if (isList(value)) return value.map((each) => fillIn(each, variables));
  return isValueObject(value) ? mapEach(value, (each) => fillIn(each, variables)) : value;
}

interface Moved {
  readonly configs: ValueObject;
  readonly secrets: ValueObject;
  /** What a secret is called as a config. */
  readonly names: ReadonlyMap<string, string>;
}

function moveSecrets(secrets: ValueObject, configs: ValueObject, variables: Variables): Moved {
  const names = new Map<string, string>();
  const kept: Record<string, Value> = {};
  const inlined: Record<string, Value> = { ...configs };
  for (const [name, secret] of Object.entries(secrets)) {
    const text = variables.get(textOf(mapOf(secret)['environment']));
    if (text === undefined) {
      kept[name] = secret;
      continue;
    }
    const free = Object.hasOwn(inlined, name) ? `secret-${name}` : name;
    names.set(name, free);
    inlined[free] = { content: escapeDollars(text) };
  }
  return { configs: inlined, secrets: kept, names };
}

/** A secret without a target stands below `/run/secrets`, a config beside the root. */
function mountMoved({ secrets, configs, ...rest }: ValueObject, { names }: Moved): ValueObject {
  const mounts = isList(secrets) ? secrets.map((each) => (typeof each === 'string' ? { source: each } : mapOf(each))) : [];
  const kept = mounts.filter(({ source }) => !names.has(textOf(source)));
  const moved = mounts.flatMap((mount) => {
    const source = names.get(textOf(mount['source']));
    return source === undefined ? [] : [{ ...mount, source, target: targetOf(mount) }];
  });
  const all = [...(isList(configs) ? configs : []), ...moved];
  return { ...rest, ...(kept.length > 0 && { secrets: kept }), ...(all.length > 0 && { configs: all }) };
}

function targetOf({ source, target }: ValueObject): string {
  const path = textOf(target ?? source);
  return path.startsWith('/') ? path : `/run/secrets/${path}`;
}

function inlineVariables(service: ValueObject, files: Files): ValueObject {
  const { env_file: given, environment, ...rest } = service;
  const paths = isList(given) ? given : [];
  const ours = paths.flatMap((each): readonly ValueObject[] => {
    const file = files.get(textOf(mapOf(each)['path']));
    return file ? [file] : [];
  });
  if (ours.length === 0) return service;
  const others = paths.filter((each) => !files.has(textOf(mapOf(each)['path'])));
  const variables = ours.flatMap(({ content }) => readEnvFile(textOf(content)));
  return {
    ...rest,
    ...(others.length > 0 && { env_file: others }),
    environment: { ...Object.fromEntries(variables), ...Object.fromEntries(readEnvironment(environment)) },
  };
}

/** Reads env files as we write them, into text of Compose. */
function readEnvFile(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^([^="]+)="((?:[^"\\]|\\.)*)"$/gm)].map(([, name = '', value = '']) => [name, unescape(value)] as const);
}

const escapes: ValueObject = { n: '\n', r: '\r', $: '$$' };

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, escaped: string) => textOf(memberOf(escapes, escaped) ?? escaped));
}

function reportBeside(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const paths = objects.flatMap((object) => {
    const entry = entryOf(object);
    return entry?.section === 'files' && entry.name.startsWith('files/') ? [entry.name] : [];
  });
  if (paths.length === 0) return [];
  const detail = `${paths.toSorted(compareText).join(', ')} lie${paths.length === 1 ? 's' : ''} beside the project and cannot stand in it. Give \`--out FOLDER\`: the files are written there.`;
  return [diagnose('T4127', { detail })];
}

function mapEach(map: ValueObject, change: (value: Value) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function unlessEmpty(name: string, members: ValueObject): ValueObject {
  return Object.keys(members).length > 0 ? { [name]: members } : {};
}
