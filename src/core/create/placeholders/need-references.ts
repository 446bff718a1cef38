import type { Json } from '../../model/value.ts';
import { scanPlaceholders } from './scan.ts';

/** The names of the needs that placeholders in a structure refer to; sorted, each once. */
export function listNeedReferences(value: Json): readonly string[] {
  const names = new Set<string>();
  collect(value, names);
  return [...names].toSorted();
}

function collect(value: Json, names: Set<string>): void {
  if (typeof value === 'string') {
    if (value.includes('${')) for (const name of namesIn(value)) names.add(name);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collect(each, names);
  }
}

function namesIn(text: string): readonly string[] {
  return scanPlaceholders(text).flatMap((part) => {
    if (part.kind === 'text') return [];
    const [root, name] = part.path;
    return root === 'resources' && name !== undefined ? [name] : [];
  });
}
