import { type Data, entries, type Row, split } from "./fields";
import { Marker } from "./highlighting";
import { buildIndex, count, pieces } from "./inverted-index";
import type { Found, Reply, Topic } from "./messages";
import { QueryReader } from "./query";
import { type Hit, Ranking } from "./ranking";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";
import { WEIGHTS, type Weights } from "./weights";
import { words } from "./words";

const TOPICS = 3;
/** Share of a query that the best result must cover to count as a match. */
const FITTING = 0.4;

/** What a query finds. `results` marks the matches in a range of results when it is called. */
export interface Answer extends Pick<Reply, "count" | "corrected" | "fits" | "topics"> {
  results: (from?: number, to?: number) => Found[];
}

/** Finds the questions that answer a query. */
export class Engine {
  readonly #questions: readonly Row[];
  readonly #topics: readonly Topic[];
  readonly #vocabulary: Vocabulary;
  readonly #reader: QueryReader;
  readonly #ranking: Ranking;

  constructor(data: Data, weights: Weights = WEIGHTS) {
    this.#questions = data.questions;
    this.#topics = data.topics.map(([id, title]) => ({ id, title }));
    const stops = split(data.stop_words);
    this.#vocabulary = new Vocabulary(stops.map((stop) => words(stop).join(" ")));
    const index = buildIndex(entries(data), this.#vocabulary, weights);
    const synonyms = new Synonyms(data.synonyms.map(split));
    this.#reader = new QueryReader(
      this.#vocabulary,
      synonyms,
      stops,
      { count: (word) => count(index, word), pieces: (run) => pieces(index, run) },
      weights,
    );
    this.#ranking = new Ranking(index, weights);
  }

  search(query: string): Answer {
    const { parts, corrected } = this.#reader.read(query);
    const hits = this.#ranking.rank(parts);
    const meant = parts.flatMap(({ readings }) => readings.map(({ stems }) => stems));
    const marker = new Marker(meant, (word) => this.#vocabulary.stem(word));
    return {
      results: (from, to) => hits.slice(from, to).map(({ entry }) => this.#found(entry, marker)),
      count: hits.length,
      corrected,
      fits: (hits[0]?.coverage ?? 0) >= FITTING,
      topics: this.#nearest(hits),
    };
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

  /** Topics of the best hits; the first topics if there are no hits. */
  #nearest(hits: readonly Hit[]): Topic[] {
    const scores = new Map<number, number>(this.#topics.map((_, topic) => [topic, 0]));
    for (const { entry, score } of hits) {
      const topic = this.#questions[entry]?.[1] ?? 0;
      scores.set(topic, (scores.get(topic) ?? 0) + score);
    }
    const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, TOPICS);
    return best.map(([topic]) => this.#topics[topic] as Topic);
  }
}
