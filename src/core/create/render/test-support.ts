import { expect } from 'vitest';
import { listProblems, renderAll, type TestInput } from '../test-support.ts';

export function score(containers: string, rest = '', metadata = 'name: web'): string {
  return `apiVersion: score.dev/v1b1\nmetadata: {${metadata}}\ncontainers:\n${containers}${rest}`;
}

export const main = '  main: {image: x}\n';

/** A path into plain data. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('/')) {
    found = typeof found === 'object' && found !== null ? Object.entries(found).find(([key]) => key === step)?.[1] : undefined;
  }
  return found;
}

export function render(text: string, rest: Omit<TestInput, 'score'> = {}) {
  return renderAll({ score: text, ...rest });
}

export function expectSound(text: string, rest: Omit<TestInput, 'score'> = {}) {
  const rendering = render(text, rest);
  expect(listProblems(rendering)).toEqual([]);
  return rendering;
}

export const podPath = 'spec/template/spec';
