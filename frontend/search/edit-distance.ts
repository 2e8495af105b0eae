const LONGEST = 64; // letters; longer words are not compared
const before = new Uint8Array(LONGEST + 1);
const last = new Uint8Array(LONGEST + 1);
const row = new Uint8Array(LONGEST + 1);

/**
 * Number of edits between two words (a letter missing, added or wrong, or two swapped), or
 * `limit + 1` if there are more. This is the optimal string alignment distance.
 */
export function edits(one: string, other: string, limit: number): number {
  const width = other.length;
  if (Math.abs(one.length - width) > limit || Math.max(one.length, width) > LONGEST)
    return limit + 1;
  for (let j = 0; j <= width; j++) last[j] = j;
  for (let i = 1; i <= one.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= width; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before.set(last);
    last.set(row);
  }
  return Math.min(at(last, width), limit + 1);
}

function at(numbers: Uint8Array, index: number): number {
  return numbers[index] ?? 0;
}

/** Number of typos tolerated in a word. */
export function tolerated(word: string): number {
  if (word.length >= 7) return 2;
  return word.length >= 4 ? 1 : 0;
}

/** The letters of a word, as a bit set. */
export function letters(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

/** Whether words with these letters can be within `limit` edits: each changes two letters at most. */
export function comparable(one: number, other: number, limit: number): boolean {
  let different = one ^ other;
  let count = 0;
  while (different) {
    different &= different - 1;
    if (++count > 2 * limit) return false;
  }
  return true;
}
