// The contents of the dialog, as elements. Text from readers and authors never becomes markup.

import { button, element } from "../../dom/element";
import { siteUrl } from "../../dom/site-url";
import { questionUrl } from "../../dom/urls";
import { filled, parts } from "../../dom/wording";
import type { Found, FoundPlace, Marked, Topic } from "../messages";
import { examples, issueUrl } from "./page-settings";

type Content = readonly (Node | string)[];

/** A result: a link, and an option of the list. */
export function option({ id, question, answer, topic, mark }: Found): HTMLAnchorElement {
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
    ...(mark ? [element("span", { class: "search__mark", dir: "auto" }, mark)] : []),
    element("span", { class: "search__answer", dir: "auto" }, ...pieces(answer)),
  );
}

/** A term, topic or path: a link, and an option of the list. */
export function place({ kind, address, title, about }: FoundPlace, at: number): HTMLAnchorElement {
  const kinds = { term: WORDS.search_term, topic: WORDS.search_topic, path: WORDS.search_path };
  return element(
    "a",
    {
      id: `search-place-${at}`,
      class: "search__place",
      role: "option",
      href: siteUrl(address).href,
      tabindex: "-1",
      "aria-selected": "false",
    },
    element("span", { class: "search__kind" }, kinds[kind]),
    " ",
    element("b", { dir: "auto" }, ...pieces(title)),
    " ",
    element("span", { class: "search__about", dir: "auto" }, about),
  );
}

function pieces(text: Marked): Content {
  return text.map(([piece, matched]) => (matched ? element("mark", {}, piece) : piece));
}

/** A note that typos were corrected. */
export function correction(corrected: string): HTMLElement {
  return element("p", {}, ...parts(WORDS.search_corrected, { query: element("b", {}, corrected) }));
}

/** A note that nothing matches, with the closest topics, or else a way to all questions. */
export function nearest(query: string, topics: readonly Topic[]): HTMLElement[] {
  const says = topics.length
    ? [WORDS.search_no_match_closest]
    : parts(WORDS.search_no_match, { questions: allQuestions() });
  const links = topics.map(({ id, title }) =>
    element("li", {}, element("a", { href: siteUrl(`topics/${id}/`).href }, title)),
  );
  const request = requestLink(query);
  return [
    element("p", { class: "search__misfit" }, ...says),
    ...(links.length
      ? [element("ul", { "aria-label": WORDS.search_closest_topics }, ...links)]
      : []),
    ...(request ? [element("p", {}, request)] : []),
  ];
}

/** What to do if no result is the right one. */
export function otherwise(query: string): Content {
  const request = requestLink(query);
  return request ? [element("p", {}, ...parts(WORDS.search_other_question, { request }))] : [];
}

function requestLink(query: string): HTMLElement | undefined {
  const href = issueUrl(query);
  return href ? element("a", { class: "search__ask", href }, WORDS.search_request) : undefined;
}

function allQuestions(): HTMLElement {
  return element("a", { href: siteUrl("q/").href }, WORDS.search_questions);
}

/** A note that the search does not work, and what still does. */
export function failure(again: () => void): Content {
  const retry = button(WORDS.search_retry, again);
  return [
    element("p", {}, WORDS.search_no_data_offline),
    element("p", {}, ...parts(WORDS.search_no_data_instead, { retry, questions: allQuestions() })),
  ];
}

/** What an empty input offers: recent searches and examples. */
export function suggestions(
  searches: readonly string[],
  act: { search(query: string): void; forget(query: string): void; forgetAll(): void },
): Content {
  const recent = searches.map((query) => {
    const remove = button("×", () => act.forget(query), "search__remove");
    remove.setAttribute("aria-label", filled(WORDS.search_remove_name, { query }));
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
  const clear = button(WORDS.search_clear_all, act.forgetAll, "search__clear");
  clear.setAttribute("aria-label", WORDS.search_clear_all_name);
  return [
    ...(recent.length
      ? [
          element("div", { class: "search__title" }, element("h2", {}, WORDS.search_recent), clear),
          element("ul", { class: "search__recent" }, ...recent),
        ]
      : []),
    ...(tries.length
      ? [element("h2", {}, WORDS.search_examples), element("ul", {}, ...tries)]
      : []),
  ];
}

/** The keys of the dialog; CSS shows them on wide screens with a mouse. */
export function keys(): HTMLElement {
  const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform);
  const all = [
    ["↑ ↓", WORDS.shortcuts_result_choose],
    [WORDS.shortcuts_enter, WORDS.shortcuts_result_open],
    [apple ? "⌘ C" : `${WORDS.shortcuts_control} C`, WORDS.shortcuts_result_copy],
    [WORDS.shortcuts_escape, WORDS.shortcuts_result_close],
  ] as const;
  const each = all.map(([key, does]) => element("span", {}, element("kbd", {}, key), ` ${does}`));
  return element("div", { class: "search__keys", "aria-hidden": "true" }, ...each);
}
