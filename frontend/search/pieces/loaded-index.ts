import { type Index, rarityOf } from "../inverted-index";
import { valueAt } from "../levels";
import { type List, Postings } from "../postings";
import type { Weights } from "../weights";
import { Column, lengthened } from "./columns";
import type { TermsFile } from "./format";

/** More than the single texts of an entry. */
const SINGLES = 8_192;

/** Where a term occurs: in entries, and in single texts. */
interface Found {
  entries: List;
  singles: List;
}

/** The index of the terms that have loaded. */
export class LoadedIndex implements Index {
  readonly terms = new Map<string, number>();
  readonly rarity: number[] = [];
  readonly entries = new Postings();
  readonly singles = new Postings();
  readonly entryOf: number[] = [];
  readonly norms: number[] = [];
  readonly size: number;
  readonly #weights: Weights;
  /** Numbers of the single texts that have loaded terms. */
  readonly #numbers = new Map<number, number>();

  constructor(size: number, weights: Weights) {
    this.size = size;
    this.#weights = weights;
  }

  /** Add the terms of a file. */
  add(file: TermsFile): void {
    const columns = new Columns(file);
    for (const group of file.names.split("|")) {
      const [own = "", ...short] = group.split(" ");
      const words = lengthened(short.join(" "));
      const technical = [own, ...words].map(() => columns.technical.digit() === 1);
      const found = (words.length > 0 ? words : [own]).map(() => this.#read(columns));
      for (const [at, word] of words.entries())
        this.#term(`=${word}`, technical[at + 1], found[at] as Found);
      // A word follows its stem.
      const before = words.length > 0 ? 1 : 0;
      this.#term(own, technical[0], {
        entries: joined(found, () => weightAt(columns.weights)),
        singles: highest(found, before),
      });
    }
  }

  #term(name: string, isTechnical: boolean | undefined, { entries, singles }: Found): void {
    const term = this.terms.size;
    this.terms.set(name, term);
    fill(this.entries, term, entries);
    fill(this.singles, term, singles);
    const count = entries.places.length;
    const rarity = rarityOf(name, count, this.size, isTechnical === true, this.#weights);
    this.rarity.push(Math.fround(rarity));
  }

  #read({ counts, gaps, weights, singles, steps, norms, places }: Columns): Found {
    const found = { entries: emptyList(), singles: emptyList() };
    let entry = 0;
    for (let left = counts.number(); left > 0; left--) {
      entry += gaps.number();
      add(found.entries, entry, weightAt(weights));
      let single = 0;
      for (let more = singles.number(); more > 0; more--) {
        single += steps.number();
        const number = this.#single(entry, single, weightAt(norms));
        add(found.singles, number, places.number());
      }
    }
    return found;
  }

  #single(entry: number, single: number, norm: number): number {
    const key = entry * SINGLES + single;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.entryOf.length;
    this.#numbers.set(key, number);
    this.entryOf.push(entry);
    this.norms.push(norm);
    return number;
  }
}

function fill(postings: Postings, term: number, { places, weights }: List): void {
  for (const [at, place] of places.entries()) postings.add(term, place, weights[at] ?? 0);
}

function emptyList(): List {
  return { places: [], weights: [] };
}

function add({ places, weights }: List, place: number, weight: number): void {
  places.push(place);
  weights.push(weight);
}

class Columns {
  readonly technical: Column;
  readonly counts: Column;
  readonly gaps: Column;
  readonly weights: Column;
  readonly singles: Column;
  readonly steps: Column;
  readonly norms: Column;
  readonly places: Column;

  constructor(file: TermsFile) {
    this.technical = new Column(file.technical);
    this.counts = new Column(file.counts);
    this.gaps = new Column(file.gaps);
    this.weights = new Column(file.weights);
    this.singles = new Column(file.singles);
    this.steps = new Column(file.steps);
    this.norms = new Column(file.norms);
    this.places = new Column(file.places);
  }
}

/** The next weight of a column. */
function weightAt(column: Column): number {
  return valueAt(column.digit());
}

/** The entries that any word is in; if several are, `weight` returns the weight of their stem. */
function joined(found: readonly Found[], weight: () => number): List {
  const [first] = found;
  if (found.length === 1 && first) return first.entries;
  const several = new Map<number, number>();
  for (const { entries } of found)
    entries.places.forEach((entry, at) => {
      several.set(entry, several.has(entry) ? Number.NaN : (entries.weights[at] ?? 0));
    });
  const all = emptyList();
  for (const [entry, own] of [...several].sort(([one], [other]) => one - other))
    add(all, entry, Number.isNaN(own) ? weight() : own);
  return all;
}

/** The single texts that any word is in, each with the last place of their stem. */
function highest(found: readonly Found[], before: number): List {
  const last = new Map<number, number>();
  for (const { singles } of found)
    singles.places.forEach((single, at) => {
      const place = (singles.weights[at] ?? 0) - before;
      last.set(single, Math.max(last.get(single) ?? 0, place));
    });
  const all = emptyList();
  for (const [single, place] of last) add(all, single, place);
  return all;
}
