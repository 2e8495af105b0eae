// Writes the data of a search in pieces.

import { type Data, entries, type Row, split } from "../fields";
import { buildIndex, count, type Index, rarityOf } from "../inverted-index";
import { levelOf } from "../levels";
import { Vocabulary } from "../vocabulary";
import { WEIGHTS, type Weights } from "../weights";
import { stem, words } from "../words";
import { ColumnWriter, shortened } from "./columns";
import {
  type Division,
  GROUP,
  QUESTIONS,
  Ranges,
  type Root,
  type TermsFile,
  type TextsFile,
  type WordsFile,
} from "./format";

/** Characters of a file of words or terms, before it is compressed. */
export interface Sizes {
  words: number;
  terms: number;
}
const SIZES: Sizes = { words: 4_000, terms: 5_000 };
/** Letters that words in a file of words share with none in another, so that forms are together. */
const TOGETHER = 3;

/** Takes a text and returns its digest, which names its file. */
type Digest = (text: string) => string;

/** The root, and all other files by name. */
export interface Written {
  root: Root;
  files: Map<string, string>;
}

/** The words of texts, and their hyphenated words. */
class Recorded extends Vocabulary {
  readonly words = new Map<string, string>();
  readonly compounds = new Map<string, readonly string[]>();

  override add(word: string): string {
    const own = super.add(word);
    this.words.set(word, own);
    return own;
  }

  override addCompound(parts: readonly string[]): void {
    const key = stem(parts.join(""));
    if (!this.compounds.has(key)) this.compounds.set(key, parts);
  }
}

export function inPieces(
  data: Data,
  digest: Digest,
  weights: Weights = WEIGHTS,
  sizes = SIZES,
): Written {
  const stops = split(data.stop_words).map((stop) => words(stop).join(" "));
  const vocabulary = new Recorded(stops);
  const index = buildIndex(entries(data), vocabulary, weights);
  const files = new Map<string, string>();
  const divided = (parts: Iterable<[from: string, text: string]>): Division => {
    const all = [...parts];
    const names = all.map(([, text]) => {
      const name = digest(text);
      files.set(name, text);
      return name;
    });
    return { from: all.map(([from]) => from).join(" "), names: names.join("") };
  };
  const root = {
    size: data.questions.length,
    stop_words: data.stop_words,
    synonyms: data.synonyms,
    unused: stops.filter((stop) => !vocabulary.words.has(stop)).join("|"),
    siblings: data.siblings ?? [],
    words: divided(wordsFiles(vocabulary, index, sizes.words)),
    terms: divided(termsFiles(vocabulary, index, weights, sizes.terms)),
    texts: textsFiles(data, digest, files),
  };
  return { root, files };
}

function* wordsFiles(
  { words: all, compounds }: Recorded,
  index: Index,
  size: number,
): Generator<[string, string]> {
  const sorted = [...all.keys()].sort();
  const parts: string[][] = [[]];
  let length = 0;
  for (const [at, word] of sorted.entries()) {
    const before = sorted[at - 1] ?? "";
    if (length > size && word.slice(0, TOGETHER) !== before.slice(0, TOGETHER)) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(word);
    length += word.length;
  }
  const from = parts.map(([first = ""], at) =>
    at > 0 ? distinct(first, parts[at - 1]?.at(-1)) : "",
  );
  const ranges = new Ranges(from);
  const listed = (): string[][] => parts.map(() => []);
  const [stems, others] = [listed(), listed()];
  const seen = new Set<string>();
  for (const [word, own] of all) {
    const place = ranges.of(own);
    if (place === ranges.of(word) || seen.has(own)) continue;
    seen.add(own);
    stems[place]?.push(own);
  }
  for (const [key, compound] of compounds) others[ranges.of(key)]?.push(compound.join(" "));
  for (const [at, own] of parts.entries()) {
    const counts = new ColumnWriter();
    for (const word of own) counts.number(count(index, word));
    const file: WordsFile = {
      words: shortened(own),
      counts: counts.text,
      stems: stems[at] ?? [],
      compounds: others[at] ?? [],
    };
    yield [from[at] ?? "", JSON.stringify(file)];
  }
}

/** The shortest beginning of a word that the word before it comes before. */
function distinct(word: string, before = ""): string {
  let length = 0;
  while (word[length] === before[length]) length++;
  // Not half a character.
  return /[\ud800-\udbff]/.test(word[length] ?? "") ? word : word.slice(0, length + 1);
}

/** What a file of terms has. */
class TermsWriter {
  readonly names: string[][] = [];
  readonly #columns = {
    technical: new ColumnWriter(),
    counts: new ColumnWriter(),
    gaps: new ColumnWriter(),
    weights: new ColumnWriter(),
    singles: new ColumnWriter(),
    steps: new ColumnWriter(),
    norms: new ColumnWriter(),
    places: new ColumnWriter(),
  };
  readonly #index: Index;
  readonly #weights: Weights;
  readonly #firstOf: Uint32Array;

  /** `firstOf` has the number of each entry's first single text. */
  constructor(index: Index, firstOf: Uint32Array, weights: Weights) {
    this.#index = index;
    this.#weights = weights;
    this.#firstOf = firstOf;
  }

  get length(): number {
    const columns = Object.values(this.#columns);
    return columns.reduce((sum, { length }) => sum + length, 0) + 8 * this.names.length;
  }

  /** Add a stem and the words that have it. */
  add(own: string, words: readonly string[]): void {
    const { technical, weights } = this.#columns;
    this.names.push([own, ...words]);
    const listed = words.length > 0 ? words.map((word) => `=${word}`) : [own];
    for (const name of [own, ...(words.length > 0 ? listed : [])])
      technical.digit(this.#isTechnical(name) ? 1 : 0);
    for (const name of listed) this.#list(this.#number(name));
    if (words.length < 2) return;
    const times = new Map<number, number>();
    for (const name of listed)
      this.#index.entries.each(this.#number(name), (entry) =>
        times.set(entry, (times.get(entry) ?? 0) + 1),
      );
    this.#index.entries.each(this.#number(own), (entry, weight) => {
      if ((times.get(entry) ?? 0) > 1) weights.digit(levelOf(weight));
    });
  }

  text(): string {
    const names = this.names.map(([own = "", ...words]) => `${own} ${shortened(words)}`.trim());
    const columns = Object.entries(this.#columns).map(([name, { text }]) => [name, text]);
    const file: TermsFile = { names: names.join("|"), ...Object.fromEntries(columns) };
    return JSON.stringify(file);
  }

  /** Whether a term is not only in phrases; an index has it in the rarity. */
  #isTechnical(name: string): boolean {
    const { entries, size, rarity } = this.#index;
    const term = this.#number(name);
    const technical = rarityOf(name, entries.count(term), size, true, this.#weights);
    return Math.fround(technical) === rarity[term];
  }

  #number(name: string): number {
    return this.#index.terms.get(name) ?? 0;
  }

  #list(term: number): void {
    const { counts, gaps, weights, singles, steps, norms, places } = this.#columns;
    const { entries, singles: all, entryOf, norms: normOf } = this.#index;
    const [texts, last]: [number[], number[]] = [[], []];
    all.each(term, (single, place) => {
      texts.push(single);
      last.push(place);
    });
    counts.number(entries.count(term));
    let before = 0;
    let at = 0;
    entries.each(term, (entry, weight) => {
      gaps.number(entry - before);
      before = entry;
      weights.digit(levelOf(weight));
      let text = this.#firstOf[entry] ?? 0;
      let number = 0;
      for (; at < texts.length && entryOf[texts[at] ?? 0] === entry; at++, number++) {
        const single = texts[at] ?? 0;
        steps.number(single - text);
        text = single;
        norms.digit(levelOf(normOf[single] ?? 1));
        places.number(last[at] ?? 0);
      }
      singles.number(number);
    });
  }
}

function* termsFiles(
  { words: all }: Recorded,
  index: Index,
  weights: Weights,
  size: number,
): Generator<[string, string]> {
  const firstOf = new Uint32Array(index.size);
  for (let single = index.entryOf.length - 1; single >= 0; single--)
    firstOf[index.entryOf[single] ?? 0] = single;
  const byStem = new Map<string, string[]>();
  for (const name of index.terms.keys()) if (!name.startsWith("=")) byStem.set(name, []);
  for (const [word, own] of all) if (index.terms.has(`=${word}`)) byStem.get(own)?.push(word);
  let writer = new TermsWriter(index, firstOf, weights);
  let from = "";
  let before = "";
  for (const own of [...byStem.keys()].sort()) {
    if (writer.length > size) {
      yield [from, writer.text()];
      writer = new TermsWriter(index, firstOf, weights);
      from = distinct(own, before);
    }
    writer.add(own, (byStem.get(own) ?? []).sort());
    before = own;
  }
  yield [from, writer.text()];
}

/** Write the texts, and return the digests of their groups. */
function textsFiles(data: Data, digest: Digest, files: Map<string, string>): string {
  const texts: string[] = [];
  for (let from = 0; from < data.questions.length; from += QUESTIONS)
    texts.push(JSON.stringify(shown(data, data.questions.slice(from, from + QUESTIONS))));
  let names = "";
  for (let from = 0; from < texts.length; from += GROUP) {
    const group = texts.slice(from, from + GROUP);
    const name = digest(group.join("\n"));
    names += name;
    for (const [at, text] of group.entries()) files.set(`${name}-${at}`, text);
  }
  return names;
}

function shown({ topics }: Data, questions: readonly Row[]): TextsFile {
  const named = questions.map(([, topic]) => [topic, topics[topic] ?? ["", ""]] as const);
  return { topics: Object.fromEntries(named), questions };
}
