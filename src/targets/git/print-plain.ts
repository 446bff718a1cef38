import { InvariantError, printFile, type PlacedFile } from '../../core/index.ts';

/** Prints a file without secrets: planning has refused whatever holds one, and no unknown is left. */
export function printPlain(placed: PlacedFile): Promise<Uint8Array> {
  return printFile(placed, () => Promise.reject(new InvariantError('neither a secret nor an unknown gets into Git')));
}
