import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSecretName, readPlatform, type Format, type Value } from '../../src/core/index.ts';
import { renderCase, scoreFor } from './support.ts';

const folder = new URL('../../../shared/corpus/score/provisioners/', import.meta.url);

async function renderDefault(tool: 'kubernetes' | 'compose', format: Format) {
  const file = `${tool}-default.provisioners.yaml`;
  const text = readFileSync(new URL(file, folder), 'utf8');
  const definitions = readPlatform([{ file, text }]).value?.definitions ?? [];
  const result = await renderCase({ score: scoreFor(definitions), platform: [{ file, text }], format, values: { KEY: 'value' } });
  return { ...result, definitions };
}

const tools = ['kubernetes', 'compose'] as const;

/** Where the public files are not there, this is said, and they are passed by. */
function isThere(): boolean {
  if (existsSync(folder)) return true;
  process.stderr.write('The corpus is not there: the default provisioner files were not run.\n');
  return false;
}

describe('the default provisioner file of the tool', () => {
  it.each(tools)('for %s runs whole', async (tool) => {
    if (!isThere()) return;
    const { rendered, diagnostics, definitions } = await renderDefault(tool, tool);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const { type, inputs } of definitions) {
      const node = [...(rendered?.nodes ?? [])].find(([uid]) => uid === `${type}.default#web.${type}`);
      if (!node) continue;
      const expected = Array.isArray(inputs['expected_outputs']) ? inputs['expected_outputs'] : [];
      expect(Object.keys(node[1].outputs)).toEqual(expect.arrayContaining(expected));
    }
    expect(rendered?.objects.length).toBeGreaterThan(20);
  });

  it.each(tools)('for %s leaves no password in plain text', async (tool) => {
    if (!isThere()) return;
    const { rendered } = await renderDefault(tool, tool);
    const outputs = [...(rendered?.nodes.values() ?? [])].map((node) => node.outputs);
    expect(listPlain(outputs)).toEqual([]);
    const secrets = (rendered?.objects ?? []).filter(({ body }) => body['kind'] === 'Secret');
    for (const { body } of secrets) expect(listTexts(body['data'] ?? {})).toEqual([]);
  });

  it.each(tools)('for %s gives the same again', async (tool) => {
    if (!isThere()) return;
    const [first, second] = [await renderDefault(tool, tool), await renderDefault(tool, tool)];
    expect(first.rendered?.objects).toEqual(second.rendered?.objects);
  });
});

/** Texts that stand in the open under a key that calls them secret. */
function listPlain(value: Value, key = ''): readonly string[] {
  if (typeof value === 'string') return isSecretName(key) && value !== '' ? [key] : [];
  if (typeof value !== 'object' || value === null || '$tutti' in value) return [];
  return Object.entries(value).flatMap(([name, each]) => listPlain(each, Array.isArray(value) ? key : name));
}

function listTexts(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null && !('$tutti' in value) ? Object.values(value).flatMap(listTexts) : [];
}
