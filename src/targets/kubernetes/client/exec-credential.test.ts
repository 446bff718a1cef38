import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../../../core/index.ts';
import { openExec, readCredential, type ExecPolicy } from './exec-credential.ts';
import { renewForLines, renewForSend } from './renew-token.ts';

const version = 'client.authentication.k8s.io/v1';

function answer(status: JsonObject): string {
  return JSON.stringify({ apiVersion: version, kind: 'ExecCredential', status });
}

/** A program that counts its runs, keeps what it saw, and answers with what stands in a file. */
async function makeProgram(text = 'echo run >> "$RUNS"; env > "$SEEN"; echo "$@" > "$ARGS"; cat "$ANSWER"') {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-exec-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  await writeFile(at('get-token'), `#!/bin/sh\n${text}\n`);
  await chmod(at('get-token'), 0o700);
  let time = '2026-01-01T00:00:00Z';
  const policy: ExecPolicy = {
    programs: [at('get-token')],
    variables: { PATH: '/usr/bin:/bin', RUNS: at('runs'), SEEN: at('seen'), ARGS: at('args'), ANSWER: at('answer') },
    settable: ['PROFILE'],
    timeoutMs: 10_000,
    now: () => time,
  };
  return {
    folder,
    path: at('get-token'),
    policy,
    say: (status: JsonObject) => writeFile(at('answer'), answer(status)),
    read: (name: 'runs' | 'seen' | 'args') => readFile(at(name), 'utf8').catch(() => ''),
    setTime: (now: string) => {
      time = now;
    },
  };
}

type Program = Awaited<ReturnType<typeof makeProgram>>;

function open({ folder, path, policy }: Program, exec: JsonObject = {}, allowed: ExecPolicy | undefined = policy) {
  const server = { server: 'https://c', 'certificate-authority-data': 'Y2E=' };
  return openExec({ exec: { apiVersion: version, command: path, ...exec }, folder, home: folder, server }, allowed);
}

async function openTokens(program: Program, exec?: JsonObject) {
  const source = await open(program, exec);
  if ('problem' in source) throw new Error(source.problem);
  return source;
}

describe('a program that gives credentials', () => {
  it('is run once, and its token kept until it expires', async () => {
    const program = await makeProgram();
    await program.say({ token: 'one', expirationTimestamp: '2026-01-01T01:00:00Z' });
    const source = await openTokens(program);
    expect(await Promise.all([source.readToken(), source.readToken()])).toEqual(['one', 'one']);
    await program.say({ token: 'two' });
    program.setTime('2026-01-01T00:59:45Z');
    expect(await Promise.all([source.readToken(), source.readToken()])).toEqual(['two', 'two']);
    expect(await program.read('runs')).toBe('run\nrun\n');
  });

  it('is run again when its token is refused, and only for the token that was', async () => {
    const program = await makeProgram();
    await program.say({ token: 'one' });
    const source = await openTokens(program);
    await program.say({ token: 'two' });
    source.forgetToken('another');
    expect(await source.readToken()).toBe('one');
    source.forgetToken('one');
    expect(await source.readToken()).toBe('two');
  });

  it('sees what it is given and nothing else of the environment', async () => {
    const program = await makeProgram();
    await program.say({ token: 'one' });
    await openTokens(program, { args: ['--cluster', 'a b; date'], env: [{ name: 'PROFILE', value: 'dev' }], provideClusterInfo: true });
    const seen = await program.read('seen');
    expect(seen).toContain('PROFILE=dev');
    expect(seen).not.toContain(`USER=${process.env['USER'] ?? 'nobody'}`);
    expect(seen).not.toContain('NODE_');
    expect(seen).toContain('"interactive":false,"cluster":{"server":"https://c","certificate-authority-data":"Y2E="}');
    expect(await program.read('args')).toBe('--cluster a b; date\n');
  });

  it('may be named without its folder where the operator has allowed one of that name', async () => {
    const program = await makeProgram();
    await program.say({ token: 'one' });
    expect(await (await openTokens(program, { command: 'get-token' })).readToken()).toBe('one');
    expect(await (await openTokens(program, { command: './get-token' })).readToken()).toBe('one');
  });

  it.each([
    ['that nobody has allowed', { command: '/bin/date' }, 'TUTTI_KUBERNETES_EXEC'],
    ['by a path that leads elsewhere', { command: '../get-token' }, 'TUTTI_KUBERNETES_EXEC'],
    ['without a name', { command: '' }, 'TUTTI_KUBERNETES_EXEC'],
    ['with a variable that nobody has allowed', { env: [{ name: 'LD_PRELOAD', value: './evil.so' }] }, '"LD_PRELOAD"'],
    ['of a version that is not known', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }, 'v1alpha1'],
    ['that asks somebody', { interactiveMode: 'Always' }, 'nobody is there'],
  ])('is not run %s', async (_, exec, why) => {
    const program = await makeProgram();
    await program.say({ token: 'one' });
    expect(await open(program, exec)).toEqual({ problem: expect.stringContaining(why) });
    expect(await program.read('runs')).toBe('');
  });

  it('is not run where the operator allows none', async () => {
    const program = await makeProgram();
    const { folder, path } = program;
    const source = await openExec({ exec: { apiVersion: version, command: path }, folder, home: folder, server: {} }, undefined);
    expect(source).toEqual({ problem: expect.stringContaining('TUTTI_KUBERNETES_EXEC') });
    expect(await program.read('runs')).toBe('');
  });

  it.each([
    ['ends with an error', 'echo hunter2 >&2; echo hunter2; exit 3', 'ended with exit code 3'],
    ['writes something else', 'echo hunter2', 'wrote no ExecCredential'],
    ['writes without end', 'while :; do echo hunter2hunter2hunter2hunter2hunter2hunter2hunter2; done', 'wrote too much'],
  ])('is told of where it %s, without what it wrote', async (_, text, why) => {
    const source = await open(await makeProgram(text));
    expect(source).toEqual({ problem: expect.stringContaining(why) });
    expect(JSON.stringify(source)).not.toContain('hunter2');
  });

  it('is ended with all that it has started when it takes too long', async () => {
    const program = await makeProgram('sleep 600 & sleep 600');
    const source = await open(program, {}, { ...program.policy, timeoutMs: 200 });
    expect(source).toEqual({ problem: expect.stringContaining('was not done after 0.2 s') });
  });
});

describe('a credential', () => {
  it.each([
    [{ token: 't' }, { token: 't' }],
    [
      { token: 't', expirationTimestamp: '2026-01-01T00:00:00Z' },
      { token: 't', expiresAt: Date.parse('2026-01-01T00:00:00Z') },
    ],
    [{ token: 't', expirationTimestamp: 'soon' }, { token: 't' }],
    [{ clientCertificateData: 'c', clientKeyData: 'k' }, { problem: expect.stringContaining('no token') }],
    [{ token: 'a\r\nimpersonate-user: root' }, { problem: expect.stringContaining('no request can carry') }],
  ])('is read: %j', (status, credential) => {
    expect(readCredential(answer(status))).toEqual(credential);
  });
});

describe('a request whose token is refused', () => {
  const signal = new AbortController().signal;

  function makeTokens() {
    const tokens = ['old', 'new'];
    return { readToken: async () => tokens[0], forgetToken: (token?: string) => void (tokens[0] === token && tokens.shift()) };
  }

  it('is sent once more with a new one', async () => {
    const tokens = makeTokens();
    const sent: (string | undefined)[] = [];
    const send = renewForSend(
      async () => {
        sent.push(await tokens.readToken());
        return { status: sent.at(-1) === 'new' ? 200 : 401, text: '' };
      },
      { url: 'https://c', ...tokens },
    );
    expect(await send({ method: 'GET', path: '/' }, signal)).toMatchObject({ status: 200 });
    expect(sent).toEqual(['old', 'new']);
  });

  it('is refused where the new one is, too; so is a stream', async () => {
    let count = 0;
    const response = { status: 401, text: '' };
    const connection = { url: 'https://c', readToken: async () => `t${count}`, forgetToken: () => undefined };
    const send = renewForSend(async () => {
      count++;
      return response;
    }, connection);
    expect(await send({ method: 'GET', path: '/' }, signal)).toEqual(response);
    const openLines = renewForLines(async () => {
      count++;
      return { kind: 'refused', response };
    }, connection);
    expect(await openLines('/', { lineMax: 1 }, signal)).toMatchObject({ kind: 'refused' });
    expect(count).toBe(4);
  });

  it('is sent once where tokens are not kept', async () => {
    const send = async () => ({ status: 401, text: '' });
    expect(renewForSend(send, { url: 'https://c', readToken: async () => 't' })).toBe(send);
  });
});
