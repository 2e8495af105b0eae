import { isModified } from "../dom/element";
import { followAddress, openLinkedSearch, openSearch } from "../search/ui/opener";
import { keysAreOff } from "./keys";

const BOX = "a.search-box";
const FIELDS = "input, textarea, select, [contenteditable]";

/** Make links that look like search boxes buttons for assistive technology; open a linked search. */
export function enhanceSearchBoxes(): void {
  for (const box of document.querySelectorAll(BOX)) {
    box.setAttribute("role", "button");
    box.setAttribute("aria-haspopup", "dialog");
    box.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  }
  openLinkedSearch();
}

/** Open the search by click, by key and by `?q=` in the address. */
export function listenForSearch(): void {
  document.addEventListener("click", clicked);
  addEventListener("keydown", keyPressed);
  addEventListener("popstate", followAddress);
  // The back-forward cache restores a page as the reader left it.
  addEventListener("pageshow", (event) => event.persisted && followAddress());
}

function clicked(event: MouseEvent): void {
  if (isModified(event)) return;
  if (within(event, BOX)) open(event);
}

function keyPressed(event: KeyboardEvent): void {
  if (event.altKey || event.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  if (command ? event.key.toLowerCase() === "k" && !event.shiftKey : isShortcut(event)) open(event);
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.key === " ") return within(event, BOX);
  return event.key === "/" && !keysAreOff() && !within(event, FIELDS);
}

function within(event: Event, selector: string): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest(selector) !== null;
}

function open(event: Event): void {
  event.preventDefault();
  openSearch();
}
