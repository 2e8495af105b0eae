// The dialog before its script has loaded: a reader can already type in it.

import { closeFromOutside } from "../../dom/dialog";
import { button, element } from "../../dom/element";
import { MAX_LENGTH } from "./query-in-address";

export interface Shell {
  dialog: HTMLDialogElement;
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Whether Enter was pressed already. */
  entered: boolean;
}

/** Class of a page behind an open dialog: it must not scroll. */
const BEHIND = "is-behind";
/** Class of a page whose scroll bar takes space, which must stay free when the page does not scroll. */
const SCROLL_BAR = "has-scroll-bar";

/** Add a closed dialog to the page. */
export function buildShell(): Shell {
  const input = element("input", {
    type: "text", // "search" would take Escape for itself
    class: "search__input",
    "aria-label": WORDS.search_field,
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    dir: "auto",
    enterkeyhint: "search",
    inputmode: "search",
    maxlength: String(MAX_LENGTH),
    placeholder: WORDS.search_prompt,
    spellcheck: "false",
  });
  const close = button(WORDS.search_close, () => dialog.close(), "search__close");
  const form = element("form", { class: "search__head", role: "search" }, input, close);
  const dialog = element("dialog", { class: "search", "aria-label": WORDS.search_dialog }, form);
  const shell = { dialog, form, input, entered: false };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    shell.entered = true;
  });
  // The page's own keys do nothing here. A closed dialog still gets keys until the next paint.
  dialog.addEventListener("keydown", (event) => {
    if (dialog.open) event.stopPropagation();
  });
  dialog.addEventListener("close", () => document.documentElement.classList.remove(BEHIND));
  closeFromOutside(dialog);
  document.body.append(dialog);
  return shell;
}

/** Open the dialog in place of any other, with what was typed in it selected. */
export function show({ dialog, input }: Shell): void {
  for (const other of document.querySelectorAll<HTMLDialogElement>("dialog[open]"))
    if (other !== dialog) other.close();
  const { classList, clientWidth } = document.documentElement;
  if (!classList.contains(BEHIND)) classList.toggle(SCROLL_BAR, innerWidth > clientWidth);
  if (!dialog.open) dialog.showModal();
  classList.add(BEHIND);
  input.focus();
  input.select();
}
