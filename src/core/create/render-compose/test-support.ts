import type { Json } from '../../model/value.ts';
import {
  findBody,
  listProblems,
  renderAll,
  renderForTest,
  spell,
  testContext,
  type TestInput,
  type TestRendering,
} from '../test-support.ts';
import type { ResourceDefinition } from '../../model/platform.ts';
import type { ValueObject } from '../../model/value.ts';

const context = { format: 'compose' } as const;

export function renderProject(text: string | readonly string[], rest: Omit<TestInput, 'score'> = {}): TestRendering {
  return renderAll({ score: text, ...rest, context: { ...rest.context, ...context } });
}

/** The service of a rendering, where nothing is wrong with it. */
export function serviceOf(text: string, name = 'web-main', rest: Omit<TestInput, 'score'> = {}): Record<string, Json> {
  const rendering = renderProject(text, rest);
  const problems = listProblems(rendering).filter((problem) => !problem.startsWith('T4123'));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return Object(Object(findBody(rendering, 'Service', name)).services)[name];
}

/** Fragments of one definition. */
export function renderFragmentsForTest(fragments: readonly ValueObject[], parts: Partial<ResourceDefinition> = {}) {
  return renderForTest(fragments, parts, { ...testContext, ...context });
}

/** What became of fragments: the bodies, secrets in a form that can be compared. */
export function spellFragments(fragments: readonly ValueObject[], parts: Partial<ResourceDefinition> = {}): readonly Json[] {
  const { value, diagnostics } = renderFragmentsForTest(fragments, parts);
  if (!value) throw new Error(listProblems({ diagnostics }).join('\n'));
  return value.map(({ body }) => spell(body));
}
