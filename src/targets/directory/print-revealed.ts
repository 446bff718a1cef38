import { invariant, isUnknown, printFile, type PlacedFile, type RevealSecret } from '../../core/index.ts';

/** Prints a file with its secrets in it. The only place where they become text. */
export function printRevealed(placed: PlacedFile, reveal: RevealSecret): Promise<Uint8Array> {
  return printFile(placed, async (mark) => {
    invariant(!isUnknown(mark), 'no unknown is left when an object is written');
    return reveal(mark);
  });
}
