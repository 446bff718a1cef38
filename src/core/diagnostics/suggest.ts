const distanceMax = 3;

/**
 * Finds the known name that a mistyped one most likely meant.
 * Rule: smallest Damerau–Levenshtein distance, at most 3 and at most 40 % of the length; ties by name.
 */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(distanceMax, Math.max(1, Math.floor(name.length * 0.4)));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    const isBetter = !best || distance < best.distance || (distance === best.distance && candidate < best.name);
    if (isBetter) best = { name: candidate, distance };
  }
  return best?.name;
}

/** A sentence for a diagnostic's detail: ` Did you mean "…"?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const meant = suggest(name, known);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      current.push(cellCost({ left, right, row, column, previous, beforePrevious, current }));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

interface Cell {
  readonly left: string;
  readonly right: string;
  readonly row: number;
  readonly column: number;
  readonly previous: readonly number[];
  readonly beforePrevious: readonly number[];
  readonly current: readonly number[];
}

function cellCost(cell: Cell): number {
  const { left, right, row, column, previous, beforePrevious, current } = cell;
  const isSame = left[row - 1] === right[column - 1];
  const cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + (isSame ? 0 : 1));
  const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
  return isSwap ? Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1) : cost;
}
