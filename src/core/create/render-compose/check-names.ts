import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import type { ValueObject } from '../../model/value.ts';
import { isList, mapOf, textOf } from '../render/make-object.ts';
import { entryOf, isComposeKey } from './sections.ts';

/**
 * Checks that no two services of a project answer to one name: a service has its own, and the aliases that it has on networks.
 * Reports: T4126.
 */
export function checkNames(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const [first] = objects;
  if (!first || !isComposeKey(first.key)) return [];
  const services = objects.flatMap(listService);
  const owners = new Map(services.map(({ name, node }) => [name, { service: name, node }]));
  const diagnostics: Diagnostic[] = [];
  for (const { name, node, aliases } of services) {
    for (const alias of aliases) {
      const other = owners.get(alias);
      if (other && other.service !== name) diagnostics.push(reportTwin(alias, { service: name, node }, other));
      else owners.set(alias, { service: name, node });
    }
  }
  return diagnostics;
}

interface Owner {
  readonly service: string;
  readonly node: Uid;
}

function listService(object: RenderedObject) {
  const entry = entryOf(object);
  if (entry?.section !== 'services') return [];
  return [{ name: entry.name, node: object.node, aliases: listAliases(mapOf(entry.value)) }];
}

function listAliases({ networks }: ValueObject): readonly string[] {
  const lists = Object.values(mapOf(networks)).map((network) => mapOf(network)['aliases']);
  return lists.flatMap((aliases) => (isList(aliases) ? aliases.map(textOf) : []));
}

function reportTwin(alias: string, one: Owner, other: Owner): Diagnostic {
  const detail = `The service ${quote(one.service)} of ${one.node} and the service ${quote(other.service)} of ${other.node} both answer to ${quote(alias)}.`;
  return diagnose('T4126', { detail });
}
