/** What a message lists of names, at most. */
const MAX_LISTED = 20;

/** `; did you mean ai-agent?`, or else what there is, for the end of a message about a name that is not there. */
export function instead(name: string, known: Iterable<string>, what: string): string {
  const names = [...new Set(known)];
  const near = nearest(name, names);
  if (near.length > 0) return `; did you mean ${near.join(' or ')}?`;
  if (names.length === 0) return `; there are no ${what}.`;
  const more = names.length > MAX_LISTED ? ', …' : '';
  return `; the ${what} are ${names.slice(0, MAX_LISTED).join(', ')}${more}.`;
}

/** Up to three names that a slip of the fingers could have made into this one, the nearest first. */
function nearest(name: string, names: readonly string[]): readonly string[] {
  const allowed = Math.max(1, Math.floor(name.length / 3));
  const typed = name.toLowerCase();
  return names
    .map((each) => ({ each, distance: distance(typed, each.toLowerCase(), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance)
    .slice(0, 3)
    .map(({ each }) => each);
}

/** Levenshtein's: letters put in, left out or replaced. Past `limit` it is not counted on. */
function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let line = 1; line <= left.length; line++) {
    const next = [line];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (row[column - 1] as number) + (left[line - 1] === right[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] as number) + 1, (next[column - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}
