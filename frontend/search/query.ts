import { humps } from "./compounds";
import { stopTerm } from "./inverted-index";
import type { Synonyms } from "./synonyms";
import { SURE, type Vocabulary } from "./vocabulary";
import type { Weights } from "./weights";
import { isUnspaced, tokens, words } from "./words";

/** End of a query whose last word is complete. */
const COMPLETE = /[\s\p{Terminal_Punctuation}]$/u;
/** Number of completions tried for the word being typed. */
export const COMPLETIONS = 48;

/** One meaning of a part of a query: a word or phrase, as stems, and the weight of this meaning. */
export interface Reading {
  stems: readonly string[];
  weight: number;
  /** The exact words that were typed or meant; none for a synonym. */
  words: readonly string[];
}

/** A word or phrase of a query and its possible meanings, the best first. */
export interface Part {
  readings: readonly Reading[];
}

/** What a query can be about. */
export interface Texts {
  /** The number of entries that contain a word. */
  count(word: string): number;
  /** The number of completions that are tried for half a word, if there are not as many as usual. */
  most?(word: string): number;
  /** The longest pieces of characters without spaces that are each in a text. */
  pieces(characters: readonly string[]): readonly (readonly string[])[];
}

export interface Understood {
  parts: readonly Part[];
  /** Number of words that are surely those of the texts. */
  known: number;
  /** The query with its typos corrected; empty if it has none. */
  corrected: string;
}

/** Finds the possible meanings of a query: corrections, completions and synonyms of its words. */
export class QueryReader {
  readonly #vocabulary: Vocabulary;
  readonly #synonyms: Synonyms;
  readonly #stopPhrases: readonly (readonly string[])[];
  readonly #texts: Texts;
  readonly #weights: Weights;

  /** `stops` are stop words and phrases, ignored beside other words. */
  constructor(
    vocabulary: Vocabulary,
    synonyms: Synonyms,
    stops: readonly string[],
    texts: Texts,
    weights: Weights,
  ) {
    this.#texts = texts;
    this.#vocabulary = vocabulary;
    this.#synonyms = synonyms;
    this.#stopPhrases = stops.map(words).filter((phrase) => phrase.length > 1);
    this.#weights = weights;
  }

  read(query: string): Understood {
    const typing = !COMPLETE.test(query);
    const all = this.#words(query);
    const rest = this.#withoutStops(all, typing);
    const typed = this.#regrouped(rest, typing);
    const readings = typed.map((word, at) =>
      this.#readings(word, typing && at === typed.length - 1),
    );
    const meant = typed.map((word, at) => this.#corrected(word, readings[at]));
    const corrected = meant.some((word, at) => word !== typed[at]) ? spelled(meant) : "";
    const parts = [...this.#parts(typed, readings)];
    // A stop phrase whose words are no stop words is what all texts are about.
    const subject = this.#meaningful(all) - this.#meaningful(rest);
    const known = parts.reduce((sum, part) => sum + knownIn(part), subject);
    return { parts: parts.length > 0 ? parts : typed.map(stopPart), known, corrected };
  }

  /** The words of a query; unknown names in code are split. */
  #words(query: string): string[] {
    return tokens(query).flatMap(({ word, start, end }) => {
      const parts = humps(query.slice(start, end));
      return parts.length > 1 && !this.#isKnown(word) ? this.#rejoined(parts) : [word];
    });
  }

  /** Join parts of a name again that the texts have as a word: `Leaky|Re|LU`. */
  #rejoined(parts: readonly string[]): string[] {
    const found: string[] = [];
    for (let at = 0; at < parts.length; ) {
      let end = parts.length;
      while (end > at + 1 && !this.#isKnown(parts.slice(at, end).join(""))) end--;
      found.push(parts.slice(at, end).join(""));
      at = end;
    }
    return found;
  }

  /** The word that an unknown word was taken for; known and half-typed words stay. */
  #corrected(word: string, readings: readonly Reading[] = []): string {
    const taken = readings[0]?.words[0] ?? word;
    return this.#isKnown(word) || taken.startsWith(word) ? word : taken;
  }

  /** Leave out stop phrases, unless nothing else is left. */
  #withoutStops(typed: readonly string[], typing: boolean): readonly string[] {
    let rest = typed;
    for (const phrase of this.#stopPhrases) rest = without(rest, phrase, typing);
    return this.#meaningful(rest) ? rest : typed;
  }

  /** Number of words that are no stop words. */
  #meaningful(typed: readonly string[]): number {
    return typed.filter((word) => !this.#vocabulary.isStopWord(word)).length;
  }

  /** Join and split words as the texts write them: `drop out`, `crossentropy`. */
  #regrouped(typed: readonly string[], typing: boolean): string[] {
    const grouped: string[] = [];
    const begun = typing ? typed.length - 1 : typed.length;
    for (let at = 0; at < typed.length; at++) {
      const word = typed[at] ?? "";
      const next = typed[at + 1] ?? "";
      const joined = word + next;
      const isOne =
        (joined.length > Math.max(word.length, 5) && this.#isJoined(joined, word, next)) ||
        (at + 1 < begun && this.#isNearlyJoined(word, next));
      if (isOne) {
        grouped.push(joined);
        at++;
      } else if (this.#isKnown(word)) grouped.push(word);
      else grouped.push(...this.#vocabulary.written(word, at === begun));
    }
    return grouped;
  }

  /** Whether two words are one after a typo is corrected: `feed foward`, `hyper paramter`. */
  #isNearlyJoined(word: string, next: string): boolean {
    const [isOne, isOther] = [this.#isKnown(word), this.#isKnown(next)];
    const near = (mistyped: string) => this.#vocabulary.nearest(mistyped).words;
    if (isOne === isOther)
      return !isOne && (word + next).length >= SURE && near(word + next).length > 0;
    const joined = isOne
      ? near(next).map((meant) => word + meant)
      : near(word).map((meant) => meant + next);
    return joined.some((whole) => this.#vocabulary.has(whole));
  }

  /** Whether two words are one; if only another form of it is known, not both may have a meaning. */
  #isJoined(joined: string, word: string, next: string): boolean {
    if (this.#vocabulary.isStopWord(joined)) return false;
    if (this.#vocabulary.has(joined) || this.#synonyms.has(joined)) return true;
    const hasMeaning = (part: string) => this.#isKnown(part) && !this.#vocabulary.isStopWord(part);
    return (
      this.#isKnown(joined) &&
      !this.#vocabulary.isStopWord(next) &&
      !(hasMeaning(word) && hasMeaning(next))
    );
  }

  #isKnown(word: string): boolean {
    return this.#vocabulary.knows(word) || this.#synonyms.knows(word);
  }

  #readings(word: string, typing: boolean): Reading[] {
    const { completion, extension } = this.#weights;
    if (isUnspaced(word)) return this.#isKnown(word) ? [this.#reading(word, 1)] : [];
    // Half a word may equal the stem of another word.
    const known = typing
      ? this.#vocabulary.has(word) || this.#synonyms.has(word)
      : this.#isKnown(word);
    const own = known || this.#vocabulary.isStopWord(word) ? [this.#reading(word, 1)] : [];
    const longer = typing ? this.#completions(word, known ? extension : completion) : [];
    if (own.length + longer.length > 0) return [...own, ...longer, ...this.#mistyped(word)];
    return this.#isKnown(word) ? [this.#reading(word, 1)] : this.#guesses(word);
  }

  /** Known words that a form that no text has may be a typo of. */
  #mistyped(word: string): Reading[] {
    if (this.#vocabulary.has(word) || this.#synonyms.has(word) || this.#vocabulary.isStopWord(word))
      return [];
    const near = this.#vocabulary.nearest(word);
    if (near.edits !== 1) return [];
    const own = this.#vocabulary.stem(word);
    const others = near.words.filter((other) => this.#vocabulary.stem(other) !== own);
    return others.map((other) => this.#reading(other, this.#weights.typo[1] ?? 1));
  }

  /** Completions of the word being typed, the best first; more frequent words weigh more. */
  #completions(word: string, weight: number): Reading[] {
    const longer = this.#vocabulary.completions(word);
    const most = longer.reduce(
      (most, other) => Math.max(most, this.#texts.count(other)),
      this.#texts.count(word),
    );
    return longer
      .map((other) => {
        const typed = Math.min(1, 0.4 + word.length / other.length);
        const usual = (this.#texts.count(other) / most) ** this.#weights.usual;
        return this.#reading(other, weight * typed * usual);
      })
      .sort((one, other) => other.weight - one.weight)
      .slice(0, this.#texts.most?.(word) ?? COMPLETIONS);
  }

  /** Known words that an unknown word may stand for: corrected, or else related. */
  #guesses(word: string): Reading[] {
    const { typo, relative } = this.#weights;
    const near = this.#vocabulary.nearest(word);
    if (near.words.length > 0)
      return near.words
        .sort(
          (one, other) =>
            this.#texts.count(other) - this.#texts.count(one) || (one < other ? -1 : 1),
        )
        .map((other) => this.#reading(other, typo[near.edits] ?? relative));
    return this.#vocabulary.relatives(word).map((other) => this.#reading(other, relative));
  }

  #reading(word: string, weight: number): Reading {
    return { stems: [this.#vocabulary.stem(word)], weight, words: [word] };
  }

  *#parts(typed: readonly string[], readings: readonly Reading[][]): Generator<Part> {
    const stems = typed.map(
      (word, at) => readings[at]?.[0]?.stems[0] ?? this.#vocabulary.stem(word),
    );
    for (let at = 0; at < typed.length; ) {
      const phrase = this.#synonyms.longest(stems, at);
      if (phrase.length > 0) {
        const taken = phrase.flatMap((_, number) => readings[at + number]?.[0]?.words ?? []);
        const itself = { stems: phrase, weight: 1, words: taken };
        yield { readings: [itself, ...this.#others(phrase, 1)] };
        at += phrase.length;
        continue;
      }
      const run = this.#run(typed, stems, at);
      if (run.length > 0) {
        yield* this.#pieces(run);
        at += run.length;
        continue;
      }
      const found = readings[at] ?? [];
      const meanings = this.#meanings(typed, at, found);
      const others = meanings.flatMap(({ stems: own, weight }) => this.#others(own, weight));
      const word = typed[at] ?? "";
      if (meanings.length > 0 || !this.#vocabulary.isStopWord(word))
        yield { readings: [...meanings, ...others] };
      at++;
    }
  }

  /** Characters without spaces from `at` on, up to a phrase that has synonyms. */
  #run(typed: readonly string[], stems: readonly string[], at: number): readonly string[] {
    const rest = typed.slice(at);
    const end = rest.findIndex(
      (word, i) => !isUnspaced(word) || (i > 0 && this.#synonyms.longest(stems, at + i).length > 0),
    );
    return end < 0 ? rest : rest.slice(0, end);
  }

  /**
   * Parts of a run of characters without spaces: pieces of it that the texts have. Single
   * characters, most of them particles, count only beside nothing longer, and unknown ones only if
   * they are most of the run.
   */
  #pieces(run: readonly string[]): Part[] {
    const pieces = this.#texts.pieces(run);
    const longer = pieces.filter(({ length }) => length > 1);
    const known =
      longer.length > 0 ? longer : pieces.filter(([first = ""]) => this.#isKnown(first));
    const parts = known
      .filter((piece) => !piece.every((word) => this.#vocabulary.isStopWord(word)))
      .map((stems) => ({ readings: [{ stems, weight: 1, words: [] }, ...this.#others(stems, 1)] }));
    const unknown = run.filter((word) => !this.#isKnown(word)).length;
    return unknown > run.length / 2 ? [...parts, { readings: [] }] : parts;
  }

  /** Meanings of a word; of a stop word, only its completions after a word with a meaning. */
  #meanings(typed: readonly string[], at: number, found: readonly Reading[]): readonly Reading[] {
    const [before = "", word = ""] = [typed[at - 1], typed[at]];
    if (!this.#vocabulary.isStopWord(word)) return found;
    if (this.#vocabulary.isStopWord(before)) return [];
    return found.filter(({ words }) => words[0] !== word);
  }

  /** Synonyms, and the same word with hyphens if the texts write it so, too. */
  #others(stems: readonly string[], weight: number): Reading[] {
    const parts = this.#vocabulary.compound(stems.join(" "));
    const hyphenated = parts ? [parts.map((part) => this.#vocabulary.stem(part))] : [];
    return [...this.#synonyms.of(stems), ...hyphenated].map((other) => ({
      stems: other,
      weight: weight * this.#weights.synonym,
      words: [],
    }));
  }
}

/** Number of words of a part that are as the texts have them, or too long to look so by chance. */
function knownIn({ readings: [first] }: Part): number {
  if (first?.weight === 1) return first.stems.length;
  return Number((first?.words[0] ?? "").length >= SURE);
}

/** A stop word, in a query that has nothing else. */
function stopPart(word: string): Part {
  return { readings: [{ stems: [stopTerm(word)], weight: 1, words: [] }] };
}

/** Join words as they are written: characters of scripts without spaces have none between them. */
function spelled(words: readonly string[]): string {
  return words.reduce((text, word, at) => {
    const together = isUnspaced(word) && isUnspaced(words[at - 1] ?? "");
    return text + (at === 0 || together ? "" : " ") + word;
  }, "");
}

/** Remove a phrase; at the end of a query being typed, the phrase's last word may be incomplete. */
function without(
  typed: readonly string[],
  phrase: readonly string[],
  typing: boolean,
): readonly string[] {
  const begun = (word: string, at: number) =>
    typing && at === typed.length - 1 && word.startsWith(typed[at] ?? "");
  const start = typed.findIndex((_, from) =>
    phrase.every(
      (word, i) => typed[from + i] === word || (i === phrase.length - 1 && begun(word, from + i)),
    ),
  );
  return start < 0 ? typed : [...typed.slice(0, start), ...typed.slice(start + phrase.length)];
}
