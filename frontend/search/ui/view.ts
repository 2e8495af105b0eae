// What the dialog shows, as elements. Texts of readers and authors stay texts.

import { button, element } from "../../dom/element";
import { questionUrl, siteUrl } from "../../dom/urls";
import type { Correction, Found, Marked, Topic } from "../protocol";
import { examples, issue } from "./configuration";

type Content = readonly (Node | string)[];

/** A result: one link, and one option of the list. */
export function option({ id, question, answer, topic }: Found): HTMLAnchorElement {
  const name = `search-result-${id}`;
  return element(
    "a",
    {
      id: name,
      class: "search__result",
      role: "option",
      href: questionUrl(id).href,
      tabindex: "-1",
      "aria-selected": "false",
      "data-question-id": id,
    },
    element("span", { class: "search__question", dir: "auto" }, ...pieces(question)),
    element("span", { class: "search__topic", dir: "auto" }, topic.title),
    element("span", { class: "search__answer", dir: "auto" }, ...pieces(answer)),
  );
}

function pieces(text: Marked): Content {
  return text.map(([piece, matched]) => (matched ? element("mark", {}, piece) : piece));
}

/** What was searched instead of what was typed. */
export function correction(corrections: readonly Correction[]): HTMLElement {
  const parts = corrections.flatMap(({ typed, taken }, number) => [
    number ? ", " : "Showing results for ",
    element("b", {}, taken),
    " instead of ",
    element("i", {}, typed),
  ]);
  return element("p", {}, ...parts);
}

/** That nothing fits, and what comes nearest. */
export function nearest(query: string, topics: readonly Topic[], found: boolean): HTMLElement[] {
  const near = found || topics.length > 0;
  const says = `Nothing here answers that exactly.${near ? " These come nearest:" : ""}`;
  const links = topics.map(({ id, title }) =>
    element("li", {}, element("a", { href: siteUrl(`topics/${id}/`).href }, title)),
  );
  const ask = askLink(query);
  return [
    element("p", { class: "search__misfit" }, says),
    ...(links.length ? [element("ul", { "aria-label": "Nearest topics" }, ...links)] : []),
    ...(ask ? [element("p", {}, ask)] : []),
  ];
}

/** What to do when no result was the right one. */
export function otherwise(query: string): Content {
  const ask = askLink(query);
  return ask ? [element("p", {}, "Not what you were looking for? ", ask)] : [];
}

function askLink(query: string): HTMLElement | undefined {
  const href = issue(query);
  return href ? element("a", { class: "search__ask", href }, "Ask for this answer") : undefined;
}

/** That the search does not work, and what still does. */
export function failure(again: () => void): Content {
  const all = element("a", { href: siteUrl("q/").href }, "all questions");
  return [
    element("p", {}, "The search could not load its data. Are you offline?"),
    element("p", {}, button("Try again", again), " or look through ", all, "."),
  ];
}

/** What an empty box offers: what was searched here before, and what to try. */
export function suggestions(
  searches: readonly string[],
  act: { search(query: string): void; forget(query: string): void; forgetAll(): void },
): Content {
  const before = searches.map((query) => {
    const remove = button("×", () => act.forget(query), "search__remove");
    remove.setAttribute("aria-label", `Remove ${query}`);
    return element(
      "li",
      {},
      button(query, () => act.search(query)),
      remove,
    );
  });
  const tries = examples.map((text) =>
    element(
      "li",
      {},
      button(text, () => act.search(text)),
    ),
  );
  return [
    ...(before.length
      ? [
          element(
            "div",
            { class: "search__title" },
            element("h2", {}, "Recent searches"),
            button("Clear", act.forgetAll, "search__clear"),
          ),
          element("ul", { class: "search__recent" }, ...before),
        ]
      : []),
    ...(tries.length ? [element("h2", {}, "Try"), element("ul", {}, ...tries)] : []),
  ];
}

/** The keys, for those who have them. */
export function keys(): HTMLElement {
  const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform);
  const all = [
    ["↑ ↓", "choose"],
    ["Enter", "open"],
    [apple ? "⌘ C" : "Ctrl C", "copy link"],
    ["Esc", "close"],
  ] as const;
  const each = all.map(([key, does]) => element("span", {}, element("kbd", {}, key), ` ${does}`));
  return element("div", { class: "search__keys", "aria-hidden": "true" }, ...each);
}
