import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeHost } from '../test-support.ts';
import { loadPlatform } from './platform.ts';
import { loadOwnSources, loadSources } from './sources.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tutti-sources-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content);
  }
}

function world(cwd = join(root, 'work'), stdin = '') {
  return { host: makeHost({ cwd, stdin }), sources: new Map<string, string>(), options: { texts: {}, switches: new Set<string>() } };
}

function withFile(source: string): string {
  return `apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers:\n  main:\n    image: x\n    files:\n      /a: {source: ${source}}\n`;
}

describe('Score files', () => {
  test('of a folder are those named so, at any depth, sorted', async () => {
    await write({
      'work/b.score.yaml': 'b',
      'work/a/score.yaml': 'a',
      'work/values.yaml': 'no',
      'work/.hidden/score.yaml': 'no',
      'work/node_modules/score.yaml': 'no',
    });
    const loaded = await loadSources(['.'], world());
    expect(loaded.value?.map(({ file }) => file)).toEqual(['a/score.yaml', 'b.score.yaml']);
  });

  test("where nothing is named are the current folder's own, and there may be none", async () => {
    await write({ 'work/b.score.yaml': 'b', 'work/a/score.yaml': 'a' });
    expect((await loadSources([], world())).value?.map(({ file }) => file)).toEqual(['b.score.yaml']);
    await rm(join(root, 'work/b.score.yaml'));
    expect((await loadSources([], world())).diagnostics[0]?.code).toBe('T9006');
    expect((await loadOwnSources(world())).value).toEqual([]);
  });

  test('named twice are read once', async () => {
    await write({ 'work/score.yaml': 'a' });
    const loaded = await loadSources(['score.yaml', '.', './score.yaml'], world());
    expect(loaded.value).toEqual([{ file: 'score.yaml', text: 'a' }]);
  });

  test('come from standard input, too', async () => {
    await write({ 'work/x': '' });
    const facts = world(undefined, 'text');
    expect((await loadSources(['-'], facts)).value).toEqual([{ file: '<stdin>', text: 'text' }]);
    expect(facts.sources.get('<stdin>')).toBe('text');
  });

  test('that are absent, folders without any, and bytes that are no text are told of all at once', async () => {
    await write({ 'work/empty/x.txt': '', 'work/bad.yaml': new Uint8Array([0xff, 0xc0]) });
    const { value, diagnostics } = await loadSources(['gone.yaml', 'empty', 'bad.yaml'], world());
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code).toSorted()).toEqual(['T1001', 'T9005', 'T9006']);
    expect(diagnostics.find(({ code }) => code === 'T1001')?.source?.file).toBe('bad.yaml');
  });
});

describe('files that a Score file names', () => {
  test('are carried along by their path from the Score file', async () => {
    await write({ 'work/app/score.yaml': withFile('conf/a.bin'), 'work/app/conf/a.bin': new Uint8Array([0, 255]) });
    const loaded = await loadSources(['app'], world());
    expect(loaded.value?.[0]?.attachments).toEqual({ 'conf/a.bin': { base64: 'AP8=' } });
  });

  test('outside the folder are not read; reading says so at their place', async () => {
    await write({ 'work/score.yaml': withFile('../secret'), secret: 'x' });
    const loaded = await loadSources(['score.yaml'], world());
    expect(loaded).toEqual({ value: [{ file: 'score.yaml', text: withFile('../secret') }], diagnostics: [] });
  });

  test('that lead out of the folder by a link are refused, also behind a linked folder', async () => {
    await write({ 'work/score.yaml': withFile('link'), 'work/deep/score.yaml': withFile('dir/secret'), 'out/secret': 'x' });
    await symlink(join(root, 'out/secret'), join(root, 'work/link'));
    await symlink(join(root, 'out'), join(root, 'work/deep/dir'));
    const loaded = await loadSources(['.'], world());
    expect(loaded.diagnostics.map(({ code, detail, source }) => `${code} ${source?.file}:${source?.start.line} ${detail}`)).toEqual([
      'T9007 deep/score.yaml:7 "deep/dir/secret" leads out of the folder of the Score file.',
      'T9007 score.yaml:7 "link" leads out of the folder of the Score file.',
    ]);
  });

  test('may be links within the folder', async () => {
    await write({ 'work/score.yaml': withFile('link'), 'work/real': 'x' });
    await symlink('real', join(root, 'work/link'));
    expect((await loadSources(['.'], world())).value?.[0]?.attachments).toEqual({ link: { base64: 'eA==' } });
  });
});

describe('a platform folder', () => {
  test('gives all YAML files, sorted', async () => {
    await write({ 'work/platform/b.yml': 'b', 'work/platform/a/c.yaml': 'c', 'work/platform/README.md': '' });
    const loaded = await loadPlatform('platform', world());
    expect(loaded.value).toEqual([
      { file: 'platform/a/c.yaml', text: 'c' },
      { file: 'platform/b.yml', text: 'b' },
    ]);
  });

  test('with a link out of it, without files, or that is none, is an error', async () => {
    await write({ 'work/empty/x.txt': '', 'work/linked/a.yaml': 'a', 'secret.yaml': 'x' });
    await symlink(join(root, 'secret.yaml'), join(root, 'work/linked/s.yaml'));
    const codes = async (folder: string) => (await loadPlatform(folder, world())).diagnostics.map(({ code }) => code);
    expect(await codes('empty')).toEqual(['T9015']);
    expect(await codes('linked')).toEqual(['T9007']);
    expect(await codes('gone')).toEqual(['T9005']);
    expect(await codes('linked/a.yaml')).toEqual(['T9005']);
  });
});
