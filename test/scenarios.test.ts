import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  builtinPlatform,
  checkPlatform,
  graphToText,
  hasErrors,
  locate,
  mergePlatforms,
  printDocuments,
  readPlatform,
  readScore,
  renderDiagnostic,
  showValue,
  type Diagnostic,
  type Outcome,
  type Platform,
} from '../src/core/index.ts';
import { renderFiles } from '../src/engine/index.ts';
import { drivers, loadKnownParts, loadPatcher, targets } from '../src/main/parts.ts';

/**
 * Golden scenarios: a folder says in its name what is shown. `*.score.yaml` and `platform.yaml` go in, with the
 * environment types of `environments.txt`, one a line, and the values of `values.txt`; `expected/` is what comes out. `npx vitest run test/scenarios.test.ts -u` writes it
 * anew: read the difference.
 */
const root = join(import.meta.dirname, 'scenarios');

interface Scenario {
  readonly folder: string;
  readonly texts: readonly { readonly file: string; readonly text: string }[];
}

function load(name: string): Scenario {
  const folder = join(root, name);
  const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile());
  return { folder, texts: files.map(({ name: file }) => ({ file, text: readFileSync(join(folder, file), 'utf8') })) };
}

function linesOf({ texts }: Scenario, file: string): readonly string[] {
  const text = texts.find((each) => each.file === file)?.text ?? '';
  return text.split('\n').filter((line) => line !== '');
}

async function readScenarioPlatform({ texts }: Scenario): Promise<Outcome<Platform>> {
  const configured = readPlatform(texts.filter(({ file }) => file === 'platform.yaml'));
  if (!configured.value) return { diagnostics: configured.diagnostics };
  const platform = mergePlatforms(configured.value, builtinPlatform());
  const diagnostics = [...configured.diagnostics, ...checkPlatform(platform, await loadKnownParts(platform))];
  return hasErrors(diagnostics) ? { diagnostics } : { value: platform, diagnostics };
}

function derive(parts: readonly string[]): string {
  return createHmac('sha256', 'scenarios').update(JSON.stringify(parts)).digest('hex');
}

async function play(scenario: Scenario, environmentType: string): Promise<Readonly<Record<string, string>>> {
  const platform = await readScenarioPlatform(scenario);
  const workloads = readScore(scenario.texts.filter(({ file }) => file.endsWith('.score.yaml')));
  const diagnostics = [...platform.diagnostics, ...workloads.diagnostics];
  if (!platform.value || !workloads.value) return { diagnostics: show(diagnostics, scenario) };
  const rendered = await renderFiles(
    { drivers, targets, patcher: loadPatcher },
    {
      project: 'demo',
      environment: environmentType,
      environmentType,
      platform: platform.value,
      workloads: workloads.value.map((declared) => ({ declared })),
      values: Object.fromEntries(linesOf(scenario, 'values.txt').map((line) => line.split('=', 2))),
      seeds: { newSeed: derive, hash: (text) => derive(['hash', text]) },
      now: '2026-01-02T03:04:05.000Z',
      signal: new AbortController().signal,
    },
  );
  const all = show([...diagnostics, ...rendered.diagnostics], scenario);
  if (!rendered.value) return { diagnostics: all };
  return {
    ...(all !== '' && { diagnostics: all }),
    graph: `${graphToText(rendered.value.graph)}\n`,
    manifests: printDocuments(rendered.value.objects.map((object) => showValue(object.body))),
  };
}

function show(diagnostics: readonly Diagnostic[], { texts }: Scenario): string {
  return locate(diagnostics, texts)
    .map((each) => `${renderDiagnostic(each, texts.find(({ file }) => file === each.source?.file)?.text).trimEnd()}\n`)
    .join('\n');
}

describe('the scenario', () => {
  const names = readdirSync(root, { withFileTypes: true }).filter((each) => each.isDirectory());

  it.each(names.map((each) => each.name))('%s', async (name) => {
    const scenario = load(name);
    for (const type of linesOf(scenario, 'environments.txt')) {
      const results = await play(scenario, type);
      expect(results).toEqual(await play(scenario, type));
      for (const [kind, text] of Object.entries(results)) {
        const ending = kind === 'manifests' ? 'yaml' : 'txt';
        await expect(text).toMatchFileSnapshot(join(scenario.folder, 'expected', `${type}.${kind}.${ending}`));
      }
    }
  });
});
