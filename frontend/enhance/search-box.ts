import { isModified } from "../dom/element";
import { isInField, isWithin, onKey } from "../dom/keyboard";
import { followAddress, openLinkedSearch, openSearch } from "../search/ui/opener";
import { keysAreOff } from "./key-choice";

const BOX = "a.search-box";

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
  onKey(window, (key, event) => opensSearch(key, event) && open(event));
  addEventListener("popstate", followAddress);
  // The back-forward cache restores a page as the reader left it.
  addEventListener("pageshow", (event) => event.persisted && followAddress());
}

function clicked(event: MouseEvent): void {
  if (isModified(event)) return;
  if (isWithin(event, BOX)) open(event);
}

function opensSearch(key: string, event: KeyboardEvent): boolean {
  if (key === " ") return isWithin(event, BOX);
  return key === "Command+k" || (key === "/" && !keysAreOff() && !isInField(event));
}

function open(event: Event): void {
  event.preventDefault();
  openSearch();
}
