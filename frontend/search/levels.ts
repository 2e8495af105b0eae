// Weights that are stored in the index have one of a few values each, so that the index is the same
// whether it is built here or was written in pieces, a character a weight.

/** Levels by which a doubled value differs. */
const STEPS = 14;
const LOWEST = -2 * STEPS;
/** The number of levels. */
const LEVELS = 90;

/** The closest level of a value. */
export function levelOf(value: number): number {
  const level = Math.round(STEPS * Math.log2(value)) - LOWEST;
  return Math.max(0, Math.min(LEVELS - 1, level));
}

/** The value of a level, in single precision, as an index has it. */
export function valueAt(level: number): number {
  return Math.fround(2 ** ((level + LOWEST) / STEPS));
}

/** A value, rounded to its level. */
export function rounded(value: number): number {
  return valueAt(levelOf(value));
}
