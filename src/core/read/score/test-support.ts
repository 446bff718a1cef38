import { renderDiagnostic } from '../../diagnostics/render.ts';
import { locate } from '../locate.ts';
import { readScore, type ReadScoreOptions } from './score.ts';

/** What a person sees who gives this file. */
export function show(text: string, options: ReadScoreOptions = {}): string {
  const source = { file: 'score.yaml', text };
  return `\n${locate(readScore([source], options).diagnostics, [source])
    .map((each) => renderDiagnostic(each, text))
    .join('\n')}\n`;
}

export const head = 'apiVersion: score.dev/v1b1\nmetadata:\n  name: shop\n';

/** A file whose only container has these lines. */
export function inContainer(...lines: readonly string[]): string {
  return `${head}containers:\n  web:\n    image: nginx\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

export function atTop(...lines: readonly string[]): string {
  return `${head}containers: {web: {image: nginx}}\n${lines.join('\n')}\n`;
}
