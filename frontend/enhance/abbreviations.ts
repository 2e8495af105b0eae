// Browsers show the meaning of an abbreviation only to a mouse; this adds touch and keyboard.

import { announce } from "../dom/announce";
import { onKey } from "../dom/keyboard";

/** Make each abbreviation a button that says what it means. */
export function enhanceAbbreviations(): void {
  for (const abbreviation of document.querySelectorAll<HTMLElement>("article abbr[title]")) {
    if (abbreviation.closest("a, summary, :is(h1, h2, h3)")) continue;
    abbreviation.tabIndex = 0;
    abbreviation.setAttribute("role", "button");
    const say = (): void => announce(`${abbreviation.textContent}: ${abbreviation.title}`);
    abbreviation.addEventListener("click", say);
    onKey(abbreviation, (key, event) => {
      if (key !== "Enter" && key !== " ") return;
      event.preventDefault();
      say();
    });
  }
}
