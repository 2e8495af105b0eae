import { buildIndex, count } from "./inverted-index";
import { Marker } from "./marks";
import type { Found, Reply, Topic } from "./protocol";
import { QueryReader } from "./query";
import { type Hit, Ranking } from "./ranking";
import { SETTINGS, type Settings } from "./settings";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";

const BETWEEN = "|";
const TOPICS = 3;
/** The share of a query that the best result has to have, or nothing fits. */
const FITTING = 0.4;

/** Rows of `search/data.json`, as scripts/qna/search.py writes them. */
export interface Data {
  topics: readonly (readonly [id: string, title: string])[];
  questions: readonly Row[];
  /** Other ways to ask each question, with a bar between. */
  phrases: readonly string[];
  /** Members of a group, with a bar between. */
  synonyms: readonly string[];
  /** Words and phrases, with a bar between. */
  stop_words: string;
}
type Row = readonly [id: string, topic: number, question: string, answer: string];

/** What a query finds; the results from one rank to another are marked when they are asked for. */
export interface Answer extends Pick<Reply, "count" | "corrections" | "fits" | "topics"> {
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
      phrases: (phrases[number] ?? "").split(BETWEEN),
      topic: topics[topic]?.[1] ?? "",
    }));
    const stops = stop_words.split(BETWEEN);
    this.#vocabulary = new Vocabulary(stops);
    const index = buildIndex(entries, this.#vocabulary, settings);
    const groups = synonyms.map((group) => group.split(BETWEEN));
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
    const { parts, corrections } = this.#reader.read(query);
    const hits = this.#ranking.rank(parts);
    const meant = parts.flatMap(({ readings }) => readings.map(({ stems }) => stems));
    const marker = new Marker(meant, (word) => this.#vocabulary.stem(word));
    return {
      results: (from, to) => hits.slice(from, to).map(({ entry }) => this.#found(entry, marker)),
      count: hits.length,
      corrections,
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

  /** The topics that the best hits stand in; the first ones if there is no hit. */
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
