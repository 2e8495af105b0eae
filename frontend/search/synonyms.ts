import { stem, words } from "./words";

/** Groups of words and phrases that mean the same in a search. */
export class Synonyms {
  readonly #others = new Map<string, string[][]>();
  readonly #known = new Set<string>();
  #longest = 1;

  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) this.#learn(group);
  }

  /** Whether a word is in any group. */
  has(word: string): boolean {
    return this.#known.has(word);
  }

  /** Whether a word or another form of it is in any group. */
  knows(word: string): boolean {
    return this.#known.has(word) || this.#others.has(stem(word));
  }

  /** Synonyms of a word or phrase; all of them as stems. */
  of(stems: readonly string[]): readonly (readonly string[])[] {
    return this.#others.get(stems.join(" ")) ?? [];
  }

  /** The longest phrase of at least two words that starts at `at`; empty if there is none. */
  longest(stems: readonly string[], at: number): readonly string[] {
    for (let length = Math.min(this.#longest, stems.length - at); length > 1; length--) {
      const phrase = stems.slice(at, at + length);
      if (this.#others.has(phrase.join(" "))) return phrase;
    }
    return [];
  }

  #learn(group: readonly string[]): void {
    const members = group.map((member) => words(member));
    const stems = members.map((member) => member.map(stem));
    for (const word of members.flat()) this.#known.add(word);
    for (const own of stems) {
      const key = own.join(" ");
      const others = stems.filter((other) => other.join(" ") !== key);
      this.#others.set(key, [...(this.#others.get(key) ?? []), ...others]);
      this.#longest = Math.max(this.#longest, own.length);
    }
  }
}
