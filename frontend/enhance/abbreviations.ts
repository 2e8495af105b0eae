// Browsers show the meaning of an abbreviation only to a mouse; this adds touch and keyboard.

import { announce } from "../dom/announce";

/** Make each abbreviation a button that says what it is short for. */
export function enhanceAbbreviations(): void {
  for (const abbreviation of document.querySelectorAll<HTMLElement>("article abbr[title]")) {
    if (abbreviation.closest("a, summary, :is(h1, h2, h3)")) continue;
    abbreviation.tabIndex = 0;
    abbreviation.setAttribute("role", "button");
    const say = (): void => announce(`${abbreviation.textContent}: ${abbreviation.title}`);
    abbreviation.addEventListener("click", say);
    abbreviation.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      say();
    });
  }
}
