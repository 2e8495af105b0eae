// The start of the page: what is due, what can be practiced, what comes, and the reader's data.

import { announce } from "../../dom/announce";
import { button, element } from "../../dom/element";
import { questionUrl } from "../../dom/urls";
import * as own from "../../own-answers/answers";
import type { Group } from "../deck";
import * as reviews from "../reviews";
import * as selection from "../selection";
import { begin, interview } from "../session";
import { type App, standings, today } from "./app";
import { calendar } from "./calendar";
import { exportAll, importFile } from "./files";
import { counted, filled } from "./phrases";

/** Numbers of questions that a session may have; 0 is all. */
const SIZES = [10, 20, 50, 0] as const;
const INTERVIEWS = [3, 5, 8, 12] as const;
const MINUTES = [1, 2, 3, 5] as const;

/** The choices that last as long as the page. */
const chosen = { size: 20, questions: 5, minutes: 2, from: "all:" };

export function overview(app: App): HTMLElement {
  const found = standings(app);
  const all = selection.tally(app.deck.all.ids, found, today());
  return element(
    "div",
    { class: "practice__overview" },
    element(
      "div",
      { class: "practice__today" },
      start(app, all),
      ...(all.practiced
        ? [section(WORDS.practice_coming, "coming", calendar(found, today()))]
        : []),
    ),
    groups(app, WORDS.topics_title, app.deck.topics),
    ...(app.deck.paths.length ? [groups(app, WORDS.practice_paths, app.deck.paths)] : []),
    section(WORDS.practice_interview, "interview", ...interviewForm(app)),
    ...ownAnswers(app),
    section(WORDS.practice_data, "data", ...dataButtons(app)),
  );
}

/** Begin to practice a group: what is due and what is new in it. */
export function practice(app: App, { kind, id, ids }: Group): void {
  const found = selection.next(ids, standings(app), today());
  app.go(begin(`${kind}:${id}`, limited(found), Date.now()));
}

function limited(ids: readonly string[]): string[] {
  return chosen.size ? ids.slice(0, chosen.size) : [...ids];
}

function section(title: string, name: string, ...content: readonly (Node | string)[]): HTMLElement {
  return element(
    "section",
    { class: `practice__section practice__${name}` },
    element("h2", {}, title),
    ...content,
  );
}

function start(app: App, { due, missed, practiced, known, all }: selection.Tally): HTMLElement {
  const ids = app.deck.all.ids;
  const go = (what: string, found: string[]) => () =>
    app.go(begin(what, limited(found), Date.now()));
  const found = standings(app);
  const buttons = [
    due &&
      button(
        counted(WORDS.practice_start_due, due),
        go("due", selection.due(ids, found, today())),
        "practice__primary",
      ),
    missed &&
      button(
        counted(WORDS.practice_start_missed, missed),
        go("missed", selection.missed(ids, found)),
      ),
    button(
      practiced === all && !due ? WORDS.practice_start_all_again : WORDS.practice_start_all,
      () => practice(app, app.deck.all),
      due ? "" : "practice__primary",
    ),
  ].filter((made) => typeof made === "object");
  return element(
    "section",
    { class: "practice__start", "aria-label": WORDS.practice_now },
    element(
      "p",
      { class: "practice__number" },
      element("b", {}, due.toLocaleString(WORDS.language)),
      ` ${counted(WORDS.practice_are_due, due)}`,
    ),
    element(
      "p",
      { class: "practice__sum" },
      practiced ? filled(WORDS.practice_sum, { practiced, all, known }) : next(app),
    ),
    element("div", { class: "practice__buttons" }, ...buttons),
    choice(WORDS.practice_size, SIZES, chosen.size, (size) => {
      chosen.size = size;
    }),
  );
}

/** What is said before anything was practiced. */
function next(app: App): string {
  return counted(WORDS.practice_first, app.deck.questions.size);
}

function choice(
  label: string,
  values: readonly number[],
  value: number,
  act: (value: number) => void,
): HTMLElement {
  const shown = (number: number): string => (number ? String(number) : WORDS.practice_all);
  const options = values.map((number) => {
    const option = element("option", { value: String(number) }, shown(number));
    option.selected = number === value;
    return option;
  });
  const select = element("select", {}, ...options);
  select.addEventListener("change", () => act(Number(select.value)));
  return element("label", { class: "practice__choice" }, `${label} `, select);
}

function groups(app: App, title: string, listed: readonly Group[]): HTMLElement {
  const found = standings(app);
  const rows = listed.map((group) => {
    const { all, due, practiced } = selection.tally(group.ids, found, today());
    const name = button(group.title, () => practice(app, group), "practice__group");
    name.firstChild?.replaceWith(element("bdi", {}, group.title));
    const bar = element("progress", {
      max: String(all),
      value: String(practiced),
      "aria-label": filled(WORDS.practice_progress_of, { title: group.title }),
    });
    const count = filled(WORDS.practice_progress, { number: practiced, all });
    return element(
      "li",
      { class: practiced === all ? "is-practiced" : "" },
      name,
      element("span", { class: "practice__count" }, count),
      ...(due
        ? [element("span", { class: "practice__due" }, counted(WORDS.practice_due_count, due))]
        : []),
      bar,
    );
  });
  return section(title, "groups", element("ul", {}, ...rows));
}

function interviewForm(app: App): (Node | string)[] {
  const set = (name: "questions" | "minutes") => (value: number) => {
    chosen[name] = value;
  };
  const from = element(
    "select",
    {},
    ...[app.deck.all, ...app.deck.topics, ...app.deck.paths].map((group) => {
      const value = `${group.kind}:${group.id}`;
      const option = element("option", { value }, group.title);
      option.selected = value === chosen.from;
      return option;
    }),
  );
  from.addEventListener("change", () => {
    chosen.from = from.value;
  });
  const go = (): void => {
    const [kind = "", id = ""] = chosen.from.split(":");
    const { ids } = app.deck.group(kind, id) ?? app.deck.all;
    app.go(interview(selection.drawn(ids, chosen.questions), chosen.minutes, Date.now()));
  };
  return [
    element("p", {}, WORDS.practice_interview_lead),
    element(
      "div",
      { class: "practice__form" },
      choice(WORDS.practice_interview_questions, INTERVIEWS, chosen.questions, set("questions")),
      choice(WORDS.practice_interview_minutes, MINUTES, chosen.minutes, set("minutes")),
      element("label", { class: "practice__choice" }, `${WORDS.practice_interview_from} `, from),
      button(WORDS.practice_interview_start, go, "practice__secondary"),
    ),
  ];
}

function ownAnswers(app: App): HTMLElement[] {
  const found = [...app.deck.questions.values()]
    .map((question) => ({
      question,
      text: own.textOf(app.answers.value, app.deck.ids(question.id)),
    }))
    .filter(({ question, text }) => text || question.story);
  if (found.length === 0) return [];
  const rows = found.map(({ question, text }) =>
    element(
      "li",
      {},
      element("a", { href: questionUrl(question.id).href, dir: "auto" }, question.question),
      text
        ? element("div", { class: "own__text", dir: "auto" }, text)
        : element("p", { class: "practice__invitation" }, WORDS.practice_story_invitation),
    ),
  );
  return [section(WORDS.practice_own_answers, "own-answers", element("ul", {}, ...rows))];
}

function dataButtons(app: App): (Node | string)[] {
  const grades = reviews.count(app.reviews.value);
  const written = own.count(app.answers.value);
  return [
    element("p", {}, WORDS.practice_data_lead),
    element(
      "div",
      { class: "practice__buttons" },
      button(WORDS.practice_export, () => exportAll(app)),
      button(WORDS.practice_import, () => importFile(app)),
      button(WORDS.practice_print, () => print()),
      ...(grades ? [button(WORDS.practice_reset, () => reset(app))] : []),
      ...(written ? [button(WORDS.practice_delete_answers, () => deleteAnswers(app))] : []),
    ),
  ];
}

function reset(app: App): void {
  if (!confirm(WORDS.practice_reset_sure)) return;
  app.reviews.update(reviews.reset);
  app.overview();
  announce(WORDS.practice_reset_done);
}

function deleteAnswers(app: App): void {
  if (!confirm(WORDS.practice_delete_answers_sure)) return;
  const at = new Date().toISOString();
  app.answers.update((answers) =>
    Object.fromEntries(Object.keys(answers).map((id) => [id, { text: "", at }])),
  );
  app.overview();
  announce(WORDS.practice_answers_deleted);
}
