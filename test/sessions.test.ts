import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type ConnectOptions } from '../src/main/connect.ts';
import { openServing } from '../src/main/serve.ts';
import { parseSession, playSession, type World } from './support/session.ts';

const root = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'sessions');
const stories = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
const timeoutMs = 180_000;

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'tutti-session-'));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

function makeOptions(env: ConnectOptions['env']): ConnectOptions {
  return { cwd, env, version: '0.0.0', signal: new AbortController().signal, note: () => undefined };
}

function makeWorld(env: ConnectOptions['env']): World {
  const options = makeOptions(env);
  return { env, signal: options.signal, version: options.version, connect: (request) => connect(request, options) };
}

async function play(story: string, world: World): Promise<void> {
  const steps = parseSession(await readFile(join(folder, story), 'utf8'));
  expect(await playSession({ steps, folder: cwd, root, world })).toEqual([]);
}

test.each(stories)(
  'the session %s prints what it says, the API in the same process',
  (story) => play(story, makeWorld({ TUTTI_DATA_DIR: join(cwd, '.tutti') })),
  timeoutMs,
);

describe('over HTTP', () => {
  test.each(stories)(
    'the session %s prints the same',
    async (story) => {
      const dataDir = join(cwd, '.tutti');
      const serving = await openServing({ listen: '127.0.0.1:0', dataDir }, { ...makeOptions({}), print: () => undefined });
      expect(serving.diagnostics).toEqual([]);
      try {
        const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim();
        await play(story, makeWorld({ TUTTI_SERVER: serving.value?.url, TUTTI_TOKEN: token }));
      } finally {
        await serving.value?.close();
      }
    },
    timeoutMs,
  );
});
