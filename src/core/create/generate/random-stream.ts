import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';

/** An endless, reproducible run of bytes from a seed: HMAC-SHA-256 of a label and a counter. */
export interface RandomStream {
  nextByte(): number;
  /** Uniform in 0 … limit − 1, without bias. */
  nextBelow(limit: number): number;
}

export function openRandomStream(seed: string, label: string): RandomStream {
  const key = hexToBytes(seed);
  let block = new Uint8Array(0);
  let at = 0;
  let counter = 0;
  const nextByte = (): number => {
    if (at >= block.length) {
      block = Uint8Array.from(hmac(sha256, key, new TextEncoder().encode(`${label}\n${counter}`)));
      counter += 1;
      at = 0;
    }
    const byte = block[at] ?? 0;
    at += 1;
    return byte;
  };
  const nextBelow = (limit: number): number => {
    const bytes = Math.max(1, Math.ceil(Math.log2(limit) / 8));
    const range = 256 ** bytes;
    const fair = range - (range % limit);
    for (;;) {
      let value = 0;
      for (let each = 0; each < bytes; each++) value = value * 256 + nextByte();
      if (value < fair) return value % limit;
    }
  };
  return { nextByte, nextBelow };
}
