export { parseTemplate, type ParsedTemplate } from './parse-template.ts';
export type { TemplateOutcome, TemplateProblem } from './problem.ts';
export { renderTemplate } from './render-template.ts';
export type { TemplateBudget, TemplateFunction, TemplateSurroundings } from './run/run.ts';
export { floatOf, structOf, type GoValue } from './values/incoming.ts';
