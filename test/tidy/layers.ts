import { dirname, join, normalize } from 'node:path/posix';

import { files, readText } from './repository.ts';

export interface LayerRule {
  readonly imports: readonly string[];
  /** The packages it may import, where the table names some; otherwise any. */
  readonly packages: readonly string[] | undefined;
}

/** The folder of a layer under src: each driver and each target is a layer of its own. */
export function layerOf(file: string): string | undefined {
  return /^src\/((?:drivers|targets)\/[^/]+|[^/]+)\//.exec(file)?.[1];
}

export const sources = files.filter((file) => /^src\/.*\.ts$/.test(file));

export const layers: readonly string[] = [...new Set(sources.map(layerOf))].filter((layer) => layer !== undefined);

/** What others may import of a layer; the server has two. */
export const faces: ReadonlySet<string> = new Set(
  sources.filter((file) => /^src\/((drivers|targets|server)\/)?[^/]+\/index\.ts$/.test(file)),
);

/** The table of ARCHITECTURE.md: what each layer may import. */
export function readLayerTable(): ReadonlyMap<string, LayerRule> {
  const section = readText('ARCHITECTURE.md').split('## Who may import whom')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return new Map(rows.slice(2).flatMap(readRow));
}

function readRow(row: string): readonly (readonly [string, LayerRule])[] {
  const [names = '', imports = '', packages = ''] = row
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
  const named = [...(packages.split(';')[0]?.matchAll(/`([^`]+)`/g) ?? [])].flatMap((match) => match[1] ?? []);
  const rule = { imports: readImports(imports), packages: named.length === 0 ? undefined : named };
  return expandNames(names).map((name) => [name, { ...rule, imports: rule.imports.filter((each) => each !== name) }] as const);
}

function readImports(cell: string): readonly string[] {
  if (cell === 'nothing') return [];
  return cell === 'all' ? layers : expandNames(cell);
}

/** `drivers` stands for each of them. */
function expandNames(cell: string): readonly string[] {
  return cell.split(',').flatMap((each) => {
    const name = each.trim();
    return ['drivers', 'targets'].includes(name) ? layers.filter((layer) => layer.startsWith(`${name}/`)) : [name];
  });
}

/** What a source file imports, as written. */
export function listImports(file: string): readonly string[] {
  const pattern = /^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...readText(file).matchAll(pattern)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);
}

/** The path of an imported file within the repository; undefined for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}
