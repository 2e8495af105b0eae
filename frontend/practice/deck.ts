// The questions of the site, and how each of them stands.

import { isObject } from "../saved/records";
import type { Log, Reviews } from "./reviews";
import { type Standing, standing } from "./schedule";

/** The form of `practice/cards.json`; scripts cannot read a later one. */
export const FORMAT = 1;
/** Where the data is, from the site's root. */
export const DATA = "practice/cards.json";

/** The data, as scripts/qna/data/practice_data.py writes it. */
export interface Data {
  readonly format: number;
  readonly topics: readonly { id: string; title: string; formerly?: readonly string[] }[];
  readonly paths: readonly { id: string; title: string; steps: readonly string[] }[];
  readonly questions: readonly Question[];
}

export interface Question {
  readonly id: string;
  readonly topic: string;
  /** Plain text. */
  readonly question: string;
  /** Whether it asks for the reader's own story. */
  readonly story?: boolean;
  /** Ids that it had, or that questions had which were merged into it. */
  readonly formerly?: readonly string[];
}

/** Some questions that are practiced together. */
export interface Group {
  readonly kind: "topic" | "path" | "all";
  /** Empty for all questions. */
  readonly id: string;
  readonly title: string;
  readonly ids: readonly string[];
}

export class Deck {
  readonly topics: readonly Group[];
  readonly paths: readonly Group[];
  readonly questions: ReadonlyMap<string, Question>;
  readonly #current: ReadonlyMap<string, string>;
  readonly #topicIds: ReadonlyMap<string, string>;

  /** Raises an error if the data is of another form. */
  constructor(data: unknown) {
    if (!isObject(data) || data.format !== FORMAT) throw new Error("another form of data");
    const { topics, paths, questions } = data as unknown as Data;
    this.questions = new Map(questions.map((question) => [question.id, question]));
    this.topics = topics.map(({ id, title }) => ({
      kind: "topic",
      id,
      title,
      ids: questions.filter(({ topic }) => topic === id).map((question) => question.id),
    }));
    this.paths = paths.map(({ id, title, steps }) => ({ kind: "path", id, title, ids: steps }));
    this.#current = currentIds(questions);
    this.#topicIds = currentIds(topics);
  }

  /** All questions, in the order of the site. */
  get all(): Group {
    return {
      kind: "all",
      id: "",
      title: WORDS.practice_everything,
      ids: [...this.questions.keys()],
    };
  }

  /** The group that an address or a stored session names; undefined if there is none. */
  group(kind: string, id: string): Group | undefined {
    const groups = { topic: this.topics, path: this.paths, all: [this.all] }[kind];
    const wanted = kind === "topic" ? (this.#topicIds.get(id) ?? id) : id;
    return groups?.find((group) => group.id === wanted);
  }

  /** The id that a question has now, by one that it has or had; undefined if it is not on this site. */
  current(id: string): string | undefined {
    return this.questions.has(id) ? id : this.#current.get(id);
  }

  /** All ids of a question: the one that it has, and those that it had. */
  ids(id: string): readonly string[] {
    return [id, ...(this.questions.get(id)?.formerly ?? [])];
  }

  /** The logs of a question, under all its ids. */
  logs(reviews: Reviews, id: string): Log[] {
    return this.ids(id).flatMap((name) =>
      Object.hasOwn(reviews.logs, name) ? [reviews.logs[name] as Log] : [],
    );
  }

  /** How each question stands that was ever practiced, by id. */
  standings(reviews: Reviews): ReadonlyMap<string, Standing> {
    const found = [...this.questions.keys()].map(
      (id) => [id, standing(this.logs(reviews, id))] as const,
    );
    return new Map(found.filter((entry): entry is [string, Standing] => entry[1] !== undefined));
  }
}

function currentIds(
  items: readonly { id: string; formerly?: readonly string[] }[],
): ReadonlyMap<string, string> {
  return new Map(
    items.flatMap(({ id, formerly = [] }) => formerly.map((old) => [old, id] as const)),
  );
}
