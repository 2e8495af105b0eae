import { button, element, isModified } from "../../dom/element";
import { onKey } from "../../dom/keyboard";
import { counted, filled } from "../../dom/wording";
import { type Found, type FoundPlace, MOST, type Reply } from "../messages";
import { Client } from "./client";
import type { Shell } from "./dialog";
import { updateAddress, updateAddressNow } from "./query-in-address";
import { forget, forgetAll, recent, remember } from "./recent";
import * as templates from "./templates";

const LIST = "search-results";
const PAGE = 5; // results that Page Up and Page Down move by
const PAUSE = 500; // milliseconds without typing before the count is announced

/** Where a result opens: in this tab or a new one. */
type Place = "here" | "tab";

/** What the script of every page does for the dialog, which then need not have it, too. */
export interface Page {
  /** Search on a fresh page; false if that is no use. */
  repeat(): Promise<boolean>;
  /** Copy the link to a question, and say so. */
  copyLink(id: string, title: string): Promise<void>;
}

/** The search dialog: its input, the results and the selected result. */
export class Panel {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #page: Page;
  readonly #client = new Client(
    (reply) => this.#show(reply),
    (results) => this.#paintRest(results),
    (places) => this.#paintPlaces(places),
    () => void this.#fail(),
  );
  readonly #note = element("div", { class: "search__note" });
  readonly #answers = element("div", { role: "group", "aria-label": WORDS.search_list });
  readonly #places = element("div", {
    class: "search__places",
    role: "group",
    "aria-label": WORDS.search_places,
  });
  readonly #list = element(
    "div",
    { id: LIST, role: "listbox", "aria-label": WORDS.search_results },
    this.#answers,
    this.#places,
  );
  readonly #tail = element("div", { class: "search__tail" });
  readonly #body = element("div", { class: "search__body" }, this.#note, this.#list, this.#tail);
  readonly #status = element("p", { class: "search__status", role: "status" });
  readonly #copy = button(WORDS.sharing_link, () => void this.#copyLink(), "search__copy");
  /** The query whose results are shown. */
  #shown = "";
  #fits = false;
  #selected: HTMLElement | undefined;
  /** Where to open the first result when it arrives: Enter was pressed before. */
  #opening: Place | undefined;
  #announcing: ReturnType<typeof setTimeout> | undefined;
  #leaving = false;
  /** Kept up to date by an event, because reading `scrollTop` would force a layout. */
  #scrolled = false;

  constructor({ dialog, form, input, entered }: Shell, page: Page) {
    this.#page = page;
    this.#dialog = dialog;
    this.#input = input;
    const foot = element(
      "div",
      { class: "search__foot" },
      this.#status,
      templates.keys(),
      this.#copy,
    );
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": LIST,
    }))
      input.setAttribute(name, value);
    dialog.append(this.#body, foot);
    form.addEventListener("submit", () => this.#enter("here"));
    input.addEventListener("input", () => this.#search());
    onKey(input, (key, event) => this.#press(key, event));
    dialog.addEventListener("click", (event) => this.#follow(event));
    dialog.addEventListener("close", () => this.#closed());
    const noteScrolling = (): void => {
      this.#scrolled = this.#body.scrollTop > 0 || dialog.scrollTop > 0;
    };
    for (const part of [this.#body, dialog]) part.addEventListener("scroll", noteScrolling);
    this.#clear();
    if (dialog.open) this.refresh();
    else this.#closed();
    if (entered) this.#enter("here");
  }

  /** Search for the input's text, unless its results are shown already. */
  refresh(): void {
    if (this.#query !== this.#shown) this.#search();
    else if (this.#query) updateAddress(this.#query);
    else this.#clear();
  }

  /** Close the dialog, and keep the query in the address. */
  leave(): void {
    if (!this.#dialog.open) return;
    updateAddressNow();
    this.#leaving = true;
    this.#dialog.close();
  }

  get #query(): string {
    return this.#input.value.trim();
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  #search(): void {
    this.#opening = undefined;
    clearTimeout(this.#announcing);
    updateAddress(this.#query);
    if (this.#query) this.#client.ask(this.#query);
    else this.#clear();
  }

  #clear(): void {
    this.#client.drop();
    this.#shown = "";
    this.#status.textContent = "";
    this.#replace([], []);
    const searchAgain = (query: string): void => {
      this.#input.value = query;
      this.#input.focus();
      this.#search();
    };
    const without = (change: () => void): void => {
      change();
      this.#input.focus();
      this.#clear();
    };
    this.#tail.replaceChildren(
      ...templates.suggestions(recent(), {
        search: searchAgain,
        forget: (query) => without(() => forget(query)),
        forgetAll: () => without(forgetAll),
      }),
    );
  }

  #show({ query, results, count, corrected, fits, topics }: Reply): void {
    this.#shown = query;
    this.#fits = fits;
    const note = corrected ? [templates.correction(corrected)] : [];
    const misfit = fits ? [] : templates.nearest(query, topics);
    const options = results.map(templates.option);
    this.#replace([...note, ...misfit], options);
    this.#announce([...note, ...misfit.slice(0, 1)], count);
    if (this.#opening) this.#enter(this.#opening);
  }

  async #fail(): Promise<void> {
    this.#shown = "";
    this.#opening = undefined;
    if (await this.#page.repeat()) return;
    const again = (): void => {
      this.#input.focus();
      this.#search();
    };
    this.#replace(templates.failure(again), []);
    this.#status.textContent = WORDS.search_no_data;
  }

  #replace(note: readonly (Node | string)[], options: readonly HTMLElement[]): void {
    this.#note.replaceChildren(...note);
    this.#answers.replaceChildren(...options);
    this.#places.replaceChildren();
    this.#tail.replaceChildren();
    if (this.#scrolled) this.#scrollToTop();
    this.#hideList(options.length === 0);
    this.#select(options[0]);
  }

  #hideList(none: boolean): void {
    if (this.#list.hidden === none && this.#input.hasAttribute("aria-expanded")) return;
    this.#list.hidden = none;
    this.#input.setAttribute("aria-expanded", String(!none));
  }

  /** Add the results further down after the first ones are painted. */
  #paintRest(results: readonly Found[]): void {
    const [first] = this.#answers.children;
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (!first?.isConnected) return;
        this.#answers.append(...results.map(templates.option));
        if (this.#fits) this.#tail.append(...templates.otherwise(this.#shown));
      }),
    );
  }

  /** Show terms, topics and paths below the answers, once these are painted. */
  #paintPlaces(places: readonly FoundPlace[]): void {
    const query = this.#shown;
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (query !== this.#shown) return;
        this.#places.replaceChildren(...places.map(templates.place));
        this.#hideList(this.#options.length === 0);
        if (!this.#selected) this.#select(this.#options[0]);
      }),
    );
  }

  /** Once typing pauses, tell screen readers the note above the results and the number of results. */
  #announce(note: readonly HTMLElement[], count: number): void {
    const shown = Math.min(count, MOST);
    const found = counted(WORDS.search_found, count);
    const answers = shown < count ? filled(WORDS.search_best, { shown, found }) : found;
    const before = note.map(({ textContent }) => `${textContent} `).join("");
    this.#announcing = setTimeout(() => {
      this.#status.replaceChildren(element("span", {}, before), answers);
    }, PAUSE);
  }

  #select(option: HTMLElement | undefined): void {
    this.#selected?.setAttribute("aria-selected", "false");
    this.#selected = option;
    this.#copy.hidden = !option?.dataset.questionId;
    if (option) {
      option.setAttribute("aria-selected", "true");
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else this.#input.removeAttribute("aria-activedescendant");
  }

  #press(key: string, event: KeyboardEvent): void {
    if (/^(Command\+)?(Shift\+)?Enter$/.test(key)) {
      event.preventDefault();
      this.#enter(key.startsWith("Command") ? "tab" : "here");
    } else if (key === "Command+c") {
      if (this.#nothingSelected() && this.#selected) {
        event.preventDefault();
        void this.#copyLink();
      }
    } else if (!/^(Command|Alt)/.test(key)) {
      this.#move(key, event);
      this.#askAhead(event.key);
    }
  }

  /** Ask for what the input will contain, so that its results can be painted together with the key. */
  #askAhead(key: string): void {
    const { value, selectionStart, maxLength } = this.#input;
    if (key.length === 1 && selectionStart === value.length && value.length < maxLength)
      this.#client.ask((value + key).trim());
  }

  #move(key: string, event: KeyboardEvent): void {
    const options = this.#options;
    const now = this.#selected ? options.indexOf(this.#selected) : -1;
    const last = options.length - 1;
    const next = {
      ArrowDown: now === last ? 0 : now + 1,
      ArrowUp: now <= 0 ? last : now - 1,
      PageDown: Math.min(now + PAGE, last),
      PageUp: Math.max(now - PAGE, 0),
    }[key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.#select(options[next]);
    if (next === 0) this.#scrollToTop();
    else options[next]?.scrollIntoView({ block: "nearest" });
  }

  /** If there is little room, the whole dialog scrolls, otherwise its body. */
  #scrollToTop(): void {
    for (const part of [this.#body, this.#dialog]) part.scrollTop = 0;
  }

  #nothingSelected(): boolean {
    const { selectionStart, selectionEnd } = this.#input;
    return selectionStart === selectionEnd && !getSelection()?.toString();
  }

  /** Open the selected result, now or as soon as the results for the input's text arrive. */
  #enter(place: Place): void {
    if (this.#query !== this.#shown) {
      this.#search(); // the query asked ahead may have been another one
      this.#opening = this.#query ? place : undefined;
      return;
    }
    this.#opening = undefined;
    if (!(this.#selected instanceof HTMLAnchorElement)) return;
    if (place === "here") this.#selected.click();
    else {
      remember(this.#query);
      window.open(this.#selected.href, "_blank", "noopener");
    }
  }

  async #copyLink(): Promise<void> {
    const id = this.#selected?.dataset.questionId;
    if (!id) return;
    remember(this.#shown);
    await this.#page.copyLink(
      id,
      this.#selected?.querySelector(".search__question")?.textContent ?? "",
    );
  }

  /** Follow a link; the address of the page left behind keeps the search. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    if (link.role === "option") remember(this.#shown);
    if (isModified(event)) return;
    this.leave();
  }

  #closed(): void {
    this.#opening = undefined;
    clearTimeout(this.#announcing);
    if (this.#leaving) this.#leaving = false;
    else {
      updateAddress("");
      updateAddressNow();
    }
  }
}
