import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Seals values under the installation's key, and makes keyed hashes that say "equal" without saying what. */
export interface Keyring {
  /** `place` binds the sealed value to its row: it opens nowhere else. */
  seal(text: string, place: readonly string[]): Buffer;
  open(sealed: Buffer, place: readonly string[]): string;
  /** Hex. */
  hash(text: string): string;
}

const version = 1;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Makes a keyring of one key-encryption key.
 * Rule: every value has a random data key of its own, which the key-encryption key wraps; both layers are AES-256-GCM
 * and authenticate the row that they belong to.
 * Shape of a sealed value: version (1 byte), wrapped data key (60 bytes), sealed text.
 */
export function createKeyring(key: Buffer): Keyring {
  if (key.length !== keyBytes) throw new Error(`the key has ${key.length} bytes instead of ${keyBytes}`);
  const hashKey = Buffer.from(hkdfSync('sha256', key, '', 'tutti keyed hash v1', keyBytes));
  const wrapKey = Buffer.from(hkdfSync('sha256', key, '', 'tutti key wrapping v1', keyBytes));
  return {
    seal: (text, place) => {
      const dataKey = randomBytes(keyBytes);
      const wrapped = encrypt(wrapKey, dataKey, place);
      return Buffer.concat([Buffer.of(version), wrapped, encrypt(dataKey, Buffer.from(text, 'utf8'), place)]);
    },
    open: (sealed, place) => {
      if (sealed[0] !== version) throw new Error(`sealed values of version ${sealed[0]} are unknown here`);
      const wrappedEnd = 1 + nonceBytes + keyBytes + tagBytes;
      const dataKey = decrypt(wrapKey, sealed.subarray(1, wrappedEnd), place);
      return decrypt(dataKey, sealed.subarray(wrappedEnd), place).toString('utf8');
    },
    hash: (text) => createHmac('sha256', hashKey).update(text, 'utf8').digest('hex'),
  };
}

function encrypt(key: Buffer, plain: Buffer, place: readonly string[]): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(encodePlace(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, place: readonly string[]): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(sealed.length - tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(encodePlace(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()]);
}

/** Unambiguous: no two places give the same bytes. */
function encodePlace(place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(place), 'utf8');
}
