import { createHash } from 'node:crypto';

/** The name that git gives to a content. */
export function hashBlob(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text, 'utf8')}\0`)
    .update(text, 'utf8')
    .digest('hex');
}
