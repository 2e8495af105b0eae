// A field above the glossary that shows only the terms that start like what is typed.

import { element } from "../dom/element";
import { counted } from "../dom/wording";
import { words } from "../search/words";

/** Time without a key after which the number of terms is said, in milliseconds. */
const PAUSE = 400;

/** What a term is found by: its words, and the initials of its name and of what it is short for. */
export interface Findable {
  words: readonly string[];
  initials: readonly string[];
}

/** What a term is found by, given its name and the other texts of its entry's title. */
export function findable(texts: readonly string[]): Findable {
  const split = texts.map(words);
  const initials = split.map((parts) => parts.map((word) => [...word][0]).join(""));
  return { words: split.flat(), initials };
}

/** Whether each word that was typed starts a word of a term, or is the initials of the term. */
export function matches(typed: string, { words: own, initials }: Findable): boolean {
  const wanted = words(typed);
  return (
    wanted.every((part) => own.some((word) => word.startsWith(part))) ||
    initials.includes(wanted.join(""))
  );
}

/** Put a field above the terms of the page, if it has a place for one. */
export function enhanceTermFilter(): void {
  const place = document.querySelector(".filter");
  const terms = [...document.querySelectorAll<HTMLElement>(".alphabet dl > div")].map((entry) => {
    const name = entry.querySelector("dt");
    return {
      entry,
      found: findable(
        [name?.firstChild, name?.querySelector("em")].map((part) => part?.textContent ?? ""),
      ),
    };
  });
  if (!place || terms.length === 0) return;
  const field = element("input", {
    type: "search",
    "aria-label": WORDS.lists_filter,
    placeholder: WORDS.lists_filter,
    autocomplete: "off",
    spellcheck: "false",
  });
  const count = element("p", { role: "status" });
  place.append(field, count);

  let pause: ReturnType<typeof setTimeout> | undefined;
  const filter = (): void => {
    let listed = 0;
    for (const { entry, found } of terms) {
      entry.hidden = !matches(field.value, found);
      if (!entry.hidden) listed++;
    }
    hideEmptyLetters();
    clearTimeout(pause);
    pause = setTimeout(() => {
      const all = terms.length;
      count.textContent = listed === all ? "" : counted(WORDS.lists_filtered, listed, { all });
    }, PAUSE);
  };
  const clear = (): void => {
    field.value = "";
    filter();
  };
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || field.value === "") return;
    event.preventDefault();
    clear();
  });
  // A link to a term that is not listed now, or the way back to it.
  addEventListener("hashchange", () => {
    const target = document.querySelector(".alphabet [hidden] > dt:target");
    if (!target) return;
    clear();
    target.scrollIntoView();
  });
}

/** Hide the headings and the letters that have no term listed. */
function hideEmptyLetters(): void {
  for (const list of document.querySelectorAll<HTMLElement>(".alphabet > dl")) {
    const empty = !list.querySelector(":scope > :not([hidden])");
    const heading = list.previousElementSibling;
    list.hidden = empty;
    if (!(heading instanceof HTMLElement) || !heading.matches("h2")) continue;
    heading.hidden = empty;
    const link = document.querySelector(`.letters a[href$="#${CSS.escape(heading.id)}"]`);
    if (link?.parentElement) link.parentElement.hidden = empty;
  }
}
