/**
 * The number of edits (a letter too many, too few, wrong, or two swapped) that turn one word into
 * another, or `limit + 1` if there are more: optimal string alignment, row by row.
 */
export function edits(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) row.push(least(one, other, i, j, row, last, before));
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return Math.min(at(last, other.length), limit + 1);
}

function least(
  one: string,
  other: string,
  i: number,
  j: number,
  row: number[],
  last: number[],
  before: number[],
): number {
  const replaced = at(last, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
  const swapped =
    i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      ? at(before, j - 2) + 1
      : replaced;
  return Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** How many edits a typed word may be away from the word that is meant. */
export function tolerated(word: string): number {
  if (word.length >= 8) return 2;
  return word.length >= 4 ? 1 : 0;
}
