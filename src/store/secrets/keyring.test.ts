import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring } from './keyring.ts';

describe('the keyring', () => {
  const keyring = createKeyring(randomBytes(32));
  const place = ['seeds', '1', 'postgres.default#api.db', 'password'];

  it('opens what it sealed, at the same place', () => {
    expect(keyring.open(keyring.seal('pässword', place), place)).toBe('pässword');
  });

  it('seals the same text differently each time', () => {
    expect(keyring.seal('same', place).equals(keyring.seal('same', place))).toBe(false);
  });

  it('opens nothing at another place, under another key, or changed by one bit', () => {
    const sealed = keyring.seal('text', place);
    expect(() => keyring.open(sealed, ['seeds', '2', 'postgres.default#api.db', 'password'])).toThrow();
    expect(() => createKeyring(randomBytes(32)).open(sealed, place)).toThrow();
    for (const index of [0, 5, 70, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => keyring.open(changed, place)).toThrow();
    }
  });

  it('opens no truncated value', () => {
    const sealed = keyring.seal('text', place);
    for (const length of [0, 1, 60, sealed.length - 1]) {
      expect(() => keyring.open(sealed.subarray(0, length), place)).toThrow();
    }
  });

  it('hashes equal values alike, and under another key otherwise', () => {
    expect(keyring.hash('a')).toBe(keyring.hash('a'));
    expect(keyring.hash('a')).not.toBe(keyring.hash('b'));
    expect(createKeyring(randomBytes(32)).hash('a')).not.toBe(keyring.hash('a'));
  });
});
