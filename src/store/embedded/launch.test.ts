import { expect, test } from 'vitest';

import { chooseCapability, makeCommand } from './launch.ts';
import { canSearch } from './reach.ts';

const account = { name: 'somebody', uid: 500, gid: 600 };
const status = (permitted: string, bounding: string) => `Name:\tnode\nCapPrm:\t${permitted}\nCapBnd:\t${bounding}\n`;

test('a folder is open to an account by the bits of the first class that it belongs to', () => {
  expect(canSearch({ uid: 500, gid: 600, mode: 0o100 }, account)).toBe(true);
  expect(canSearch({ uid: 500, gid: 600, mode: 0o611 }, account)).toBe(false);
  expect(canSearch({ uid: 0, gid: 600, mode: 0o710 }, account)).toBe(true);
  expect(canSearch({ uid: 0, gid: 600, mode: 0o701 }, account)).toBe(false);
  expect(canSearch({ uid: 0, gid: 0, mode: 0o711 }, account)).toBe(true);
  expect(canSearch({ uid: 0, gid: 0, mode: 0o770 }, account)).toBe(false);
});

test('the capability that only reads is preferred, and only one that may be passed on is taken', () => {
  expect(chooseCapability(status('000001ffffffffff', '000001ffffffffff'))).toBe('dac_read_search');
  expect(chooseCapability(status('000001ffffffffff', '00000000a80425fb'))).toBe('dac_override');
  expect(chooseCapability(status('000001ffffffffff', '0000000000000000'))).toBeUndefined();
  expect(chooseCapability(status('0000000000000000', '000001ffffffffff'))).toBeUndefined();
  expect(chooseCapability('')).toBeUndefined();
});

test('a command is run as it is, under a user, or under a user with the one capability', () => {
  expect(makeCommand({ kind: 'self' }, '/bin/p', ['-D', 'x'])).toEqual({ file: '/bin/p', args: ['-D', 'x'], identity: {} });
  expect(makeCommand({ kind: 'account', account }, '/bin/p', [])).toMatchObject({ identity: { uid: 500, gid: 600 } });
  const capable = makeCommand({ kind: 'capable', account, setpriv: '/bin/setpriv', capability: 'dac_override' }, '/bin/p', ['-D', 'x']);
  expect(capable.file).toBe('/bin/setpriv');
  expect(capable.args).toContain('--ambient-caps=+dac_override');
  expect(capable.args.slice(-4)).toEqual(['--', '/bin/p', '-D', 'x']);
});
