// A question of a session: the reader answers in the head, reveals the answer, and grades it.

import { button, element } from "../../dom/element";
import { isInField, isWithin, onKey } from "../../dom/keyboard";
import { questionUrl } from "../../dom/urls";
import { keysAreOff } from "../../enhance/key-choice";
import { enhanceScrolling } from "../../enhance/scrolling";
import { ownAnswer } from "../../own-answers/editor";
import { add, GRADES, type Grade, undo } from "../reviews";
import { forecast } from "../schedule";
import * as session from "../session";
import { type App, now, titleOf, today } from "./app";
import type { Card } from "./card";
import { clock, distance, filled } from "./phrases";

const NAMES: Readonly<Record<Grade, string>> = {
  1: WORDS.practice_again,
  2: WORDS.practice_hard,
  3: WORDS.practice_good,
  4: WORDS.practice_easy,
};

/** The keys of the view that is shown. */
let keys: Readonly<Record<string, () => void>> = {};

/** Listen for the keys of sessions. */
export function listen(): void {
  onKey(window, (key, event) => {
    const act = keys[key];
    if (!act || keysAreOff() || isInField(event) || isWithin(event, "dialog")) return;
    // A button or a link with the focus has these keys for itself.
    if ((key === " " || key === "Enter") && isWithin(event, "a, button, summary, select")) return;
    event.preventDefault();
    act();
  });
}

/** No view has keys now. */
export function stopListening(): void {
  keys = {};
}

/** Show the first question of a session. */
export function asking(app: App, current: session.Session): HTMLElement {
  const [id = ""] = current.queue;
  const place = element("div", { class: "practice__card", "aria-busy": "true" });
  const view = element("div", { class: "practice__session" }, head(app, current), place);
  app.card(id).then(
    (card) => fill(app, current, place, card),
    () => fail(app, current, place),
  );
  const [, following] = current.queue;
  if (following) app.card(following).catch(() => {}); // it is tried again when it is shown
  return view;
}

function head(app: App, current: session.Session): HTMLElement {
  const asked = new Set([...current.graded.map(({ id }) => id), ...current.queue]);
  const done = asked.size - new Set(current.queue).size;
  const undoing = button(WORDS.practice_undo, () => takeBack(app, current), "practice__undo");
  undoing.hidden = current.graded.length === 0;
  const end = button(WORDS.practice_end, () => app.go({ ...current, queue: [] }), "practice__end");
  return element(
    "div",
    { class: "practice__head" },
    element(
      "p",
      {},
      element("bdi", {}, titleOf(app, current.what)),
      " ",
      element("span", {}, filled(WORDS.practice_place, { number: done + 1, all: asked.size })),
    ),
    element("div", { class: "practice__buttons" }, undoing, end),
    element("progress", {
      max: String(asked.size),
      value: String(done),
      "aria-label": WORDS.practice_progress_session,
    }),
  );
}

function fill(app: App, current: session.Session, place: HTMLElement, card: Card): void {
  if (!place.isConnected) return; // the reader went on meanwhile
  const [id = ""] = current.queue;
  const copies = (nodes: readonly Node[]): Node[] =>
    nodes.map((node) => document.importNode(node, true));
  const question = element(
    "h2",
    { class: "practice__question", dir: "auto", tabindex: "-1" },
    ...copies(card.question),
  );
  place.replaceChildren(question);
  place.removeAttribute("aria-busy");
  const reveal = (moved: boolean): void => {
    show.remove();
    const shown = element(
      "div",
      { class: "practice__answer", tabindex: "-1" },
      ...copies(card.answer),
    );
    const about = { ids: app.deck.ids(id), story: app.deck.questions.get(id)?.story === true };
    const note = noteOf(id, copies(card.note));
    place.append(shown, ownAnswer(app.answers, about).root, note, grades(app, current, id));
    keys = { ...gradeKeys(app, current), ...toNote(note), u: () => takeBack(app, current) };
    enhanceScrolling();
    linkToNote(shown, note);
    if (moved) shown.focus({ preventScroll: true });
  };
  const show = button(
    WORDS.practice_reveal,
    () => {
      app.go({ ...current, revealed: true });
    },
    "practice__reveal practice__primary",
  );
  if (current.revealed) {
    reveal(true);
    return;
  }
  place.append(show);
  keys = { " ": () => show.click(), Enter: () => show.click(), u: () => takeBack(app, current) };
  question.focus({ preventScroll: true });
}

/** The note, closed, and where the question has its page. */
function noteOf(id: string, content: readonly Node[]): HTMLElement {
  const link = element(
    "a",
    { class: "practice__page", href: questionUrl(id).href },
    WORDS.practice_page,
  );
  if (content.length === 0) return element("p", {}, link);
  return element(
    "details",
    { class: "practice__note" },
    element("summary", {}, WORDS.notes_title),
    ...content,
    element("p", {}, link),
  );
}

/** What says how far the answer can be trusted leads to the note. */
function linkToNote(answer: HTMLElement, note: HTMLElement): void {
  for (const link of answer.querySelectorAll<HTMLElement>('a[href="#note"]'))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      note.setAttribute("open", "");
      note.querySelector("summary")?.focus();
    });
}

function toNote(note: HTMLElement): Record<string, () => void> {
  if (!(note instanceof HTMLDetailsElement)) return {};
  const toggle = (): void => {
    note.open = !note.open;
  };
  return { " ": toggle, Enter: toggle };
}

function grades(app: App, current: session.Session, id: string): HTMLElement {
  const due = forecast(app.deck.logs(app.reviews.value, id), now());
  const buttons = GRADES.map((grade) => {
    const made = button(
      "",
      () => give(app, current, grade),
      `practice__grade practice__grade--${grade}`,
    );
    made.append(
      element("b", {}, NAMES[grade]),
      " ",
      element("span", {}, distance(today(), due[grade])),
      element("kbd", { "aria-hidden": "true" }, String(grade)),
    );
    made.setAttribute("aria-keyshortcuts", String(grade));
    return made;
  });
  return element(
    "div",
    { class: "practice__grades", role: "group", "aria-label": WORDS.practice_grades },
    ...buttons,
  );
}

function gradeKeys(app: App, current: session.Session): Record<string, () => void> {
  return Object.fromEntries(
    GRADES.map((grade) => [String(grade), () => give(app, current, grade)]),
  );
}

function give(app: App, current: session.Session, grade: Grade): void {
  const [id = ""] = current.queue;
  const time = now();
  app.reviews.update((reviews) => add(reviews, id, time, grade));
  app.go(session.grade(current, grade, time));
}

/** Take back the last grade of a session. */
export function takeBack(app: App, current: session.Session): void {
  const last = current.graded.at(-1);
  if (!last) return;
  app.reviews.update((reviews) => undo(reviews, last.id, last.time));
  app.go(session.takeBack(current));
}

function fail(app: App, current: session.Session, place: HTMLElement): void {
  if (!place.isConnected) return;
  place.removeAttribute("aria-busy");
  place.replaceChildren(
    element("p", { role: "alert" }, WORDS.practice_card_failed),
    element(
      "div",
      { class: "practice__buttons" },
      button(WORDS.practice_try_again, () => app.go(current)),
      button(WORDS.practice_skip, () => app.go(session.skip(current))),
    ),
  );
}

/** Show the question of an interview that is to be answered now, with the time that is left. */
export function interviewing(app: App, current: session.Session): HTMLElement {
  const { asked = [], answered = 0, ends = 0 } = current;
  const id = asked[answered] ?? "";
  const isLast = answered + 1 >= asked.length;
  const left = element("span", { class: "practice__clock", role: "timer" });
  const question = element(
    "h2",
    { class: "practice__question", dir: "auto", tabindex: "-1" },
    app.deck.questions.get(id)?.question ?? "",
  );
  const next = button(
    isLast ? WORDS.practice_interview_grade : WORDS.practice_interview_next,
    () => app.go(session.answer(current)),
    "practice__primary",
  );
  const end = button(
    WORDS.practice_interview_stop,
    () => app.go(session.stopAsking(current)),
    "practice__end",
  );
  const view = element(
    "div",
    { class: "practice__session practice__session--interview" },
    element(
      "div",
      { class: "practice__head" },
      element(
        "p",
        {},
        WORDS.practice_interview,
        " ",
        element(
          "span",
          {},
          filled(WORDS.practice_place, { number: answered + 1, all: asked.length }),
        ),
      ),
      left,
      element("div", { class: "practice__buttons" }, end),
    ),
    element(
      "div",
      { class: "practice__card" },
      question,
      element("p", { class: "practice__aloud" }, WORDS.practice_interview_aloud),
      next,
    ),
  );
  const tick = (): void => {
    const seconds = (ends - Date.now()) / 1000;
    left.textContent = clock(seconds);
    left.setAttribute(
      "aria-label",
      filled(WORDS.practice_interview_left, { time: clock(seconds) }),
    );
    left.classList.toggle("is-short", seconds < 30);
    if (!view.isConnected && started) clearInterval(timer);
    else if (seconds <= 0) {
      clearInterval(timer);
      app.go(session.stopAsking(current));
    }
  };
  let started = false;
  const timer = setInterval(tick, 500);
  queueMicrotask(() => {
    started = true;
    if (!isLast) app.card(asked[answered + 1] ?? "").catch(() => {});
    app.card(id).then(
      (card) => {
        question.replaceChildren(...card.question.map((node) => document.importNode(node, true)));
      },
      () => {},
    );
    question.focus({ preventScroll: true });
    tick();
  });
  keys = { " ": () => next.click(), Enter: () => next.click() };
  return view;
}
