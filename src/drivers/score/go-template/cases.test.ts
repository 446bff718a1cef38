import { describe, expect, it } from 'vitest';
import { accessCases } from './cases/access.ts';
import { branchesCases } from './cases/branches.ts';
import { datesCases } from './cases/dates.ts';
import { defaultsCases } from './cases/defaults.ts';
import { dictsCases } from './cases/dicts.ts';
import { encodingCases } from './cases/encoding.ts';
import { faultyCallsCases } from './cases/faulty-calls.ts';
import { faultySyntaxCases } from './cases/faulty-syntax.ts';
import { fieldsCases } from './cases/fields.ts';
import { jsonCases } from './cases/json.ts';
import { listsCases } from './cases/lists.ts';
import { literalsCases } from './cases/literals.ts';
import { logicCases } from './cases/logic.ts';
import { loopsCases } from './cases/loops.ts';
import { manifestsCases } from './cases/manifests.ts';
import { mathCases } from './cases/math.ts';
import { pathsCases } from './cases/paths.ts';
import { patternsCases } from './cases/patterns.ts';
import { pipelinesCases } from './cases/pipelines.ts';
import { printingCases } from './cases/printing.ts';
import { reflectionCases } from './cases/reflection.ts';
import { stringListsCases } from './cases/string-lists.ts';
import { stringsCases } from './cases/strings.ts';
import { templatesCases } from './cases/templates.ts';
import { textCases } from './cases/text.ts';
import { urlsCases } from './cases/urls.ts';
import { variablesCases } from './cases/variables.ts';
import { versionsCases } from './cases/versions.ts';
import type { TemplateCase } from './cases/case.ts';
import { listFunctionNames, withheldNames } from './functions.ts';
import { renderText } from './test-support.ts';

const tables: Readonly<Record<string, readonly TemplateCase[]>> = {
  'index, slice and len': accessCases,
  'if and with': branchesCases,
  dates: datesCases,
  defaults: defaultsCases,
  maps: dictsCases,
  encoding: encodingCases,
  'calls that fail': faultyCallsCases,
  'templates that cannot be read': faultySyntaxCases,
  fields: fieldsCases,
  JSON: jsonCases,
  lists: listsCases,
  literals: literalsCases,
  'logic and comparisons': logicCases,
  range: loopsCases,
  'templates of provisioner files': manifestsCases,
  math: mathCases,
  paths: pathsCases,
  'regular expressions': patternsCases,
  pipelines: pipelinesCases,
  'print, printf and escapes': printingCases,
  reflection: reflectionCases,
  'texts and lists of texts': stringListsCases,
  strings: stringsCases,
  templates: templatesCases,
  'text, trim markers and comments': textCases,
  URLs: urlsCases,
  variables: variablesCases,
  'semantic versions': versionsCases,
};

function expected(each: TemplateCase): string {
  return 'gives' in each ? each.gives : `fails at ${each.fails}`;
}

describe.each(Object.entries(tables))('templates as documented: %s', (_name, cases) => {
  it.each(cases.map((each) => [each.text, each] as const))('renders %j', (text, each) => {
    expect(renderText(text, each.data ?? null)).toBe(expected(each));
  });
});

it('has at least 300 cases', () => {
  expect(Object.values(tables).flat().length).toBeGreaterThanOrEqual(300);
});

it('has a case of each function but those that are withheld or draw by chance', () => {
  const texts = Object.values(tables)
    .flatMap((cases) => cases.map(({ text }) => text))
    .join('\n');
  const used = new Set(texts.match(/(?<![\w.])[A-Za-z]\w*/g));
  const rare = /^(?:rand[A-Z].*|shuffle|uuidv4)$/;
  expect(listFunctionNames().filter((name) => !used.has(name) && !rare.test(name) && !withheldNames.includes(name))).toEqual([]);
});
