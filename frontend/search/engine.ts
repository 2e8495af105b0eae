import { type Answer, answerOf, type Shown } from "./answer";
import { entries, split } from "./fields";
import { buildIndex, count, pieces } from "./inverted-index";
import type { FoundPlace, Topic } from "./messages";
import { Places, type PlacesData } from "./places";
import { QueryReader, type Texts } from "./query";
import { Ranking } from "./ranking";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";
import { WEIGHTS, type Weights } from "./weights";
import { type Packed, unpacked } from "./word-numbers";
import { words } from "./words";

/** Finds the questions that answer a query. */
export class Engine {
  readonly #shown: readonly Shown[];
  readonly #vocabulary: Vocabulary;
  readonly #readerOf: (vocabulary: Vocabulary, count: Texts["count"]) => QueryReader;
  readonly #reader: QueryReader;
  readonly #ranking: Ranking;
  #places: Places | undefined;

  constructor(packed: Packed, weights: Weights = WEIGHTS) {
    const data = unpacked(packed);
    const topics = data.topics.map(([id, title]) => ({ id, title }));
    this.#shown = data.questions.map(([id, topic, ...texts]) => [
      id,
      topics[topic] as Topic,
      ...texts,
    ]);
    const stops = split(data.stop_words);
    this.#vocabulary = new Vocabulary(stops.map((stop) => words(stop).join(" ")));
    const index = buildIndex(entries(data), this.#vocabulary, weights);
    const synonyms = new Synonyms(data.synonyms.map(split));
    const inTexts = (run: readonly string[]) => pieces(index, run);
    this.#readerOf = (vocabulary, count) =>
      new QueryReader(vocabulary, synonyms, stops, { count, pieces: inTexts }, weights);
    this.#reader = this.#readerOf(this.#vocabulary, (word) => count(index, word));
    this.#ranking = new Ranking(index, weights, data.siblings);
  }

  search(query: string): Answer {
    const understood = this.#reader.read(query);
    const ranked = this.#ranking.rank(understood.parts);
    return answerOf(understood, ranked, this.#vocabulary, (entry) => this.#shown[entry] as Shown);
  }

  /** Add the terms, topics and paths, whose words change nothing in the search for questions. */
  addPlaces(data: PlacesData): void {
    const vocabulary = this.#vocabulary.copy();
    this.#places = new Places(
      data,
      vocabulary,
      this.#readerOf(vocabulary, () => 1),
    );
  }

  /** The terms, topics and paths that a query names; none before they are added. */
  places(query: string): FoundPlace[] {
    return this.#places?.find(query) ?? [];
  }
}
