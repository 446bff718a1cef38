import { TemplateFault } from './fault.ts';
import type { ParsedTemplate } from './parse-template.ts';
import { describeFault, type TemplateOutcome } from './problem.ts';
import { defaultBudget, type Run, type TemplateSurroundings } from './run/run.ts';
import { showText } from './values/bytes.ts';
import { wrapValue, type GoValue } from './values/incoming.ts';

/**
 * Renders a template with data.
 * Rule: the same template, data and surroundings give the same text; it ends within its budget; it never throws and never changes the data.
 * Shape: a template and plain data in, a text out or where it went wrong.
 * Source: https://pkg.go.dev/text/template, https://masterminds.github.io/sprig/
 */
export function renderTemplate(template: ParsedTemplate, data: GoValue, surroundings: TemplateSurroundings): TemplateOutcome<string> {
  const run = startRun(template, surroundings);
  try {
    const root = wrapValue(data, new Map()) ?? undefined;
    template.execute(run, root, [root]);
    return { value: showText(run.out) };
  } catch (error) {
    if (error instanceof TemplateFault) return { problem: describeFault(error, template.text, { at: run.at, near: run.near }) };
    // Depths are limited, but the stack may be short already where this is called.
    if (error instanceof RangeError) return { problem: describeFault(tooDeep, template.text, { at: run.at }) };
    throw error;
  }
}

const tooDeep = new TemplateFault('more is within each other here than can be worked out');

function startRun({ text }: ParsedTemplate, surroundings: TemplateSurroundings): Run {
  const { stepsMax, sizeBytesMax } = surroundings.budget ?? defaultBudget;
  return {
    stepsLeft: stepsMax,
    sizeBytesMax,
    out: '',
    outBytes: 0,
    depth: 0,
    at: 0,
    near: undefined,
    draws: new Map(),
    text,
    surroundings,
  };
}
