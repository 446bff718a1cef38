// From Score files in one folder to manifest files in another, by way of the platform in a third where one is named, once, in a process that has just begun.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  builtinPlatform,
  mergePlatforms,
  printDocuments,
  readPlatform,
  readScore,
  showValue,
  splitUid,
  type Platform,
  type RenderedObject,
} from '../../src/core/index.ts';
import { renderFiles } from '../../src/engine/index.ts';
import { clock, printNumbers } from '../measure.ts';
import { drivers, seeds, targets } from '../parts.ts';

const [from = '', to = '', platformFolder] = process.argv.slice(2);

const files = await clock(() => readdirSync(from).map((file) => ({ file, text: readFileSync(join(from, file), 'utf8') })));
const read = await clock(() => readScore(files.value));
const platform = await clock(() => loadPlatform(platformFolder));
const render = await clock(() =>
  renderFiles(
    { drivers, targets, patcher: () => Promise.reject(new Error('there are no patch templates')) },
    {
      project: 'bench',
      environment: 'bench',
      environmentType: 'development',
      platform: platform.value,
      workloads: (read.value.value ?? []).map((declared) => ({ declared })),
      values: {},
      seeds,
      now: '2026-01-02T03:04:05.000Z',
      signal: new AbortController().signal,
    },
  ),
);
const objects = render.value.value?.objects ?? [];
if (objects.length === 0) throw new Error(JSON.stringify([...read.value.diagnostics, ...render.value.diagnostics].slice(0, 3)));
const groups = groupByWorkload(objects);
const print = await clock(() =>
  [...groups].map(([file, group]) => [file, printDocuments(group.map(({ body }) => showValue(body)))] as const),
);
const write = await clock(() => {
  mkdirSync(to, { recursive: true });
  for (const [file, text] of print.value) writeFileSync(join(to, `${file}.yaml`), text);
});
printNumbers({
  readFiles: files.ms,
  parse: read.ms,
  platform: platform.ms,
  render: render.ms,
  print: print.ms,
  write: write.ms,
  fromStart: performance.now(),
  megabytes: process.resourceUsage().maxRSS / 1024,
});

/** The built-in platform, with the files of a folder before it. */
function loadPlatform(folder: string | undefined): Platform {
  if (folder === undefined) return builtinPlatform();
  const configured = readPlatform(readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })));
  if (!configured.value) throw new Error(JSON.stringify(configured.diagnostics));
  return mergePlatforms(configured.value, builtinPlatform());
}

/** One file a workload: its own objects and those of its private resources, whose ids begin with its name. */
function groupByWorkload(all: readonly RenderedObject[]): ReadonlyMap<string, readonly RenderedObject[]> {
  return Map.groupBy(all, ({ node }) => splitUid(node)?.id.split('.')[0] ?? 'loose');
}
