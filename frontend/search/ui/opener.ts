// All of the search that every page loads: it opens the dialog, in which a reader can type at
// once, and has the rest come.

import { button, element } from "../../element";
import { siteRoot } from "../../root";
import { asked, LONGEST } from "./address";
import type { Panel } from "./panel";

/** The dialog as it is before its script has arrived. */
export interface Shell {
  dialog: HTMLDialogElement;
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Whether Enter was pressed already. */
  entered: boolean;
}

/** Says that the page lies behind the dialog, and stays where it is. */
const BEHIND = "is-behind";

let shell: Shell | undefined;
let panel: Panel | undefined;

/** Open the search: with a query, or with what was typed last. */
export function openSearch(query?: string): void {
  if (!shell) {
    shell = build();
    void complete(shell);
  }
  const { dialog, input } = shell;
  if (query !== undefined) input.value = query;
  if (!dialog.open) dialog.showModal();
  document.documentElement.classList.add(BEHIND);
  input.focus();
  input.select();
  panel?.refresh();
}

/** Follow the address: it may ask for a search, or, after going back, no longer. */
export function followAddress(): void {
  const query = asked();
  if (query) openSearch(query);
  else if (panel) panel.leave();
  else shell?.dialog.close();
}

/** Open the search that the address asks for, unless the reader is at another one already. */
export function openAsked(): void {
  const query = asked();
  if (query && !shell?.dialog.open) openSearch(query);
}

function build(): Shell {
  const input = element("input", {
    type: "text", // "search" would take Escape for itself
    class: "search__input",
    "aria-label": "Search questions and answers",
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    dir: "auto",
    enterkeyhint: "search",
    inputmode: "search",
    maxlength: String(LONGEST),
    placeholder: "Search in your own words",
    spellcheck: "false",
  });
  const close = button("Close", () => dialog.close(), "search__close");
  const form = element("form", { class: "search__head", role: "search" }, input, close);
  const dialog = element("dialog", { class: "search", "aria-label": "Search" }, form);
  const made = { dialog, form, input, entered: false };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    made.entered = true;
  });
  // The page's own keys mean nothing here.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => document.documentElement.classList.remove(BEHIND));
  document.body.append(dialog);
  return made;
}

async function complete(opened: Shell): Promise<void> {
  const style = element("link", { rel: "stylesheet", href: asset("search-dialog.css") });
  try {
    const script = import(asset("search-dialog.js")) as Promise<
      typeof import("../../search-dialog")
    >;
    document.head.append(style);
    const [{ fill }] = await Promise.all([script, loaded(style)]);
    panel = fill(opened);
  } catch {
    const all = element("a", { href: new URL("q/", siteRoot).href }, "all questions");
    const said = "The search did not load. Reload this page to try again, or look through ";
    opened.dialog.append(element("p", { class: "search__note", role: "alert" }, said, all, "."));
  }
}

function asset(name: string): string {
  return new URL(`assets/${name}`, siteRoot).href;
}

function loaded(link: HTMLLinkElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
  });
}
