// What an acronym stands for, also for readers without a mouse: by touch, and by keyboard.

import { announce } from "../dom/announce";

/** Let each acronym be reached and pressed; it then says what it stands for. */
export function enhanceAbbreviations(): void {
  for (const acronym of document.querySelectorAll<HTMLElement>("article abbr[title]")) {
    if (acronym.closest("a, summary, :is(h1, h2, h3)")) continue;
    acronym.tabIndex = 0;
    acronym.setAttribute("role", "button");
    const say = (): void => announce(`${acronym.textContent}: ${acronym.title}`);
    acronym.addEventListener("click", say);
    acronym.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      say();
    });
  }
}
