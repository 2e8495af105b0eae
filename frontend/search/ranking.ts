import { type Index, isRun, termsOf } from "./inverted-index";
import { MOST } from "./messages";
import { type Postings, Tally } from "./postings";
import type { Part, Reading } from "./query";
import type { Weights } from "./weights";

/** Number of hits that are kept however far they are from the best. */
const FEW = 5;

/**
 * How much the similarity of the most similar text, and the share of the query that is covered,
 * say of a match, beside the score of all texts.
 */
const SAME = 4;

/** Places between words that stand together: each word has two, for its stem and for itself. */
const NEAR = 4;

export interface Ranked {
  /** The best hits, at most 20, the best first. */
  hits: readonly Hit[];
  /** Number of all hits that are relevant beside the best. */
  count: number;
}

export interface Hit {
  entry: number;
  score: number;
  /** The share of the query that the entry covers, 0 to 1. */
  coverage: number;
  /** How well it matches, whatever else the query could be about. */
  match: number;
}

/**
 * Ranks entries by BM25F over their fields (Robertson & Zaragoza, 2009), where each part of the
 * query counts by its best reading only. To this adds the similarity of the most similar single
 * question, phrase or clause of an answer, because the same words in one sentence mean the same.
 */
export class Ranking {
  readonly #index: Index;
  readonly #weights: Weights;
  readonly #reading: Tally;
  readonly #part: Tally;
  readonly #score: Tally;
  readonly #found: Tally;
  readonly #singleReading: Tally;
  readonly #singlePart: Tally;
  readonly #single: Tally;
  readonly #pairs: Tally;
  /** Where the single texts have a part of the query, and the part before it. */
  #places: Tally;
  #before: Tally;
  readonly #siblings: readonly (readonly number[])[];

  /** `siblings` are groups of entries that ask the same. */
  constructor(index: Index, weights: Weights, siblings: readonly (readonly number[])[] = []) {
    this.#index = index;
    this.#weights = weights;
    this.#siblings = siblings;
    const entries = () => new Tally(index.size);
    const singles = () => new Tally(index.entryOf.length);
    [this.#reading, this.#part, this.#score] = [entries(), entries(), entries()];
    [this.#found, this.#pairs] = [entries(), entries()];
    [this.#singleReading, this.#singlePart, this.#single] = [singles(), singles(), singles()];
    [this.#places, this.#before] = [singles(), singles()];
  }

  /** The entries that answer a query best. */
  rank(parts: readonly Part[]): Ranked {
    let total = 0;
    let squares = 0;
    let before = 0;
    for (const part of parts) {
      const weight = this.#weight(part);
      total += weight;
      squares += weight ** 2;
      for (const reading of part.readings) this.#count(reading);
      this.#part.drain((entry, value) => {
        this.#score.add(entry, weight * value);
        this.#found.add(entry, weight * Math.min(1, value));
      });
      this.#singlePart.drain((single, value) => this.#single.add(single, weight * value));
      this.#countPair(part, (weight + before) / 2);
      before = weight;
    }
    this.#before.clear();
    return this.#best(total || 1, this.#similar(Math.sqrt(squares) || 1));
  }

  /** Score one reading of a part; the part keeps the score of its best reading. */
  #count(reading: Reading): void {
    const { entries, singles, rarity: worth } = this.#index;
    const { saturation } = this.#weights;
    const terms = this.#terms(reading);
    const whole = this.#worth(reading) || 1;
    const [inEntries, inSingles] = isRun(reading.stems)
      ? this.#wholes(terms)
      : [isSynonym(reading) ? most(entries, terms) : undefined];
    for (const term of terms) {
      const share = (worth[term] ?? 0) / whole;
      entries.each(term, (entry, frequency) => {
        if (!inEntries || inEntries.has(entry))
          this.#reading.add(
            entry,
            (share * frequency * (saturation + 1)) / (frequency + saturation),
          );
      });
      singles.each(term, (single) => {
        if (!inSingles || inSingles.has(single)) this.#singleReading.add(single, worth[term] ?? 0);
      });
    }
    this.#reading.drain((entry, value) => this.#part.raise(entry, value * reading.weight));
    this.#singleReading.drain((single, value) =>
      this.#singlePart.raise(single, Math.min(value, whole) * reading.weight),
    );
  }

  /** Count for each entry that one of its texts has a part of the query and the part before it. */
  #countPair(part: Part, worth: number): void {
    const { singles, entryOf } = this.#index;
    for (const reading of part.readings)
      for (const term of this.#terms(reading))
        singles.each(term, (single, place) => this.#places.raise(single, place));
    this.#places.each((single, place) => {
      const before = this.#before.get(single);
      if (before === 0) return;
      const near = Math.abs(place - before) <= NEAR;
      this.#part.raise(entryOf[single] ?? 0, near ? worth : worth * this.#weights.apart);
    });
    this.#part.drain((entry, value) => this.#pairs.add(entry, value));
    this.#before.clear();
    [this.#before, this.#places] = [this.#places, this.#before];
  }

  /** The entries and single texts with all terms of a word; if only topics have it, their entries. */
  #wholes(terms: readonly number[]): (ReadonlySet<number> | undefined)[] {
    const { entries, singles, entryOf } = this.#index;
    const inSingles = common(singles, terms);
    const inEntries = new Set([...(inSingles ?? [])].map((single) => entryOf[single] ?? 0));
    return [inEntries.size > 0 ? inEntries : common(entries, terms), inSingles];
  }

  #terms({ stems, words }: Reading): number[] {
    const exact = words.flatMap((word) => this.#index.terms.get(`=${word}`) ?? []);
    return [...termsOf(this.#index, stems), ...exact];
  }

  /** How much a part of the query matters: the rarity of what it most likely means. */
  #weight({ readings }: Part): number {
    const [first] = readings;
    if (!first) return this.#weights.rarest;
    // A word without spaces has many terms, but is no more than one word.
    const length = isRun(first.stems) ? this.#terms(first).length || 1 : 1;
    return (first.weight * this.#worth(first)) / length;
  }

  /** Sum of a reading's inverse document frequencies; an unknown word has the highest. */
  #worth(reading: Reading): number {
    const { rarity: worth, terms } = this.#index;
    const unknown = reading.stems.filter((stem) => !terms.has(stem)).length;
    const known = this.#terms(reading).reduce((sum, term) => sum + (worth[term] ?? 0), 0);
    return known + unknown * this.#weights.rarest;
  }

  /** The similarity of the most similar single text of each entry. */
  #similar(queryNorm: number): Tally {
    const { entryOf, norms } = this.#index;
    const best = this.#reading;
    this.#single.drain((single, value) =>
      best.raise(entryOf[single] ?? 0, value / (queryNorm * (norms[single] ?? 1))),
    );
    return best;
  }

  #best(total: number, similar: Tally): Ranked {
    const { coverage: worth, single, pair } = this.#weights;
    const hits: Hit[] = [];
    this.#score.drain((entry, value) => {
      const coverage = this.#found.get(entry) / total;
      const found = (value / total) * (1 - worth + worth * coverage);
      const alike = similar.get(entry);
      const score = found + single * alike + (pair * this.#pairs.get(entry)) / total;
      hits.push({ entry, score, coverage, match: found + SAME * (alike + coverage) });
    });
    for (const tally of [this.#found, this.#pairs, similar]) tally.clear();
    this.#raiseSiblings(hits);
    const most = hits.reduce((most, { score }) => Math.max(most, score), 0);
    const relevant = hits.filter(({ score }) => score >= this.#weights.cut * most);
    const shown = relevant.length < FEW ? hits : relevant;
    shown.sort((one, other) => other.score - one.score || one.entry - other.entry);
    const found = shown.slice(0, Math.max(FEW, relevant.length));
    return { hits: found.slice(0, MOST), count: found.length };
  }

  /** Put questions that ask the same side by side. */
  #raiseSiblings(hits: readonly Hit[]): void {
    const byEntry = new Map(hits.map((hit) => [hit.entry, hit]));
    for (const group of this.#siblings) {
      const found = group.flatMap((entry) => byEntry.get(entry) ?? []);
      const most = Math.max(...found.map(({ score }) => score));
      for (const hit of found) hit.score = Math.max(hit.score, most * this.#weights.sibling);
    }
  }
}

/** Whether a reading is a phrase that was not typed. */
function isSynonym({ stems, words }: Reading): boolean {
  return words.length === 0 && stems.length > 1;
}

/** The places that all terms have in common. */
function common(postings: Postings, terms: readonly number[]): ReadonlySet<number> | undefined {
  let found: ReadonlySet<number> | undefined;
  for (const term of terms) found = postings.placesOf(term, found);
  return found;
}

/** The places that more than half of the terms have in common. */
function most(postings: Postings, terms: readonly number[]): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const term of terms)
    postings.each(term, (place) => counts.set(place, (counts.get(place) ?? 0) + 1));
  const places = [...counts].filter(([, count]) => count > terms.length / 2);
  return new Set(places.map(([place]) => place));
}
