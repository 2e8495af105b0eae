/** Collects where each term occurs, and its weight there; packs the result by term. */
export class PostingsBuilder {
  #count = 0;
  #terms = new Uint32Array(1024);
  #places = new Uint32Array(1024);
  #weights = new Float32Array(1024);

  add(term: number, place: number, weight: number): void {
    if (this.#count === this.#terms.length) this.#grow();
    const at = this.#count++;
    this.#terms[at] = term;
    this.#places[at] = place;
    this.#weights[at] = weight;
  }

  /** The postings of `terms` terms, in the order in which they were added. */
  packed(terms: number): Postings {
    const starts = new Uint32Array(terms + 1);
    const added = this.#terms.subarray(0, this.#count);
    for (const term of added) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
    for (let term = 0; term < terms; term++)
      starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
    const next = starts.slice();
    const places = new Uint32Array(this.#count);
    const weights = new Float32Array(this.#count);
    added.forEach((term, index) => {
      const at = next[term] ?? 0;
      next[term] = at + 1;
      places[at] = this.#places[index] ?? 0;
      weights[at] = this.#weights[index] ?? 0;
    });
    return new Postings(starts, places, weights);
  }

  #grow(): void {
    this.#terms = grown(Uint32Array, this.#terms);
    this.#places = grown(Uint32Array, this.#places);
    this.#weights = grown(Float32Array, this.#weights);
  }
}

function grown<Kind extends Uint32Array | Float32Array>(
  kind: new (length: number) => Kind,
  numbers: Kind,
): Kind {
  const longer = new kind(numbers.length * 2);
  longer.set(numbers);
  return longer;
}

/** Where each term occurs, in flat arrays because they are read at every key press. */
export class Postings {
  constructor(
    readonly starts: Uint32Array,
    readonly places: Uint32Array,
    readonly weights: Float32Array,
  ) {}

  /** Number of places where a term occurs. */
  count(term: number): number {
    return (this.starts[term + 1] ?? 0) - (this.starts[term] ?? 0);
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

  /** Call `visit` with each place of a term and its weight there. */
  each(term: number, visit: (place: number, weight: number) => void): void {
    const end = this.starts[term + 1] ?? 0;
    for (let at = this.starts[term] ?? 0; at < end; at++)
      visit(this.places[at] ?? 0, this.weights[at] ?? 0);
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

  /** Call `visit` with every place that is not zero, and reset it. */
  drain(visit: (place: number, value: number) => void): void {
    const touched = this.#touched;
    this.#touched = [];
    for (const place of touched) {
      const value = this.get(place);
      this.#values[place] = 0;
      visit(place, value);
    }
  }

  clear(): void {
    this.drain(() => undefined);
  }
}
