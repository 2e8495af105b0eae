import { type Answer, answerOf, isCertain, type Shown } from "../answer";
import { split } from "../fields";
import { isRun, pieces } from "../inverted-index";
import type { FoundPlace, Topic } from "../messages";
import { Places, type PlacesData } from "../places";
import { COMPLETIONS, QueryReader, type Texts, type Understood } from "../query";
import { Ranking } from "../ranking";
import { Synonyms } from "../synonyms";
import type { Vocabulary } from "../vocabulary";
import { WEIGHTS, type Weights } from "../weights";
import { isUnspaced, pairs, stem, words } from "../words";
import {
  nameAt,
  QUESTIONS,
  Ranges,
  type Root,
  type TermsFile,
  type TextsFile,
  textsOf,
  type WordsFile,
} from "./format";
import { LoadedIndex } from "./loaded-index";
import { LoadedVocabulary } from "./loaded-words";
import { Loader, type Read } from "./loader";

/** What a query finds. */
interface Finding {
  /** Load the texts of the first results, or of all; return the answer. */
  answer(results?: number): Promise<Answer>;
}

/** Reading a query makes no sense before more has loaded. */
const INCOMPLETE = new Error("incomplete");
/** Fewest letters of a word that is likely to be complete. */
const LIKELY = 3;
/** Number of completions tried for fewer letters: each has terms to load. */
const FEW = 12;

/**
 * Finds the questions that answer a query, in data of which it loads only what the query needs: a
 * query is read again and again until nothing that was asked for is missing.
 */
export class PiecesEngine {
  readonly #root: Root;
  readonly #weights: Weights;
  readonly #words: Ranges;
  readonly #terms: Ranges;
  readonly #loader: Loader;
  readonly #vocabulary: LoadedVocabulary;
  readonly #synonyms: Synonyms;
  readonly #index: LoadedIndex;
  readonly #stops: readonly string[];
  readonly #reader: QueryReader;
  readonly #shown = new Map<number, Shown>();
  readonly #topics = new Map<string, Topic>();
  /** Files that were asked for and have not loaded, and what is done with each. */
  readonly #missing = new Map<string, (file: unknown) => void>();
  #placesData: PlacesData | undefined;
  #places: Places | undefined;

  constructor(root: Root, read: Read, weights: Weights = WEIGHTS) {
    this.#root = root;
    this.#weights = weights;
    this.#words = new Ranges(root.words.from.split(" "));
    this.#terms = new Ranges(root.terms.from.split(" "));
    this.#loader = new Loader(read);
    const asked = {
      word: (word: string) => this.#askWords(this.#words.of(word)),
      all: (beginning: string) => {
        if (this.#missing.size === 0) this.#askAll(beginning);
        if (this.#missing.size > 0) throw INCOMPLETE;
      },
    };
    this.#stops = split(root.stop_words);
    const stops = this.#stops.map((stop) => words(stop).join(" "));
    this.#vocabulary = new LoadedVocabulary(stops, split(root.unused), asked);
    this.#synonyms = new Synonyms(root.synonyms.map(split));
    this.#index = new LoadedIndex(root.size, weights);
    this.#reader = this.#readerOf(this.#vocabulary, (word) => this.#vocabulary.count(word));
  }

  /** Find what answers a query; undefined if it is not the latest any more when more has loaded. */
  async search(query: string, isLatest = () => true): Promise<Finding | undefined> {
    this.#missing.clear();
    this.#askLikely(query);
    for (;;) {
      const understood = this.#missing.size === 0 && this.#read(query);
      if (understood) {
        for (const { readings } of understood.parts)
          for (const { stems } of readings) this.#askTerms(stems);
        if (this.#missing.size === 0) return this.#finding(understood);
      }
      await this.#load();
      if (!isLatest()) return undefined;
      this.#missing.clear();
    }
  }

  /** Read a query, unless that asks for what is missing. */
  #read(query: string): Understood | undefined {
    try {
      const understood = this.#reader.read(query);
      return this.#missing.size === 0 ? understood : undefined;
    } catch (error) {
      if (error !== INCOMPLETE) throw error;
      return undefined;
    }
  }

  #finding(understood: Understood): Finding {
    const ranking = new Ranking(this.#index, this.#weights, this.#root.siblings);
    const ranked = ranking.rank(understood.parts);
    const entries = ranked.hits.map(({ entry }) => entry);
    // The closest topics are those of all results.
    const needsAll = !isCertain(ranked.hits[0], understood);
    return {
      answer: async (results) => {
        this.#missing.clear();
        for (const entry of needsAll ? entries : entries.slice(0, results)) this.#askText(entry);
        await this.#load();
        return answerOf(
          understood,
          ranked,
          this.#vocabulary,
          (entry) => this.#shown.get(entry) as Shown,
        );
      },
    };
  }

  #load(): Promise<void> {
    return this.#loader.load(this.#missing);
  }

  /** Ask for what a query most likely needs, all at once. */
  #askLikely(query: string): void {
    const typed = words(query);
    for (const [at, word] of typed.entries()) {
      const isLast = at === typed.length - 1;
      const isStop = this.#vocabulary.isStopWord(word);
      for (const likely of [...(isStop ? [] : [word]), ...(isLast ? [] : [word + typed[at + 1]])])
        for (const form of [likely, stem(likely)]) this.#askWords(this.#words.of(form));
      if (isLast) this.#askAll(word);
      if (!isStop && !isUnspaced(word) && word.length >= LIKELY) this.#askTerm(stem(word));
    }
  }

  #askTerms(stems: readonly string[]): void {
    for (const term of isRun(stems) ? pairs(stems) : stems) this.#askTerm(term);
  }

  #askTerm(term: string): void {
    const name = nameAt(this.#root.terms.names, this.#terms.of(term));
    this.#ask(name, (file) => this.#index.add(file as TermsFile));
  }

  #askAll(beginning: string): void {
    for (const at of this.#words.all(beginning)) this.#askWords(at);
  }

  #askWords(at: number): void {
    this.#ask(nameAt(this.#root.words.names, at), (file) => {
      this.#vocabulary.addFile(file as WordsFile);
      this.#places = undefined;
    });
  }

  #askText(entry: number): void {
    const first = entry - (entry % QUESTIONS);
    this.#ask(textsOf(this.#root, entry), (file) => {
      const { topics, questions } = file as TextsFile;
      for (const [at, [id, topic, ...shown]] of questions.entries())
        this.#shown.set(first + at, [id, this.#topic(topics[topic]), ...shown]);
    });
  }

  /** A topic, the same for all of its questions. */
  #topic([id, title]: readonly [id: string, title: string] = ["", ""]): Topic {
    const topic = this.#topics.get(id) ?? { id, title };
    this.#topics.set(id, topic);
    return topic;
  }

  #ask(name: string, use: (file: unknown) => void): void {
    if (!this.#loader.has(name)) this.#missing.set(name, use);
  }

  #readerOf(vocabulary: Vocabulary, count: Texts["count"]): QueryReader {
    const inTexts = (run: readonly string[]) => {
      for (const term of [...run, ...pairs(run)]) this.#askTerm(term);
      return pieces(this.#index, run);
    };
    const most = (word: string) => (word.length < LIKELY ? FEW : COMPLETIONS);
    const texts = { count, most, pieces: inTexts };
    return new QueryReader(vocabulary, this.#synonyms, this.#stops, texts, this.#weights);
  }

  /** Add the terms, topics and paths, whose words change nothing in the search for questions. */
  addPlaces(data: PlacesData): void {
    this.#placesData = data;
  }

  /** The terms, topics and paths that a query names; none while its words still have to load. */
  places(query: string): FoundPlace[] {
    if (!this.#placesData) return [];
    if (!this.#places) {
      const vocabulary = this.#vocabulary.copy();
      const reader = this.#readerOf(vocabulary, () => 1);
      this.#places = new Places(this.#placesData, vocabulary, reader);
    }
    try {
      return this.#places.find(query);
    } catch (error) {
      if (error !== INCOMPLETE) throw error;
      return [];
    }
  }
}
