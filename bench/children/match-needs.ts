// 100,000 needs against 1,000 definitions; beside it the floor: the same look-ups in a Map that knows every answer.
import { readPlatform, matchNeed, type Platform } from '../../src/core/index.ts';
import { clock, printNumbers } from '../measure.ts';

const needCount = 100_000;
const definitionCount = 1000;
const typeCount = 20;

const context = { project: 'p', environment: 'e7', environmentType: 'production', target: 'cluster', format: 'kubernetes' } as const;

const platform = readDefinitions();
const needs = Array.from({ length: needCount }, (_, index) => ({
  type: `type${index % typeCount}`,
  class: 'default',
  id: `w${index}.need`,
}));

const match = await clock(() => needs.map((need) => matchNeed(platform, context, need).value?.name));
const warm = await clock(() => needs.map((need) => matchNeed(platform, context, need).value?.name));
if (match.value.some((name) => name === undefined)) throw new Error('a need was left without an answer');
const answers = new Map(needs.map((need, index) => [`${need.type}\n${need.class}\n${need.id}`, match.value[index]]));
const floor = await clock(() => needs.map((need) => answers.get(`${need.type}\n${need.class}\n${need.id}`)));
printNumbers({ match: match.ms, warm: warm.ms, floor: floor.ms, found: new Set(floor.value).size });

/** Fifty definitions a type, from one for all environments to one for a single resource. */
function readDefinitions(): Platform {
  const text = Array.from({ length: definitionCount }, (_, index) => writeDefinition(index)).join('---\n');
  const { value, diagnostics } = readPlatform([{ file: 'platform.yaml', text: `${writeTypes()}---\n${text}` }]);
  if (!value) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return value;
}

function writeTypes(): string {
  return Array.from(
    { length: typeCount },
    (_, index) => `apiVersion: tutti.dev/v1\nkind: ResourceType\nmetadata: {name: type${index}}\nspec: {stateful: false}\n`,
  ).join('---\n');
}

function writeDefinition(index: number): string {
  const number = Math.floor(index / typeCount);
  const criterion = writeCriterion(number);
  return `apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: definition${index}}
spec:
  type: type${index % typeCount}
  driver: static
  inputs: {outputs: {host: h${index}}}
  match: [${criterion}]
`;
}

function writeCriterion(number: number): string {
  if (number === 0) return '{}';
  if (number % 3 === 0) return `{environment: e${number}}`;
  return number % 3 === 1 ? `{environmentType: t${number}, project: p}` : `{resource: w${number}.need}`;
}
