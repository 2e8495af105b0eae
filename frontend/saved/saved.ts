// A value that is stored on this device, whatever other tabs store meanwhile.

import { key, onDevice, store } from "../dom/storage";
import type { Parsed } from "./records";

/**
 * "refused": storage is full or blocked, so that later changes last as long as the page.
 * "newer": a later version of the site stored it, so these scripts leave it alone.
 */
export type State = "saved" | "refused" | "newer";

export interface Form<Value> {
  readonly name: string;
  readonly empty: Value;
  parse(text: string): Parsed<Value>;
  dump(value: Value): string;
  /** Must give the same for the same values in any order, and any number of times. */
  merge(one: Value, other: Value): Value;
}

/** Suffix of the name under which a text is set aside that cannot be read. */
const DAMAGED = "-damaged";

export class Saved<Value> {
  readonly #form: Form<Value>;
  readonly #listeners: (() => void)[] = [];
  #value: Value;
  #state: State = "saved";
  #damaged = "";
  /** What is stored must stay as it is. */
  #locked = false;

  constructor(form: Form<Value>) {
    this.#form = form;
    this.#value = form.empty;
    this.#take();
    addEventListener("storage", (event) => {
      if (event.key === null || event.key === key(form.name)) this.#follow();
    });
    // The back-forward cache restores a page as the reader left it.
    addEventListener("pageshow", (event) => event.persisted && this.#follow());
    addEventListener("beforeunload", (event) => {
      if (this.#state === "refused" && this.#isUnsaved()) event.preventDefault();
    });
  }

  get value(): Value {
    return this.#value;
  }

  get state(): State {
    return this.#state;
  }

  /** What was stored but cannot be read, or "". */
  get damaged(): string {
    return this.#damaged;
  }

  /** Call `act` after each change, here or in another tab. */
  whenChanged(act: () => void): void {
    this.#listeners.push(act);
  }

  /** Change the value, and store it. */
  update(change: (value: Value) => Value): void {
    this.#take();
    this.#value = change(this.#value);
    this.save();
  }

  /** Store the value again, after storage refused it. */
  save(): void {
    if (!this.#locked) {
      if (this.#isUnsaved()) store(this.#form.name, this.#form.dump(this.#value));
      this.#state = this.#isUnsaved() ? "refused" : "saved";
    }
    for (const act of this.#listeners) act();
  }

  #isUnsaved(): boolean {
    const { dump, empty, name } = this.#form;
    const text = dump(this.#value);
    return text !== (onDevice(name) || dump(empty));
  }

  /** Take over what is stored. */
  #take(): void {
    const { name, parse, merge } = this.#form;
    const text = onDevice(name);
    if (!text) return;
    const found = parse(text);
    if (found === "newer") this.#lock("newer");
    else if (found !== undefined) this.#value = merge(this.#value, found);
    else this.#setAside(text);
  }

  /** Keep a text that cannot be read: a later version of the site, or the reader, may be able to. */
  #setAside(text: string): void {
    this.#damaged = text;
    const { name } = this.#form;
    store(name + DAMAGED, text);
    if (onDevice(name + DAMAGED) === text) store(name, "");
    else this.#lock("refused"); // there is no place for a copy
  }

  #lock(state: State): void {
    this.#locked = true;
    this.#state = state;
  }

  /** Another tab stored something, or the reader cleared the browser's storage. */
  #follow(): void {
    const isCleared = this.#state === "saved" && !onDevice(this.#form.name);
    if (isCleared) this.#value = this.#form.empty;
    this.#take();
    this.save();
  }
}
