import type * as z from 'zod';
import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { compareText } from '../../model/compare.ts';
import { digestOf } from '../../model/digest.ts';
import type {
  EnvironmentType,
  PatchTemplate,
  Platform,
  ProjectDocument,
  ResourceDefinition,
  ResourceType,
  SecretStoreDocument,
  TargetDocument,
  Tier,
  WorkloadProfile,
} from '../../model/platform.ts';
import type { Json } from '../../model/value.ts';
import { parseShape } from '../shape.ts';
import { isJsonObject } from '../yaml-json.ts';
import { parseYaml, type YamlDocument } from '../yaml.ts';
import * as build from './build.ts';
import { checkBrokenDefinition, checkDefinition, checkProfile, checkResourceType, checkTarget } from './check-document.ts';
import { readProvisioners } from './read-provisioners.ts';
import * as schema from './schema.ts';

export interface PlatformFile {
  readonly file: string;
  readonly text: string;
}

interface Gathered {
  readonly tier: Tier;
  readonly diagnostics: Diagnostic[];
  readonly resourceTypes: ResourceType[];
  readonly definitions: ResourceDefinition[];
  /** Those of Score provisioner files, in their order. */
  readonly provisioners: ResourceDefinition[];
  readonly profiles: WorkloadProfile[];
  readonly environmentTypes: EnvironmentType[];
  readonly projects: ProjectDocument[];
  readonly targets: TargetDocument[];
  readonly secretStores: SecretStoreDocument[];
  readonly patchTemplates: PatchTemplate[];
}

/**
 * Reads platform configuration (domain.md §2).
 * Rule: all problems of all files are reported, each at its place; nothing depends on the order of the files, but that the entries of Score
 * provisioner files match in the order of their names.
 * Shape: texts in; documents by kind, sorted by name, and a digest out.
 * Reports: T1001–T1499 for YAML and shapes, T1501–T1515, T3101–T3103, T4201.
 */
export function readPlatform(files: readonly PlatformFile[], tier: Tier = 'configured'): Outcome<Platform> {
  const gathered: Gathered = {
    tier,
    diagnostics: [],
    resourceTypes: [],
    definitions: [],
    provisioners: [],
    profiles: [],
    environmentTypes: [],
    projects: [],
    targets: [],
    secretStores: [],
    patchTemplates: [],
  };
  for (const { file, text } of files.toSorted((left, right) => compareText(left.file, right.file))) {
    if (file.endsWith('.provisioners.yaml'))
      readProvisioners(file, text, { definitions: gathered.provisioners, diagnostics: gathered.diagnostics });
    else if (file.endsWith('.tpl')) gathered.patchTemplates.push(readPatchTemplate(file, text));
    else readFile(file, text, gathered);
  }
  return settle(assemble(gathered), gathered.diagnostics);
}

/** Which tool a patch template was written for shows in what it looks at. */
function readPatchTemplate(file: string, text: string): PatchTemplate {
  const [isKubernetes, isCompose] = [/\.Manifests\b/.test(text), /\.Compose\b/.test(text)];
  const format = isKubernetes === isCompose ? undefined : isKubernetes ? ('kubernetes' as const) : ('compose' as const);
  const place: Place = { file, document: 0, path: [] };
  return { name: file, file, text, place, digest: digestOf([file, text]), ...(format && { format }) };
}

function readFile(file: string, text: string, gathered: Gathered): void {
  const parsed = parseYaml(file, text);
  gathered.diagnostics.push(...parsed.diagnostics);
  for (const document of parsed.value ?? []) if (document.value !== null) readDocument(document, gathered);
}

type Reader = (value: Json, place: Place, gathered: Gathered) => void;

/** A reader for each kind: checks the shape, builds the document, checks what the shape cannot say. */
const readers: Readonly<Record<string, Reader>> = {
  ResourceType: readerOf(schema.resourceTypeSchema, (checked, gathered) => {
    const type = build.buildResourceType(checked);
    gathered.resourceTypes.push(gathered.tier === 'builtin' ? { ...type, isBuiltin: true } : type);
    return checkResourceType(checked.value.spec, checked.place);
  }),
  ResourceDefinition: readerOf(
    schema.definitionSchema,
    (checked, gathered) => {
      const definition = build.buildDefinition(checked, gathered.tier);
      gathered.definitions.push(definition);
      return checkDefinition(definition, checked.value.spec.match);
    },
    checkBrokenDefinition,
  ),
  WorkloadProfile: readerOf(schema.profileSchema, (checked, gathered) => {
    const profile = build.buildProfile(checked, gathered.tier);
    gathered.profiles.push(profile);
    return checkProfile(profile, checked.value.spec.match);
  }),
  EnvironmentType: readerOf(schema.environmentTypeSchema, (checked, gathered) => {
    gathered.environmentTypes.push(build.buildEnvironmentType(checked));
    return [];
  }),
  Project: readerOf(schema.projectSchema, (checked, gathered) => {
    gathered.projects.push(build.buildProject(checked));
    return [];
  }),
  Target: readerOf(schema.targetSchema, (checked, gathered) => {
    const target = build.buildTarget(checked);
    gathered.targets.push(target);
    return checkTarget(target);
  }),
  SecretStore: readerOf(schema.secretStoreSchema, (checked, gathered) => {
    const store = build.buildSecretStore(checked);
    gathered.secretStores.push(store);
    return checkTarget(store);
  }),
};

const laterKinds: readonly string[] = ['Registry', 'Policy'];

function readerOf<T>(
  shape: z.ZodType<T>,
  take: (checked: { readonly value: T; readonly place: Place }, gathered: Gathered) => readonly Diagnostic[],
  salvage: (value: Json, place: Place) => readonly Diagnostic[] = () => [],
): Reader {
  return (value, place, gathered) => {
    const parsed = parseShape(shape, value, { place });
    gathered.diagnostics.push(...parsed.diagnostics);
    const further = parsed.value === undefined ? salvage(value, place) : take({ value: parsed.value, place }, gathered);
    gathered.diagnostics.push(...further);
  };
}

function readDocument({ file, document, value }: YamlDocument, gathered: Gathered): void {
  const place: Place = { file, document, path: [] };
  const kind = isJsonObject(value) ? value['kind'] : undefined;
  const reader = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (reader) return reader(value, place, gathered);
  gathered.diagnostics.push(unknownKind(value, kind, place));
}

function unknownKind(value: Json, kind: Json | undefined, place: Place): Diagnostic {
  const kinds = Object.keys(readers);
  if (typeof kind === 'string' && laterKinds.includes(kind)) {
    return diagnose('T1502', { detail: `${kind} documents are not supported yet.`, place: { ...place, path: ['kind'] } });
  }
  const isScore = isJsonObject(value) && typeof value['apiVersion'] === 'string' && value['apiVersion'].startsWith('score.dev/');
  if (isScore)
    return diagnose('T1501', {
      detail: 'This is a Score file: it describes a workload, and does not belong to the platform configuration.',
      place,
    });
  const given =
    typeof kind === 'string' ? `"${kind}" is no kind of platform document.${didYouMean(kind, kinds)}` : 'The document says no kind.';
  return diagnose('T1501', {
    detail: `${given} Kinds: ${kinds.join(', ')}.`,
    place: { ...place, path: kind === undefined ? [] : ['kind'] },
  });
}

function assemble(gathered: Gathered): Platform {
  const { diagnostics } = gathered;
  const parts = {
    resourceTypes: sortUnique(gathered.resourceTypes, diagnostics),
    definitions: sortUnique([...gathered.definitions, ...gathered.provisioners], diagnostics),
    profiles: sortUnique(gathered.profiles, diagnostics),
    environmentTypes: sortUnique(gathered.environmentTypes, diagnostics),
    projects: sortUnique(gathered.projects, diagnostics),
    targets: sortUnique(gathered.targets, diagnostics),
    secretStores: sortUnique(gathered.secretStores, diagnostics),
    patchTemplates: gathered.patchTemplates,
  };
  return { ...parts, digest: digestPlatform(parts) };
}

/** Over kinds, names and the documents' digests; places play no part. */
export function digestPlatform(parts: Omit<Platform, 'digest'>): string {
  const digests = Object.entries(parts).map(([kind, list]) => [kind, list.map((each) => [each.name, each.digest])] as const);
  return digestOf(Object.fromEntries(digests));
}

interface Named {
  readonly name: string;
  readonly place: Place;
}

function sortUnique<T extends Named>(documents: readonly T[], diagnostics: Diagnostic[]): readonly T[] {
  const byName = new Map<string, T>();
  for (const document of documents) {
    const twin = byName.get(document.name);
    if (twin) {
      diagnostics.push(
        diagnose('T1504', {
          detail: `There are two documents of this kind with the name "${document.name}".`,
          place: { ...document.place, path: ['metadata', 'name'] },
          related: [{ message: 'the other one', place: { ...twin.place, path: ['metadata', 'name'] } }],
        }),
      );
    } else byName.set(document.name, document);
  }
  return [...byName.values()].toSorted((left, right) => compareText(left.name, right.name));
}
