import { parseTemplate } from './parse-template.ts';
import type { TemplateOutcome } from './problem.ts';
import { renderTemplate } from './render-template.ts';
import type { TemplateSurroundings } from './run/run.ts';
import type { GoValue } from './values/incoming.ts';

export const surroundings: TemplateSurroundings = {
  now: '2026-03-04T05:06:07.89Z',
  randomBytes: (name, length) => Uint8Array.from({ length }, (_, index) => (index * 37 + sumOf(name)) % 256),
};

function sumOf(name: string): number {
  return Array.from(name).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_536, 7);
}

/** Reads and renders a template. */
export function renderOnce(text: string, data: GoValue = null, given: Partial<TemplateSurroundings> = {}): TemplateOutcome<string> {
  const parsed = parseTemplate(text, Object.keys(given.functions ?? {}));
  return 'problem' in parsed ? parsed : renderTemplate(parsed.value, data, { ...surroundings, ...given });
}

/** What a template gives, or `fails at line:column` and why. */
export function renderText(text: string, data: GoValue = null, given: Partial<TemplateSurroundings> = {}): string {
  const outcome = renderOnce(text, data, given);
  if ('value' in outcome) return outcome.value;
  const { line, column, message } = outcome.problem;
  return `fails at ${line}:${column} ${message}`;
}
