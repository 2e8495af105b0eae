import { comparable, edits, letters, tolerated } from "./edit-distance";
import { stem } from "./words";

const PART = 3; // fewest letters of a word in words run together
const PARTS = 4; // most words run together
/** Fewest letters of a word that hardly looks like another by chance. */
export const SURE = 8;
const SHARED = 5; // fewest letters that related words share at their beginning
const ENDING = 3; // most letters at the end in which forms of a word differ

/** The words of all texts, and the known words that an unknown word may stand for. */
export class Vocabulary {
  readonly #stems = new Map<string, string>();
  readonly #letters = new Map<string, number>();
  readonly #known = new Set<string>();
  /** Words of hyphenated words, by the stem of what they are without hyphens. */
  readonly #compounds = new Map<string, readonly string[]>();
  readonly #stopWords: ReadonlySet<string>;

  constructor(stopWords: Iterable<string>) {
    this.#stopWords = new Set(stopWords);
    for (const word of this.#stopWords) this.#letters.set(word, letters(word));
  }

  /** A vocabulary with the same words, to which others can be added. */
  copy(): Vocabulary {
    const copied = new Vocabulary(this.#stopWords);
    for (const [word, own] of this.#stems) copied.add(word, own);
    for (const parts of this.#compounds.values()) copied.addCompound(parts);
    return copied;
  }

  /** Called before words with this beginning are compared; some may have to load. */
  protected look(_beginning: string): void {}

  /** Add a word, and return its stem. */
  add(word: string, itsStem?: string): string {
    const known = this.#stems.get(word);
    if (known !== undefined) return known;
    const own = itsStem ?? stem(word);
    this.#stems.set(word, own);
    this.#letters.set(word, letters(word));
    this.#known.add(own);
    return own;
  }

  /** Add a hyphenated word. */
  addCompound(parts: readonly string[]): void {
    const key = stem(parts.join(""));
    if (!this.#compounds.has(key)) this.#compounds.set(key, parts);
  }

  /** The words of a hyphenated word, by the stem of what it is without hyphens. */
  compound(key: string): readonly string[] | undefined {
    return this.#compounds.get(key);
  }

  stem(word: string): string {
    return this.#stems.get(word) ?? stem(word);
  }

  /** Whether a word has no meaning in a query. */
  isStopWord(word: string): boolean {
    return this.#stopWords.has(word);
  }

  /** Whether the word is in any text. */
  has(word: string): boolean {
    return this.#stems.has(word);
  }

  /** Whether the word or another form of it is in any text. */
  knows(word: string): boolean {
    return this.#stems.has(word) || this.#known.has(stem(word));
  }

  /** Longer words with this beginning, in alphabetical order, without stop words. */
  completions(beginning: string): string[] {
    const longer = [...this.#stems.keys()].filter(
      (word) => word.startsWith(beginning) && word !== beginning && !this.isStopWord(word),
    );
    return longer.sort();
  }

  /** The known words with the fewest edits to this one, without stop words, and that number. */
  nearest(word: string): { words: string[]; edits: number } {
    const { words, edits } = this.#nearest(word);
    return { words: words.filter((other) => !this.isStopWord(other)), edits };
  }

  /** Correct an unknown word that is several words run together, or a stop word with a typo. */
  written(word: string, typing: boolean): readonly string[] {
    const compound = this.compound(stem(word));
    if (compound) return compound;
    if (typing && this.completions(word).length > 0) return [word];
    const several = this.#several(word, PARTS);
    if (several) return several;
    const near = this.#nearest(word).words;
    if (near.length > 0)
      return near.every((other) => this.isStopWord(other)) ? near.slice(0, 1) : [word];
    return (typing ? this.#begunHalves(word) : undefined) ?? [word];
  }

  /** The same with stop words. Words with the same first letter win: typos are rare there. */
  #nearest(word: string): { words: readonly string[]; edits: number } {
    const most = tolerated(word);
    if (most === 0) return { words: [], edits: 0 };
    const alike = this.#within(word, most, word.slice(0, 1));
    return alike.words.length > 0 || word.length < SURE ? alike : this.#within(word, most, "");
  }

  /** The words with this beginning that have the fewest edits to a word, and at most `least`. */
  #within(word: string, least: number, beginning: string): { words: string[]; edits: number } {
    this.look(beginning);
    let found: string[] = [];
    const own = letters(word);
    for (const [other, theirs] of this.#letters) {
      if (!comparable(own, theirs, least) || !other.startsWith(beginning)) continue;
      const apart = edits(word, other, least);
      if (apart > least) continue;
      if (apart < least) found = [];
      least = apart;
      found.push(other);
    }
    return { words: found, edits: least };
  }

  /** Words that were run together; one of two may have a typo if nothing else fits. */
  #several(word: string, most: number): readonly string[] | undefined {
    const whole = this.#whole(word, most);
    if (whole || this.nearest(word).words.length > 0) return whole;
    const mistyped = (part: string) => this.nearest(part).words.length > 0;
    return this.#pairs(word).find(
      ([first, second]) =>
        (second.length >= 2 * PART && this.#means(second) && mistyped(first)) ||
        (first.length >= 2 * PART && this.#means(first) && mistyped(second)),
    );
  }

  /** Two to `most` known words that were run together. */
  #whole(word: string, most: number): readonly string[] | undefined {
    if (most < 2) return undefined;
    const pairs = this.#pairs(word).filter(([first]) => this.#means(first));
    const two = pairs.find(([, second]) => this.#means(second));
    if (two) return two;
    for (const [first, second] of pairs) {
      const rest = this.#whole(second, most - 1);
      if (rest) return [first, ...rest];
    }
    return undefined;
  }

  /** Two words that were run together, the second still being typed. */
  #begunHalves(word: string): [string, string] | undefined {
    return this.#pairs(word).find(
      ([first, second]) => this.#means(first) && this.completions(second).length > 0,
    );
  }

  /** Whether a part of a word is a word: a short one is easily the stem of another by chance. */
  #means(word: string): boolean {
    const known = word.length < 2 * PART ? this.has(word) : this.knows(word);
    return known && !this.isStopWord(word);
  }

  #pairs(word: string): [string, string][] {
    return Array.from({ length: Math.max(0, word.length - 2 * PART + 1) }, (_, i) => [
      word.slice(0, i + PART),
      word.slice(i + PART),
    ]);
  }

  /** Known words that begin like this one except for a typo, or with it or a long part of it. */
  relatives(word: string): string[] {
    const alike = this.#alike(word);
    if (alike.length > 0) return alike;
    for (let length = word.length; length >= SHARED && length > word.length / 2; length--) {
      const found = this.completions(word.slice(0, length));
      if (found.length > 0) return found;
    }
    return [];
  }

  #alike(word: string): string[] {
    const length = Math.max(SHARED + 1, word.length - ENDING);
    if (word.length <= length) return [];
    const own = word.slice(0, length);
    const near = (other: string) =>
      [-1, 0, 1].some((more) => edits(own, other.slice(0, length + more), 1) <= 1);
    return this.completions(word.slice(0, 1)).filter(
      (other) => other.length > length && near(other),
    );
  }
}
