import type { Json, JsonObject, Platform, ResourceDefinition, ResourceType } from '../../src/core/index.ts';

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}

function listManifests({ inputs }: ResourceDefinition): readonly JsonObject[] {
  const { manifests } = inputs;
  return Array.isArray(manifests) ? manifests.filter(isMap) : [];
}

/** The tables of `docs/default-platform.md`: what each type takes and gives, and what is made of it. */
function describePlatform(platform: Platform): string {
  const contracts = platform.resourceTypes.map((type) => `| \`${type.name}\` | ${describeContract(type).join(' | ')} |`);
  const made = platform.resourceTypes.flatMap((type) => describeMade(type, platform) ?? []);
  return [
    '## What a need takes and gives',
    [
      '| Type | What it is | Params | Outputs (secret ones in *italics*) | Kept when no longer needed |',
      '|---|---|---|---|---|',
      ...contracts,
    ].join('\n'),
    '## What is made of it',
    ['| Type | In Kubernetes | In Compose | Image |', '|---|---|---|---|', ...made].join('\n'),
  ].join('\n\n');
}

function describeContract({ description = '', params, outputs, isStateful }: ResourceType): readonly string[] {
  const required = mapOf(params)['required'];
  const given = Object.keys(mapOf(mapOf(params)['properties'])).map((name) => {
    const isRequired = Array.isArray(required) && required.includes(name);
    return `\`${name}\`${isRequired ? ' (required)' : ''}`;
  });
  const offered = Object.entries(mapOf(mapOf(outputs)['properties'])).map(([name, schema]) =>
    mapOf(schema)['writeOnly'] === true ? `*${name}*` : `\`${name}\``,
  );
  return [description, given.join(', '), offered.join(', '), isStateful ? 'yes' : ''];
}

function describeMade({ name }: ResourceType, { definitions }: Platform): string | undefined {
  const own = definitions.filter((definition) => definition.type === name);
  const compose = own.find(({ match }) => match.some(({ format }) => format === 'compose'));
  const kubernetes = own.find(({ match }) => match.some(({ format }) => format === 'kubernetes'));
  if (own.length === 0) return undefined;
  if (own.length === 1 && !compose && !kubernetes) return `| \`${name}\` | nothing: only a name | the same | |`;
  const images = new Set([...(compose ? [compose] : []), ...(kubernetes ? [kubernetes] : [])].flatMap(listImages));
  return `| \`${name}\` | ${describeObjects(kubernetes)} | ${describeFragments(compose)} | ${[...images].map((image) => `\`${image}\``).join(', ')} |`;
}

function describeObjects(definition: ResourceDefinition | undefined): string {
  if (!definition) return '–';
  return listManifests(definition)
    .flatMap(({ kind }) => (typeof kind === 'string' ? [kind] : []))
    .join(', ');
}

const sections: Readonly<Record<string, string>> = { services: 'a service', volumes: 'a volume', configs: 'its configuration' };

function describeFragments(definition: ResourceDefinition | undefined): string {
  if (!definition) return '–';
  const parts = listManifests(definition).flatMap((fragment) => Object.keys(sections).filter((name) => name in fragment));
  const [along] = definition.coProvision;
  const brought = along ? [`brings \`${along.type}\` along`] : [];
  return [...parts.map((name) => sections[name] ?? name), ...brought].join(', ') || 'nothing, and a warning that says so';
}

function listImages(definition: ResourceDefinition): readonly string[] {
  const found: string[] = [];
  collectImages(listManifests(definition), found);
  return found;
}

function collectImages(value: Json | readonly Json[], found: string[]): void {
  if (Array.isArray(value)) for (const each of value) collectImages(each, found);
  if (!isMap(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'image' && typeof each === 'string') found.push(each);
    else collectImages(each, found);
  }
}

const begin = '<!-- tables: made by test/default-platform -->';
const end = '<!-- end of tables -->';

/** The page with its tables made anew. */
export function replaceTables(page: string, platform: Platform): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/default-platform.md lacks the marks of the tables');
  return `${page.slice(0, from)}${begin}\n\n${describePlatform(platform)}\n\n${page.slice(to)}`;
}
