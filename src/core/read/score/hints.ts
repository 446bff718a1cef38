import type { ShapeProblem } from '../shape.ts';
import { labelPattern } from './schema.ts';

/** Says what helps with the mistakes that are often made in Score files. */
export function hintScore(problem: ShapeProblem): string | undefined {
  switch (problem.code) {
    case 'T1103':
      return hintKey(problem);
    case 'T1105':
      return hintType(problem);
    case 'T1107':
      return hintForm(problem);
    default:
      return undefined;
  }
}

/** Keys of other formats, and what Score has instead. */
const foreignContainerKeys = new Map([
  ['env', 'Score calls them `variables`.'],
  ['environment', 'Score calls them `variables`.'],
  ['entrypoint', 'Score calls it `command`.'],
  ['ports', 'Ports stand in `service.ports`, for the whole workload.'],
  ['volumeMounts', 'Score calls them `volumes`.'],
  ['depends_on', 'Score says it the other way round: the container that comes first has `before`.'],
  ['healthcheck', 'Score has `livenessProbe` and `readinessProbe`.'],
  ['startupProbe', 'Score has `livenessProbe` and `readinessProbe` only.'],
  ['build', 'Score names an image only; write `image: .` and give it when deploying.'],
]);

const foreignKeys = new Map([
  ['replicas', 'Score does not say how many; the environment does.'],
  ['read_only', 'Score calls it `readOnly`.'],
  ['kind', 'A Score file has no kind.'],
]);

function hintKey({ path }: ShapeProblem): string | undefined {
  const key = String(path.at(-1));
  const isInContainer = path[0] === 'containers' && path.length === 3;
  if (path.length === 1 && key.startsWith('x-')) return 'Score has no extensions; keys of your own can stand under `metadata`.';
  return (isInContainer ? foreignContainerKeys.get(key) : undefined) ?? foreignKeys.get(key);
}

function hintType({ path, input, written }: ShapeProblem): string | undefined {
  const key = String(path.at(-1));
  if (typeof input === 'number') return hintNumber(key, written);
  if (typeof input === 'string') return key === 'command' || key === 'args' ? hintWords(key, input) : undefined;
  return Array.isArray(input) ? listHints.get(key) : undefined;
}

function hintNumber(key: string, written: string): string | undefined {
  if (key === 'cpu' && written.startsWith('.')) return `Put it in quotes, with a digit before the point: cpu: "0${written}".`;
  return key === 'mode' ? 'A mode is text; put it in quotes: mode: "0644".' : undefined;
}

/** What is no list in Score, but is one elsewhere. */
const listHints = new Map([
  ['content', 'Write the lines as one text: content: |.'],
  ['variables', 'Variables are a map from names to text: variables: {NAME: "value"}.'],
  ['ports', 'Ports are a map from names to ports: ports: {web: {port: 8080}}.'],
  ['containers', 'Write the name of each as its key.'],
  ['resources', 'Write the name of each as its key.'],
]);

function hintWords(key: string, text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  if (text.length > 60 || /["'$|&;<>]/.test(text)) return `Write a list; for a line of shell: ${key}: ["sh", "-c", "…"].`;
  return `Write each word as an item of a list: ${key}: [${words.map((word) => JSON.stringify(word)).join(', ')}].`;
}

function hintForm({ path, input }: ShapeProblem): string | undefined {
  if (typeof input !== 'string') return undefined;
  const key = path.at(-1);
  if (key === 'memory') return hintMemory(input);
  if (key === 'cpu') return /^\.\d+$/.test(input) ? `Did you mean "0${input}"?` : undefined;
  return isLabel(path) ? hintLabel(input) : undefined;
}

const memoryForms = /^([1-9]\d*(?:\.\d+)?|0\.\d+)\s*([kmgtpe])(i?)b?$/i;

function hintMemory(input: string): string | undefined {
  const parts = memoryForms.exec(input.trim());
  if (!parts) return undefined;
  const [, amount = '', unit = '', binary = ''] = parts;
  return `Did you mean "${amount}${unit.toUpperCase()}${binary.toLowerCase()}"?`;
}

function isLabel(path: readonly (string | number)[]): boolean {
  const [top, second] = path;
  if (top === 'metadata') return second === 'name' && path.length === 2;
  if (top === 'service') return second === 'ports' && path.length === 3;
  if (top === 'containers') return path.length === 2 || (path[2] === 'before' && path.length === 4);
  return top === 'resources' && path.length === 2;
}

function hintLabel(input: string): string | undefined {
  if (input.length === 1) return 'One character is too short.';
  if (input.length > 63) return `It has ${input.length} characters.`;
  const label = input
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return labelPattern.test(label) ? `Did you mean "${label}"?` : undefined;
}
