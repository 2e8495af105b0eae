import { entries, type Row, split } from "./fields";
import { Marker } from "./highlighting";
import { buildIndex, count, pieces } from "./inverted-index";
import type { Found, FoundPlace, Reply, Topic } from "./messages";
import { Places, type PlacesData } from "./places";
import { type Part, QueryReader, type Texts } from "./query";
import { type Hit, Ranking } from "./ranking";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";
import { WEIGHTS, type Weights } from "./weights";
import { type Packed, unpacked } from "./word-numbers";
import { words } from "./words";

const TOPICS = 3;
/** Least certainty that a query is about something that is here. */
const CERTAIN = 2.95;

/** What a query finds. `results` marks the matches in a range of results when it is called. */
export interface Answer extends Pick<Reply, "count" | "corrected" | "fits" | "topics"> {
  results: (from?: number, to?: number) => Found[];
}

/** Finds the questions that answer a query. */
export class Engine {
  readonly #questions: readonly Row[];
  readonly #topics: readonly Topic[];
  readonly #vocabulary: Vocabulary;
  readonly #readerOf: (vocabulary: Vocabulary, count: Texts["count"]) => QueryReader;
  readonly #reader: QueryReader;
  readonly #ranking: Ranking;
  #places: Places | undefined;

  constructor(packed: Packed, weights: Weights = WEIGHTS) {
    const data = unpacked(packed);
    this.#questions = data.questions;
    this.#topics = data.topics.map(([id, title]) => ({ id, title }));
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
    const { parts, corrected } = this.#reader.read(query);
    const { hits, count } = this.#ranking.rank(parts);
    const meant = parts.flatMap(({ readings }) => readings.map(({ stems }) => stems));
    const marker = new Marker(meant, (word) => this.#vocabulary.stem(word));
    const fits = certainty(hits[0], parts, corrected !== "") >= CERTAIN;
    return {
      results: (from, to) => hits.slice(from, to).map(({ entry }) => this.#found(entry, marker)),
      count,
      // The words of a query about something else are no typos, they are just not in the texts.
      corrected: fits ? corrected : "",
      fits,
      topics: this.#nearest(hits),
    };
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

  #found(entry: number, marker: Marker): Found {
    const [id, topic, question, answer, mark = ""] = this.#questions[entry] as Row;
    return {
      id,
      question: marker.marked(question),
      answer: marker.marked(answer),
      topic: this.#topics[topic] as Topic,
      mark,
    };
  }

  /** Topics of the best hits. */
  #nearest(hits: readonly Hit[]): Topic[] {
    const scores = new Map<number, number>();
    for (const { entry, score } of hits) {
      const topic = this.#questions[entry]?.[1] ?? 0;
      scores.set(topic, (scores.get(topic) ?? 0) + score);
    }
    const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, TOPICS);
    return best.map(([topic]) => this.#topics[topic] as Topic);
  }
}

/**
 * How certain it is that the best hit is what a query is about. The numbers are those of a logistic
 * regression on judged queries and on queries about other things, rounded (`make search`).
 */
function certainty(best: Hit | undefined, parts: readonly Part[], corrected: boolean): number {
  if (!best) return 0;
  const unknown = parts.filter(({ readings }) => readings.length === 0).length;
  const known = Math.min(best.score, 1.5) + 2 * best.coverage + 0.35 * parts.length;
  return known - 0.5 * unknown - (corrected ? 0.4 : 0);
}
