import { Vocabulary } from "../vocabulary";
import { stem } from "../words";
import { Column, lengthened } from "./columns";
import type { WordsFile } from "./format";

/** Told what is asked for: all words with a beginning, or one word. */
export interface Asked {
  word(word: string): void;
  all(beginning: string): void;
}

/** The vocabulary that has loaded. What is not there may only not have loaded yet. */
export class LoadedVocabulary extends Vocabulary {
  readonly #asked: Asked;
  readonly #counts = new Map<string, number>();
  readonly #unused: ReadonlySet<string>;
  /** Stems of words in other files. */
  readonly #stems = new Set<string>();

  constructor(stops: readonly string[], unused: readonly string[], asked: Asked) {
    super(stops);
    this.#asked = asked;
    this.#unused = new Set(unused);
  }

  addFile({ words: own, counts, stems, compounds }: WordsFile): void {
    const column = new Column(counts);
    for (const word of lengthened(own)) {
      this.add(word);
      this.#counts.set(word, column.number());
    }
    for (const other of stems) this.#stems.add(other);
    for (const parts of compounds) this.addCompound(parts.split(" "));
  }

  /** Number of entries that contain this exact word. */
  count(word: string): number {
    if (!this.isStopWord(word)) this.#asked.word(word);
    return this.#counts.get(word) ?? 0;
  }

  override has(word: string): boolean {
    if (this.isStopWord(word)) return !this.#unused.has(word);
    this.#asked.word(word);
    return super.has(word);
  }

  override knows(word: string): boolean {
    if (this.has(word)) return true;
    const own = stem(word);
    this.#asked.word(own);
    return super.knows(word) || this.#stems.has(own);
  }

  override compound(key: string): readonly string[] | undefined {
    this.#asked.word(key);
    return super.compound(key);
  }

  override completions(beginning: string): string[] {
    this.#asked.all(beginning);
    return super.completions(beginning);
  }

  protected override look(beginning: string): void {
    this.#asked.all(beginning);
  }
}
