// A reader's own answer to a question: shown, and changed in place. It is stored while it is typed.

import { button, element } from "../dom/element";
import type { Saved } from "../saved/saved";
import { type Answers, textOf, write } from "./answers";

/** Time without a key after which the text is stored, in milliseconds. */
const PAUSE = 400;

export interface About {
  /** All ids of the question, the current one first. */
  readonly ids: readonly string[];
  /** Whether the question asks for the reader's own story. */
  readonly story: boolean;
}

/** The reader's own answer to a question, with what changes it. */
export function ownAnswer(saved: Saved<Answers>, { ids, story }: About): OwnAnswer {
  return new OwnAnswer(saved, ids, story);
}

export class OwnAnswer {
  readonly root = element("section", { class: "own", "aria-label": WORDS.own_answer });
  readonly #text = element("div", { class: "own__text", dir: "auto" });
  readonly #status = element("p", { class: "own__status", role: "status" });
  readonly #field: HTMLTextAreaElement;
  readonly #change: HTMLButtonElement;
  readonly #title: HTMLElement;
  readonly #editor: HTMLElement;
  #before = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly saved: Saved<Answers>,
    readonly ids: readonly string[],
    readonly story: boolean,
  ) {
    const name = story ? WORDS.own_story : WORDS.own_answer;
    this.#title = element("p", { class: "own__title" }, name);
    this.#change = button(WORDS.own_change, () => this.edit(), "own__change");
    this.#field = element("textarea", {
      "aria-label": name,
      placeholder: story ? WORDS.own_story_hint : WORDS.own_hint,
      rows: "5",
      dir: "auto",
    });
    const done = button(WORDS.own_done, () => this.#close(), "own__done");
    const remove = button(WORDS.own_delete, () => this.#delete(), "own__delete");
    const buttons = element("div", { class: "own__buttons" }, done, remove, this.#status);
    this.#editor = element("div", { class: "own__editor" }, this.#field, buttons);
    this.root.append(this.#title, this.#text, this.#change, this.#editor);
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.#close();
      event.stopPropagation(); // keys are text here
    });
    addEventListener("pagehide", () => this.#store());
    addEventListener("visibilitychange", () => document.hidden && this.#store());
    saved.whenChanged(() => this.#show());
    this.#editor.hidden = true;
    this.#show();
  }

  /** Open the field, with the focus in it. */
  edit(): void {
    this.#before = this.#now;
    this.#field.value = this.#before;
    this.#editor.hidden = false;
    this.#show();
    this.#fit();
    this.#field.focus();
  }

  get #now(): string {
    return textOf(this.saved.value, this.ids);
  }

  get #invitation(): string {
    return this.story ? WORDS.own_write_story : WORDS.own_write;
  }

  get #isOpen(): boolean {
    return !this.#editor.hidden;
  }

  #typed(): void {
    this.#fit();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#store(), PAUSE);
  }

  #store(): void {
    clearTimeout(this.#timer);
    const text = this.#field.value.trim();
    if (!this.#isOpen || text === this.#before.trim()) return;
    const at = new Date().toISOString();
    const before = this.#before;
    this.saved.update((answers) => write(answers, this.ids, { text, before, at }));
    if (this.#now !== text) this.#field.value = this.#now; // another tab changed it, too
    this.#before = this.#now;
    const isSaved = this.saved.state === "saved";
    this.#status.textContent = isSaved ? WORDS.own_saved : WORDS.own_refused;
    this.#status.classList.toggle("is-refused", !isSaved);
  }

  #close(): void {
    this.#store();
    this.#editor.hidden = true;
    this.#show();
    this.#change.focus();
  }

  #delete(): void {
    this.#field.value = "";
    this.#close();
  }

  #show(): void {
    const text = this.#now;
    this.#text.textContent = text;
    this.#text.hidden = !text || this.#isOpen;
    this.#change.hidden = this.#isOpen;
    this.#change.textContent = text ? WORDS.own_change : this.#invitation;
    this.#title.hidden = !text && !this.#isOpen;
    this.root.classList.toggle("is-empty", !text && !this.#isOpen);
  }

  /** Make the field as high as its text. */
  #fit(): void {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }
}
