import { createHmac } from 'node:crypto';

const blockBytes = 32;

/**
 * Bytes that are random to whoever does not know the seed, and the same each time for who does.
 * Shape: a key in hex, a name that sets them apart from others of that seed, how many.
 */
export function drawBytes(seed: string, name: string, length: number): Uint8Array {
  const blocks: Buffer[] = [];
  for (let block = 0; block * blockBytes < length; block++) {
    blocks.push(createHmac('sha256', Buffer.from(seed, 'hex')).update(`${name}\n${block}`).digest());
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}
