import { expect, it } from 'vitest';
import { diagnose, type Secret, type Value } from '../../core/index.ts';
import { makeSecret } from '../../testing/index.ts';
import { hideSecrets } from './hide-secrets.ts';

const password: Secret = makeSecret('password');
const reveal = async (secret: unknown): Promise<string> => {
  if (secret !== password && JSON.stringify(secret) !== JSON.stringify(password)) throw new Error('gone');
  return 'a "b" c/d';
};

async function hide(detail: string, body: Value): Promise<string | undefined> {
  const [hidden] = await hideSecrets([diagnose('T6211', { detail })], () => [body], reveal);
  return hidden?.detail;
}

const url: Value = { $tutti: 'secretText', parts: ['postgres://app:', password, '@db'] };

it.each([
  ['as it is', 'password=a "b" c/d!', 'password=‹secret›!'],
  ['in base64', `data: ${Buffer.from('a "b" c/d').toString('base64')}`, 'data: ‹secret›'],
  ['in a URL', 'postgres://app:a%20%22b%22%20c%2Fd@db', 'postgres://app:‹secret›@db'],
  ['in JSON', '{"password":"a \\"b\\" c/d"}', '{"password":"‹secret›"}'],
])('a secret is taken out of what a cluster said, %s', async (_, said, shown) => {
  expect(await hide(said, { env: [{ value: url }] })).toBe(shown);
});

it('what stands around a secret in a text is none', async () => {
  expect(await hide('postgres://app: is not reachable', { env: url })).toBe('postgres://app: is not reachable');
});

it('a secret that cannot be revealed any more hides nothing, and stops nothing', async () => {
  expect(await hide('a "b" c/d', { one: makeSecret('lost'), two: password })).toBe('‹secret›');
});
