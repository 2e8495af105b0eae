import { isModified } from "../dom/element";
import { followAddress, openAsked, openSearch } from "../search/ui/opener";
import { keysAreOff } from "./keys";

const BOX = "a.search-box";
const FIELDS = "input, textarea, select, [contenteditable]";

/** Tell what looks like a search box as the button it is; without scripts it is a link. */
export function enhanceSearchBoxes(): void {
  for (const box of document.querySelectorAll(BOX)) {
    box.setAttribute("role", "button");
    box.setAttribute("aria-haspopup", "dialog");
    box.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  }
  openAsked();
}

/** Open the search by key, by click and by the address. */
export function listenForSearch(): void {
  document.addEventListener("click", pressed);
  addEventListener("keydown", typed);
  addEventListener("popstate", followAddress);
  // A page from the back-forward cache is as it was left.
  addEventListener("pageshow", (event) => event.persisted && followAddress());
}

function pressed(event: MouseEvent): void {
  if (isModified(event)) return;
  if (within(event, BOX)) open(event);
}

function typed(event: KeyboardEvent): void {
  if (event.altKey || event.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  if (command ? event.key.toLowerCase() === "k" && !event.shiftKey : plain(event)) open(event);
}

function plain(event: KeyboardEvent): boolean {
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
