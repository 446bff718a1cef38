/** A piece of a layout: an element of a date, or text that stands for itself. */
export type LayoutPiece = { readonly kind: 'element'; readonly element: string } | { readonly kind: 'text'; readonly text: string };

// Longest first, as Go finds them. A name is one only where no lower-case letter follows.
const elements =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|01|02|03|04|05|06|2006|-07:00:00|-07:00|-070000|-0700|-07|Z07:00:00|Z07:00|Z070000|Z0700|Z07|15|PM|pm|__2|_2(?!006)|[.,](?:0+|9+)(?![0-9])|1|2|3|4|5/g;

const cachedMax = 200;
const cache = new Map<string, readonly LayoutPiece[]>();

/** Cuts a layout of Go's into its pieces. */
export function readLayout(layout: string): readonly LayoutPiece[] {
  const known = cache.get(layout);
  if (known) return known;
  if (cache.size >= cachedMax) cache.clear();
  const pieces = cutLayout(layout);
  cache.set(layout, pieces);
  return pieces;
}

function cutLayout(layout: string): readonly LayoutPiece[] {
  const pieces: LayoutPiece[] = [];
  let position = 0;
  for (const match of layout.matchAll(elements)) {
    if (match.index > position) pieces.push({ kind: 'text', text: layout.slice(position, match.index) });
    pieces.push({ kind: 'element', element: match[0] });
    position = match.index + match[0].length;
  }
  if (position < layout.length) pieces.push({ kind: 'text', text: layout.slice(position) });
  return pieces;
}
