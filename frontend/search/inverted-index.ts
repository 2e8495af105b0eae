import { humps, hyphenated } from "./compounds";
import { type Entry, FIELDS, type Field } from "./fields";
import { rounded } from "./levels";
import { Postings, Tally } from "./postings";
import type { Vocabulary } from "./vocabulary";
import type { Weights } from "./weights";
import { isUnspaced, pairs, tokens, words } from "./words";

/** Which entries, and which single texts in them, contain which terms. */
export interface Index {
  /**
   * Numbers of terms. A term is a stem, or `=` and an exact word; in scripts without spaces between
   * words, a character or a pair of them.
   */
  terms: ReadonlyMap<string, number>;
  /** Inverse document frequencies, by a term's number. */
  rarity: Numbers;
  size: number;
  /** Entries by term, with BM25F's weighted frequencies. */
  entries: Postings;
  /**
   * Single texts by term, with its last place there: an entry's subject, its question, each phrase and
   * each clause of its answer.
   */
  singles: Postings;
  /** The entry of each single text. */
  entryOf: Numbers;
  /** What the similarity of each single text is divided by. */
  norms: Numbers;
}
type Numbers = Readonly<ArrayLike<number>>;

/** A number or a single letter, as a stem or an exact word: it says little. */
const LITTLE = /^=?(?:\p{N}+|[a-z])$/u;

/** The end of a sentence or clause; only Latin punctuation needs a space. */
const CLAUSE_END = /[.,:;!?)→•]+\s|\s[(→•]|(?![!-~])\p{Terminal_Punctuation}/u;

/** Inverse document frequency of a term in `count` of `size` entries, weighted. */
export function rarityOf(
  name: string,
  count: number,
  size: number,
  isTechnical: boolean,
  weights: Weights,
): number {
  const worth = Math.min(weights.rarest, Math.log(1 + (size - count + 0.5) / (count + 0.5)));
  const everyday = isTechnical ? 1 : weights.everyday;
  const exact = name.startsWith("=") ? weights.exact : 1;
  return worth * everyday * exact * (LITTLE.test(name) ? weights.little : 1);
}

export function buildIndex(
  entries: readonly Entry[],
  vocabulary: Vocabulary,
  weights: Weights,
): Index {
  const reader = new Reader(vocabulary);
  const read = entries.map((entry) => reader.readEntry(entry));
  const fields = fieldPostings(read, reader.terms.size, weights);
  const rarities = new Float32Array(reader.terms.size);
  for (const [name, term] of reader.terms)
    rarities[term] = rarityOf(
      name,
      fields.count(term),
      entries.length,
      reader.technical.has(term),
      weights,
    );
  return {
    terms: reader.terms,
    rarity: rarities,
    size: entries.length,
    entries: fields,
    ...singlePostings(read, rarities, weights),
  };
}

/** A part of a name in code that counts as a word. */
const PART = /^\p{L}{3,}$/u;

/** The term of a stop word, which only a query of nothing else has. */
export function stopTerm(word: string): string {
  return `~${word}`;
}

/** Number of entries that contain this exact word. */
export function count({ terms, entries }: Index, word: string): number {
  const term = terms.get(`=${word}`);
  return term === undefined ? 0 : entries.count(term);
}

/** The terms of a phrase; of several characters without spaces, all of their pairs or none. */
export function termsOf({ terms }: Index, stems: readonly string[]): number[] {
  if (!isRun(stems)) return stems.flatMap((stem) => terms.get(stem) ?? []);
  const found = [...new Set(pairs(stems))].map((pair) => terms.get(pair));
  return found.every((term) => term !== undefined) ? found : [];
}

/** Whether these are several characters of scripts without spaces. */
export function isRun(stems: readonly string[]): boolean {
  return stems.length > 1 && stems.every(isUnspaced);
}

/** Cut characters without spaces into the longest pieces that a single text has, or an entry. */
export function pieces(index: Index, characters: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < characters.length; ) {
    const rest = characters.slice(at);
    const inSingles = longestPiece(index, index.singles, rest);
    const length = inSingles > 1 ? inSingles : longestPiece(index, index.entries, rest);
    found.push(rest.slice(0, length));
    at += length;
  }
  return found;
}

function longestPiece({ terms }: Index, postings: Postings, characters: readonly string[]): number {
  const having = (name: string, among?: ReadonlySet<number>) =>
    postings.placesOf(terms.get(name), among);
  let texts = having(characters[0] ?? "");
  for (let length = 2; length <= characters.length; length++) {
    texts = having(characters.slice(length - 2, length).join(""), texts);
    if (texts.size === 0) return length - 1;
  }
  return characters.length;
}

/** The texts of an entry as numbers of terms. */
interface Read {
  fields: Record<Field, number[]>;
  phrases: number[][];
  clauses: number[][];
  /** Stop words of its question. */
  stops: number[];
}

class Reader {
  readonly #vocabulary: Vocabulary;
  readonly terms = new Map<string, number>();
  /** Terms in any field but `phrases`, which are in everyday words. */
  readonly technical = new Set<number>();
  readonly #read = new Map<string, readonly number[]>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  readEntry(entry: Entry): Read {
    for (const text of [entry.question, entry.answer, ...entry.phrases])
      for (const parts of hyphenated(text)) this.#vocabulary.addCompound(parts);
    const phrases = entry.phrases.map((phrase) => this.#terms(phrase));
    const clauses = entry.answer.split(CLAUSE_END).map((clause) => this.#terms(clause));
    const fields = {
      subject: this.#terms(entry.subject),
      question: this.#terms(entry.question),
      answer: clauses.flat(),
      topic: this.#terms(entry.topic),
      phrases: phrases.flat(),
    };
    for (const field of FIELDS)
      if (field !== "phrases") for (const term of fields[field]) this.technical.add(term);
    return { fields, phrases, clauses, stops: this.#stops(entry.question) };
  }

  #terms(text: string): number[] {
    const found: number[] = [];
    const read = tokens(text);
    for (const { word, start, end } of read) {
      for (const term of this.#termsOf(word)) found.push(term);
      const parts = humps(text.slice(start, end));
      if (parts.length > 1 && parts.every((part) => PART.test(part)))
        for (const part of parts) for (const term of this.#termsOf(part)) found.push(term);
    }
    for (const pair of pairs(read.map(({ word }) => word))) found.push(this.#number(pair));
    return found;
  }

  #stops(text: string): number[] {
    const stops = words(text).filter((word) => this.#vocabulary.isStopWord(word));
    return stops.map((word) => this.#number(stopTerm(word)));
  }

  #termsOf(word: string): readonly number[] {
    const known = this.#read.get(word);
    if (known) return known;
    const stem = this.#vocabulary.add(word);
    const terms = this.#vocabulary.isStopWord(word)
      ? []
      : [stem, ...(isUnspaced(word) ? [] : [`=${word}`])].map((term) => this.#number(term));
    this.#read.set(word, terms);
    return terms;
  }

  #number(term: string): number {
    const known = this.terms.get(term) ?? this.terms.size;
    this.terms.set(term, known);
    return known;
  }
}

function fieldPostings(read: readonly Read[], terms: number, weights: Weights): Postings {
  const postings = new Postings();
  const mean = (field: Field) =>
    read.reduce((sum, { fields }) => sum + fields[field].length, 0) / read.length || 1;
  const means = Object.fromEntries(FIELDS.map((field) => [field, mean(field)]));
  const tally = new Tally(terms);
  read.forEach(({ fields, stops }, entry) => {
    for (const term of stops) tally.add(term, 1);
    for (const field of FIELDS) {
      const b = weights.length[field];
      const norm = 1 - b + (b * fields[field].length) / (means[field] ?? 1);
      for (const term of fields[field]) tally.add(term, weights.field[field] / norm);
    }
    tally.drain((term, weight) => postings.add(term, entry, rounded(weight)));
  });
  return postings;
}

function singlePostings(read: readonly Read[], rarities: Float32Array, weights: Weights) {
  const singles = new Postings();
  const entryOf: number[] = [];
  const norms: number[] = [];
  const once = new Tally(rarities.length);
  const add = (entry: number, terms: readonly number[], trust: number) => {
    let squares = 0;
    for (const [at, term] of terms.entries()) once.raise(term, at + 1);
    once.drain((term, place) => {
      squares += (rarities[term] ?? 0) ** 2;
      singles.add(term, entryOf.length, place);
    });
    entryOf.push(entry);
    norms.push(rounded((Math.sqrt(squares) || 1) ** weights.singleLength / trust));
  };
  read.forEach(({ fields, phrases, clauses }, entry) => {
    add(entry, fields.subject, 1);
    add(entry, fields.question, 1);
    for (const text of [...phrases, ...clauses]) add(entry, text, weights.phrase);
  });
  return { singles, entryOf, norms };
}
