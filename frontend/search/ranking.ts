import { type Index, isRun, termsOf } from "./inverted-index";
import { type Postings, Tally } from "./postings";
import type { Part, Reading } from "./query";
import type { Weights } from "./weights";

/** Largest number of hits. */
const MOST = 20;

export interface Hit {
  entry: number;
  score: number;
  /** The share of the query that the entry covers, 0 to 1. */
  coverage: number;
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

  constructor(index: Index, weights: Weights) {
    this.#index = index;
    this.#weights = weights;
    const entries = () => new Tally(index.size);
    const singles = () => new Tally(index.entryOf.length);
    [this.#reading, this.#part, this.#score, this.#found] = [
      entries(),
      entries(),
      entries(),
      entries(),
    ];
    [this.#singleReading, this.#singlePart, this.#single] = [singles(), singles(), singles()];
  }

  /** The entries that answer a query best, the best first. */
  rank(parts: readonly Part[]): Hit[] {
    let total = 0;
    let squares = 0;
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
    }
    const similar = this.#similar(Math.sqrt(squares) || 1);
    return this.#best(total || 1, similar);
  }

  /** Score one reading of a part; the part keeps the score of its best reading. */
  #count(reading: Reading): void {
    const { entries, singles, rarity: worth } = this.#index;
    const { saturation } = this.#weights;
    const terms = this.#terms(reading);
    const whole = this.#worth(reading) || 1;
    const [inEntries, inSingles] = isRun(reading.stems) ? this.#wholes(terms) : [];
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

  #best(total: number, similar: Tally): Hit[] {
    const { coverage: worth, single } = this.#weights;
    const hits: Hit[] = [];
    this.#score.drain((entry, value) => {
      const coverage = this.#found.get(entry) / total;
      const found = (value / total) * (1 - worth + worth * coverage);
      const score = found + single * similar.get(entry);
      if (hits.length < MOST || score > (hits.at(-1)?.score ?? 0))
        insert(hits, { entry, score, coverage });
    });
    this.#found.clear();
    similar.clear();
    return hits;
  }
}

/** The places that all terms have in common. */
function common(postings: Postings, terms: readonly number[]): ReadonlySet<number> | undefined {
  let found: ReadonlySet<number> | undefined;
  for (const term of terms) found = postings.placesOf(term, found);
  return found;
}

/** Insert a hit in order, and keep the best only. */
function insert(hits: Hit[], hit: Hit): void {
  let at = hits.length;
  while (at > 0 && comesBefore(hit, hits[at - 1])) at--;
  hits.splice(at, 0, hit);
  hits.length = Math.min(hits.length, MOST);
}

function comesBefore(one: Hit, other: Hit | undefined): boolean {
  if (!other || one.score !== other.score) return one.score > (other?.score ?? 0);
  return one.entry < other.entry;
}
