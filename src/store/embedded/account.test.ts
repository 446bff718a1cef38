import { expect, test } from 'vitest';

import { chooseRunner, findInPasswd } from './account.ts';

const passwd = ['root:x:0:0:root:/root:/bin/sh', 'postgres:x:101:104:Administrator,,,:/var/lib:/bin/sh', 'broken:x::', ''].join('\n');

test('a user is found in the passwd file by its whole name', () => {
  expect(findInPasswd(passwd, 'postgres')).toEqual({ name: 'postgres', uid: 101, gid: 104 });
  for (const name of ['post', 'x', 'broken', '']) expect(findInPasswd(passwd, name)).toBeUndefined();
});

test('the user asked for goes before the owner of the cluster, and the owner before the customary users', async () => {
  const owner = { uid: 64_321, gid: 64_322 };
  expect((await chooseRunner({ isRoot: true, user: 'nobody', owner })).value).toMatchObject({ account: { name: 'nobody' } });
  expect((await chooseRunner({ isRoot: true, owner })).value).toMatchObject({ account: owner });
  const customary = await chooseRunner({ isRoot: true });
  expect(customary.value?.kind === 'account' && customary.value.account.name).toMatch(/^(postgres|nobody)$/);
});

test('a cluster that root came to own goes to a customary user', async () => {
  const runner = await chooseRunner({ isRoot: true, owner: { uid: 0, gid: 0 } });
  expect(runner.value?.kind === 'account' && runner.value.account.name).toMatch(/^(postgres|nobody)$/);
});

test('a user that is not there, or has a name that is none, is refused with the ways out', async () => {
  for (const user of ['no-such-user', '--help', 'root']) {
    const { value, diagnostics } = await chooseRunner({ isRoot: true, user });
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['T7003']);
    expect(diagnostics[0]?.detail).toContain('DATABASE_URL');
  }
});
