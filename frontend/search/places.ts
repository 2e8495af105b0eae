import { Marker } from "./highlighting";
import type { FoundPlace, PlaceKind } from "./messages";
import type { Part, QueryReader } from "./query";
import type { Vocabulary } from "./vocabulary";
import { words } from "./words";

/** `search/places.json`, as scripts/qna/data/search_places.py writes it. */
export interface PlacesData {
  terms: readonly (readonly [name: string, meaning: string, expansion?: string, anchor?: string])[];
  topics: readonly PageRow[];
  paths: readonly PageRow[];
}
type PageRow = readonly [id: string, title: string, about: string];

/** A term, topic or path. */
interface Place {
  kind: PlaceKind;
  /** Relative to the site. */
  address: string;
  title: string;
  about: string;
  /** Its names, as stems. */
  names: readonly (readonly string[])[];
}

/** Most places that are shown. */
const MOST = 3;
/** Least share of a query that a place's name must cover. */
const COVERED = 0.4;

/** Finds the terms, topics and paths that a query names. */
export class Places {
  readonly #all: readonly Place[];
  readonly #vocabulary: Vocabulary;
  readonly #reader: QueryReader;

  /** Adds the words of names to a vocabulary, which `reader` uses. */
  constructor({ terms, topics, paths }: PlacesData, vocabulary: Vocabulary, reader: QueryReader) {
    this.#vocabulary = vocabulary;
    this.#reader = reader;
    const stems = (name: string) =>
      words(name)
        .filter((word) => !vocabulary.isStopWord(word))
        .map((word) => vocabulary.add(word));
    const page = (kind: PlaceKind, folder: string) => (row: PageRow) => {
      const [id, title, about] = row;
      return { kind, address: `${folder}/${id}/`, title, about, names: [stems(title)] };
    };
    this.#all = [
      ...terms.map(([name, about, expansion = "", anchor = usual(name)]): Place => {
        const title = expansion ? `${name} (${expansion})` : name;
        const names = [name, expansion].map(stems).filter(({ length }) => length > 0);
        return { kind: "term", address: `glossary/#${anchor}`, title, about, names };
      }),
      ...topics.map(page("topic", "topics")),
      ...paths.map(page("path", "paths")),
    ];
  }

  /** The places that a query names, the best first. */
  find(query: string): FoundPlace[] {
    const { parts } = this.#reader.read(query);
    const meant = parts.flatMap(({ readings }) => readings.map(({ stems }) => stems));
    const marker = new Marker(meant, (word) => this.#vocabulary.stem(word));
    const scored = this.#all.map((place) => ({ place, score: named(parts, place) }));
    return scored
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .slice(0, MOST)
      .map(({ place: { names, ...shown } }) => ({ ...shown, title: marker.marked(shown.title) }));
  }
}

/** The anchor of a term in the glossary, if it has the usual one. */
function usual(name: string): string {
  return `term-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}`;
}

/**
 * How well a query names a place, 0 to 1: it has all words of one of its names, which are much of
 * the query, or nothing but words of it.
 */
function named(parts: readonly Part[], { names }: Place): number {
  return Math.max(0, ...names.map((name) => agreement(parts, name)));
}

function agreement(parts: readonly Part[], name: readonly string[]): number {
  const taken = new Set<string>();
  let covered = 0;
  let certain = 0;
  for (const { readings } of parts) {
    const [best] = readings
      .filter(({ stems }) => stems.length > 0 && stems.every((stem) => name.includes(stem)))
      .sort((one, other) => other.weight - one.weight);
    if (!best) continue;
    covered++;
    certain += best.weight;
    for (const stem of best.stems) taken.add(stem);
  }
  const [ofQuery, ofName] = [covered / parts.length, taken.size / new Set(name).size];
  const fits = (ofName === 1 && ofQuery >= COVERED) || (covered > 0 && ofQuery === 1);
  return fits ? (certain / parts.length) * ofName : 0;
}
