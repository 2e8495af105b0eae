/** Places, each with a weight. */
export interface List {
  places: number[];
  weights: number[];
}

/** Where each term occurs. */
export class Postings {
  readonly #lists: List[] = [];

  add(term: number, place: number, weight: number): void {
    this.#lists[term] ??= { places: [], weights: [] };
    const { places, weights } = this.#lists[term];
    places.push(place);
    weights.push(weight);
  }

  /** Number of places where a term occurs. */
  count(term: number): number {
    return this.#lists[term]?.places.length ?? 0;
  }

  /** The places of a term, if `among` is given only those in it. */
  placesOf(term: number | undefined, among?: ReadonlySet<number>): ReadonlySet<number> {
    const found = new Set<number>();
    if (term !== undefined)
      this.each(term, (place) => {
        if (!among || among.has(place)) found.add(place);
      });
    return found;
  }

  /** Call `visit` with each place of a term and its weight there, in the order they were added. */
  each(term: number, visit: (place: number, weight: number) => void): void {
    const { places = [], weights = [] } = this.#lists[term] ?? {};
    for (let at = 0; at < places.length; at++) visit(places[at] ?? 0, weights[at] ?? 0);
  }
}

/** Values by place that can be reset without touching every place. */
export class Tally {
  readonly #values: Float32Array;
  #touched: number[] = [];

  constructor(places: number) {
    this.#values = new Float32Array(places);
  }

  get(place: number): number {
    return this.#values[place] ?? 0;
  }

  add(place: number, value: number): void {
    this.raise(place, this.get(place) + value);
  }

  /** Raise a place to a value, unless it is higher already; values are positive. */
  raise(place: number, value: number): void {
    const before = this.get(place);
    if (before === 0) this.#touched.push(place);
    if (value > before) this.#values[place] = value;
  }

  /** Call `visit` with every place that is not zero. */
  each(visit: (place: number, value: number) => void): void {
    for (const place of this.#touched) visit(place, this.get(place));
  }

  /** Call `visit` with every place that is not zero, and then reset them. */
  drain(visit: (place: number, value: number) => void): void {
    this.each(visit);
    this.clear();
  }

  clear(): void {
    for (const place of this.#touched) this.#values[place] = 0;
    this.#touched = [];
  }
}
