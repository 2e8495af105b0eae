import type { Marked } from "./messages";
import { tokens } from "./words";

/** Marks words and phrases in texts. */
export class Marker {
  /** Words and phrases, as stems, by their first stem. */
  readonly #phrases = new Map<string, (readonly string[])[]>();
  readonly #stem: (word: string) => string;

  /** `stem` returns the stem of a word. */
  constructor(phrases: Iterable<readonly string[]>, stem: (word: string) => string) {
    this.#stem = stem;
    for (const phrase of phrases) {
      const [first = ""] = phrase;
      this.#phrases.set(first, [...(this.#phrases.get(first) ?? []), phrase]);
    }
  }

  marked(text: string): Marked {
    const found = tokens(text);
    const stems = found.map(({ word }) => this.#stem(word));
    const pieces: [string, boolean][] = [];
    let done = 0;
    for (let at = 0; at < found.length; ) {
      const length = this.#longest(stems, at);
      const from = found[at]?.start ?? 0;
      const to = found[at + length - 1]?.end ?? from;
      if (length > 0) {
        if (from > done) pieces.push([text.slice(done, from), false]);
        pieces.push([text.slice(from, to), true]);
        done = to;
      }
      at += Math.max(length, 1);
    }
    if (done < text.length) pieces.push([text.slice(done), false]);
    return pieces;
  }

  /** Number of words in the longest phrase that starts at `at`; 0 if there is none. */
  #longest(stems: readonly string[], at: number): number {
    let longest = 0;
    for (const phrase of this.#phrases.get(stems[at] ?? "") ?? [])
      if (phrase.length > longest && phrase.every((word, i) => stems[at + i] === word))
        longest = phrase.length;
    return longest;
  }
}
