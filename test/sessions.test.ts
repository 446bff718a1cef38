import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../src/main/connect.ts';
import { parseSession, playSession, type World } from './support/session.ts';

const root = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'sessions');
const stories = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'tutti-session-'));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

/** The API in this very process, its data in a folder of the session. */
function inProcess(): World {
  const env = { TUTTI_DATA_DIR: join(cwd, '.tutti') };
  const { signal } = new AbortController();
  const options = { cwd, env, version: '0.0.0', signal, note: () => undefined };
  return { env, signal, version: '0.0.0', connect: (request) => connect(request, options) };
}

describe('in the process', () => {
  test.each(stories)(
    'the session %s prints what it says',
    async (story) => {
      const steps = parseSession(await readFile(join(folder, story), 'utf8'));
      const mismatches = await playSession({ steps, folder: cwd, root, world: inProcess() });
      expect(mismatches).toEqual([]);
    },
    180_000,
  );
});
