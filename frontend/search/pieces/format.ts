// The files of a search in pieces: the root names all others, of which a search loads few.

import type { Row } from "../fields";

/** Questions in a file of texts. */
export const QUESTIONS = 8;
/** Files of texts whose names have a digest in common, so that the root need not have many. */
export const GROUP = 16;
/** Characters of a digest. */
export const DIGEST = 10;
/** Folder of the files below that of the root. */
export const FOLDER = "pieces";

/** What is needed for every search. */
export interface Root {
  /** Number of all questions. */
  size: number;
  /** Stop words and phrases, separated by bars. */
  stop_words: string;
  /** Words and phrases of each group, separated by bars. */
  synonyms: readonly string[];
  /** Stop words that no text has, separated by bars. */
  unused: string;
  siblings: readonly (readonly number[])[];
  words: Division;
  terms: Division;
  /** Digests of groups of files of texts. */
  texts: string;
}

/** Files by what they begin with. */
export interface Division {
  /** The beginnings from which on words are in the next file, separated by spaces. */
  from: string;
  /** Digests of the files. */
  names: string;
}

/** Words that the texts have, from one beginning to another. */
export interface WordsFile {
  words: string;
  /** How many entries have each word. */
  counts: string;
  /** Stems in this range of words in other files. */
  stems: readonly string[];
  /** Parts of hyphenated words whose stems are in this range. */
  compounds: readonly string[];
}

/** Where terms occur, from one stem to another. */
export interface TermsFile {
  /** Each stem, and behind it the words that have it; groups are separated by bars. */
  names: string;
  /** Whether each term is technical. */
  technical: string;
  /** Number of entries that have each word. */
  counts: string;
  /** Distances between these entries. */
  gaps: string;
  /** Levels of the weights that words have in them, and behind those of a stem's words its own. */
  weights: string;
  /** Number of single texts of each entry that have the word. */
  singles: string;
  /** Distances between these texts. */
  steps: string;
  /** Levels of their norms. */
  norms: string;
  /** The last place of the word in each. */
  places: string;
}

/** Questions as they are shown. */
export interface TextsFile {
  topics: Readonly<Record<number, readonly [id: string, title: string]>>;
  questions: readonly Row[];
}

/** Finds words in ranges, by the beginnings of these in order; the first is empty. */
export class Ranges {
  readonly #from: readonly string[];

  constructor(from: readonly string[]) {
    this.#from = from;
  }

  /** The range of a word: the last that begins before it or with it. */
  of(word: string): number {
    let low = 0;
    let high = this.#from.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#from[middle] ?? "") <= word) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The ranges of all words with a beginning. */
  all(beginning: string): number[] {
    const found = [this.of(beginning)];
    for (let at = (found[0] ?? 0) + 1; this.#from[at]?.startsWith(beginning); at++) found.push(at);
    return found;
  }
}

/** The file of a range. */
export function nameAt(names: string, at: number): string {
  return names.slice(at * DIGEST, (at + 1) * DIGEST);
}

/** The file with the text of an entry. */
export function textsOf({ texts }: Root, entry: number): string {
  const file = Math.floor(entry / QUESTIONS);
  const group = Math.floor(file / GROUP);
  return `${nameAt(texts, group)}-${file % GROUP}`;
}
