import { buildIndex, count } from "./inverted-index";
import { Marker } from "./marks";
import type { Found, Reply, Topic } from "./protocol";
import { QueryReader } from "./query";
import { type Hit, Ranking } from "./ranking";
import { SETTINGS, type Settings } from "./settings";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";

const SEPARATOR = "|";
const TOPICS = 3;
/** Share of a query that the best result must cover to count as a match. */
const FITTING = 0.4;

/** Rows of `search/data.json`, as scripts/qna/data/search.py writes them. */
export interface Data {
  topics: readonly (readonly [id: string, title: string])[];
  questions: readonly Row[];
  /** Other ways to ask each question, separated by bars. */
  phrases: readonly string[];
  /** Words and phrases of each group, separated by bars. */
  synonyms: readonly string[];
  /** Words and phrases, separated by bars. */
  stop_words: string;
}
type Row = readonly [id: string, topic: number, question: string, answer: string];

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

  constructor(data: Data, settings: Settings = SETTINGS) {
    const { topics, questions, phrases, synonyms, stop_words } = data;
    this.#questions = questions;
    this.#topics = topics.map(([id, title]) => ({ id, title }));
    const entries = questions.map(([id, topic, question, answer], number) => ({
      subject: id.replaceAll("-", " "),
      question,
      answer,
      phrases: (phrases[number] ?? "").split(SEPARATOR),
      topic: topics[topic]?.[1] ?? "",
    }));
    const stops = stop_words.split(SEPARATOR);
    this.#vocabulary = new Vocabulary(stops);
    const index = buildIndex(entries, this.#vocabulary, settings);
    const groups = synonyms.map((group) => group.split(SEPARATOR));
    this.#reader = new QueryReader(
      this.#vocabulary,
      new Synonyms(groups),
      stops,
      (word) => count(index, word),
      settings,
    );
    this.#ranking = new Ranking(index, settings);
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
    const [id, topic, question, answer] = this.#questions[entry] as Row;
    return {
      id,
      question: marker.marked(question),
      answer: marker.marked(answer),
      topic: this.#topics[topic] as Topic,
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
